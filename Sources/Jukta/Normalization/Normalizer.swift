/// A pipeline of normalisation steps: UTF-8 in, UTF-8 out, with the way back to the original.
///
///     let clean = try Normalizer.sahajbert.normalize("র‌্যাব  ২০২১")
///     clean.text                        // "র ্যাব ২০২১"
///
/// The pipeline is immutable and shared; each thread makes a worker of its own and reuses it.
/// Steps and their names are those of tokenizer.json, and so are the results.
public struct Normalizer: Sendable {
  /// The steps, sequences taken apart, in the order in which they run.
  public let steps: [NormalizationStep]
  /// The same steps as one scan, where they can be fused.
  let fused: FusedTable?
  /// What a SentencePiece model does instead of steps.
  public let sentencePiece: SentencePieceNormalizer?

  /// Creates a pipeline.
  /// - Throws: `NormalizationError.badPattern` for a regular expression that ICU does not accept.
  public init(_ steps: [NormalizationStep]) throws(NormalizationError) {
    let flat = steps.flatMap(\.flattened)
    let plain = try PlainPipeline(flat)
    self.steps = flat
    fused = FusedTable(flat, plain)
    sentencePiece = nil
  }

  /// What a SentencePiece model does to a text; it has no steps.
  public init(_ normalizer: SentencePieceNormalizer) {
    steps = []
    fused = nil
    sentencePiece = normalizer
  }

  /// Scratch for one thread.
  public func makeWorker() throws(NormalizationError) -> NormalizerWorker {
    try NormalizerWorker(self)
  }

  /// Normalises one text.
  /// - Throws: `NormalizationError.textTooLong` over 4 GiB.
  /// - Complexity: O(*n*), beside what regular expressions cost.
  public func normalize(_ text: String) throws(NormalizationError) -> NormalizedText {
    var worker = try makeWorker()
    var output = ByteBuffer(capacity: text.utf8.count + 16)
    var alignment = Alignment()
    let bytes = Array(text.utf8)
    try worker.normalize(bytes.span, into: &output, alignment: &alignment)
    let result = output.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    return NormalizedText(text: result, alignment: alignment)
  }
}

/// A normalised text and the way back to the original.
public struct NormalizedText: Sendable, Equatable {
  /// The normalised text.
  public let text: String
  /// From byte ranges of `text` to byte ranges of the original.
  public let alignment: Alignment
}

/// Scratch for normalising on one thread: buffers that grow once, and matchers of its own.
public struct NormalizerWorker: ~Copyable {
  private let fused: FusedTable?
  private var pages: FusedPages?
  private let sentencePiece: SentencePieceNormalizer?
  private var runs = AlignmentRuns(capacity: 16)
  private var plain: PlainPipeline

  init(_ normalizer: Normalizer) throws(NormalizationError) {
    fused = normalizer.fused
    pages = fused?.pages.current
    sentencePiece = normalizer.sentencePiece
    plain = try PlainPipeline(normalizer.steps)
  }

  /// Appends the normal form of `text` to `output`.
  /// - Throws: `NormalizationError.invalidUTF8` with the offset in `text`; `output` then holds a
  ///   part of the result.
  public mutating func normalize(
    _ text: Span<UInt8>, into output: inout ByteBuffer
  ) throws(NormalizationError) {
    if let sentencePiece { return sentencePiece.normalize(text, into: &output) }
    var alignment: Alignment?
    try run(text, into: &output, alignment: &alignment)
  }

  /// Appends the normal form of `text` to `output`, and replaces `alignment` by the way back from
  /// what was appended (offset 0 is its first byte) to `text`.
  public mutating func normalize(
    _ text: Span<UInt8>, into output: inout ByteBuffer, alignment: inout Alignment
  ) throws(NormalizationError) {
    alignment.removeAll()
    if let sentencePiece {
      try sentencePiece.normalize(text, into: &output, runs: &runs)
      return alignment.append(runs)
    }
    // Moved in and out, so that its memory is neither copied nor shared.
    var moved: Alignment? = alignment
    alignment = Alignment()
    defer { if let moved { alignment = moved } }
    try run(text, into: &output, alignment: &moved)
  }

  private mutating func run(
    _ text: Span<UInt8>, into output: inout ByteBuffer, alignment: inout Alignment?
  ) throws(NormalizationError) {
    guard text.count < Int(UInt32.max) / 4 else { throw .textTooLong(bytes: text.count) }
    let start = output.count
    // Typed throws do not pass through `withUnsafeBufferPointer` on every toolchain: carry it.
    var failure: NormalizationError?
    text.withUnsafeBufferPointer { bytes in
      do throws(NormalizationError) {
        if let fused, let pages, !(fused.readsTexts && WholeTextScalars.occur(in: bytes)) {
          let missing = try fused.scan(
            bytes, pages, start: start, into: &output, alignment: &alignment, plain: plain)
          if !missing.isEmpty { self.pages = fused.pages.learn(missing, plain) }
        } else {
          let whole = 0..<bytes.count
          try plain.run(bytes, whole, start: start, into: &output, alignment: &alignment)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

/// The steps one after another, each over the whole text: the path that defines the result.
struct PlainPipeline {
  private enum Stage {
    case nmt
    case form(NormalForm)
    case lowercase
    case replace(Replace)
    case strip(left: Bool, right: Bool)
    case stripAccents
    case prepend([UInt32])
    case precompiled(Precompiled)
    case bert(BertNormalization)
    case byteLevel
  }
  private var stages: [Stage] = []
  private let scratch = NormalizationScratch()

  init(_ steps: [NormalizationStep]) throws(NormalizationError) {
    for step in steps.flatMap(\.flattened) { try append(step) }
  }

  private mutating func append(_ step: NormalizationStep) throws(NormalizationError) {
    func form(_ isCompatible: Bool, _ isComposed: Bool, _ repertoire: NormalizationStep.Repertoire)
      -> Stage
    {
      .form(
        NormalForm(isCompatible: isCompatible, isComposed: isComposed, repertoire: repertoire))
    }
    switch step {
    case .nmt: stages.append(.nmt)
    case .nfc(let repertoire): stages.append(form(false, true, repertoire))
    case .nfd(let repertoire): stages.append(form(false, false, repertoire))
    case .nfkc(let repertoire): stages.append(form(true, true, repertoire))
    case .nfkd(let repertoire): stages.append(form(true, false, repertoire))
    case .lowercase: stages.append(.lowercase)
    case .replace(let pattern, let content):
      stages.append(.replace(try Replace(pattern, content: content)))
    case .strip(let left, let right): stages.append(.strip(left: left, right: right))
    case .stripAccents: stages.append(.stripAccents)
    case .prepend(let prefix): stages.append(.prepend(prefix.unicodeScalars.map(\.value)))
    case .precompiled(let map): stages.append(.precompiled(Precompiled(map: map)))
    case .bert(let bert): stages.append(.bert(bert))
    case .byteLevel: stages.append(.byteLevel)
    case .sequence(let steps): for step in steps { try append(step) }
    }
  }

  private static func isUTF8(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    // Where they are not, the way of all other steps tells the place.
    !range.isEmpty && UTF8Check.isValid(bytes.span.extracting(range))
  }

  /// Runs all steps over `range` of `bytes` and appends the result.
  /// Normalised offsets in `alignment` count from `start` in `output`.
  func run(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, start: Int,
    into output: inout ByteBuffer, alignment: inout Alignment?
  ) throws(NormalizationError) {
    if stages.isEmpty, Self.isUTF8(bytes, range) {
      alignment?.appendCopy(normalized: output.count - start, original: range.lowerBound)
      return output.append(UnsafeBufferPointer(rebasing: bytes[range]))
    }
    var text = ScalarText()
    swap(&text, &scratch.text)
    defer { swap(&text, &scratch.text) }
    try text.decode(bytes, in: range)
    for stage in stages {
      switch stage {
      case .nmt: NMT.apply(to: &text)
      case .form(let form): form.apply(to: &text, scratch)
      case .lowercase: Lowercase.apply(to: &text, scratch)
      case .replace(let replace): try replace.apply(to: &text, scratch)
      case .strip(let left, let right): Strip.apply(to: &text, left: left, right: right)
      case .stripAccents: Strip.removeAccents(from: &text)
      case .prepend(let prefix): Prepend.apply(prefix, to: &text)
      case .precompiled(let precompiled): precompiled.apply(to: &text, scratch)
      case .bert(let bert): bert.apply(to: &text, scratch)
      case .byteLevel: ByteSpelling.apply(to: &text)
      }
    }
    text.write(to: &output, start: start, alignment: &alignment)
  }
}
