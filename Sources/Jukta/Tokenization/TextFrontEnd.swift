/// What stands before a model: a normaliser and a pre-tokenizer.
///
/// Training counts its words, encoding looks them up; both see the same ones.
public struct TextFrontEnd: Sendable {
  /// The normaliser.
  public let normalizer: Normalizer
  /// The pre-tokenizer.
  public let preTokenizer: PreTokenizer
  /// Whether a ByteLevel at the end spells words out, rather than handing their bytes on.
  let spellsBytes: Bool
  /// Whether something depends on what came from the very start of the input, and normalising may
  /// move it.
  let asksForStart: Bool
  let wordTable: WordTable?
  let byteScan: ByteLevelScan?
  let cuts: CutProgram?

  /// Joins the two.
  /// - Parameter spellsBytes: whether a ByteLevel at the end spells words in `ByteAlphabet`. A
  ///   byte-level BPE model wants the bytes themselves, every other model the spelling.
  public init(normalizer: Normalizer, preTokenizer: PreTokenizer, spellsBytes: Bool = false) {
    self.normalizer = normalizer
    self.preTokenizer = preTokenizer
    self.spellsBytes = spellsBytes
    asksForStart =
      !normalizer.steps.isEmpty
      && preTokenizer.flattened.contains {
        if case .metaspace(_, .first, _) = $0 { true } else { false }
      }
    wordTable = WordTable(preTokenizer)
    byteScan = spellsBytes ? nil : ByteLevelScan(preTokenizer)
    cuts = CutProgram(preTokenizer, spellsBytes: spellsBytes)
  }

  /// Scratch for one thread.
  /// - Throws: `NormalizationError.badPattern` where a pattern does not compile.
  public func makeWordSplitter() throws(NormalizationError) -> FrontEndSplitter {
    try preTokenizer.checkPatterns()
    return try FrontEndSplitter(self)
  }
}

/// The words of texts, one text after another, on one thread.
public struct FrontEndSplitter: ~Copyable, WordSplitter {
  private var worker: NormalizerWorker
  private var cutter: WordCutter
  private var normalized = ByteBuffer(capacity: 1 << 12)

  init(_ frontEnd: TextFrontEnd) throws(NormalizationError) {
    worker = try frontEnd.normalizer.makeWorker()
    cutter = WordCutter(frontEnd)
  }

  /// Appends the words of `text` to `words`.
  public mutating func split(_ text: Span<UInt8>, into words: inout WordBuffer) throws {
    normalized.removeAll()
    try worker.normalize(text, into: &normalized)
    var alignment: Alignment?
    try cutter.split(normalized.span, atStart: 1, into: &words, alignment: &alignment)
  }
}

/// Cuts normalised text into words on one thread, by the compiled program where there is one.
struct WordCutter {
  private let table: WordTable?
  private let byteScan: ByteLevelScan?
  private let cuts: CutProgram?
  private let scratch = CutScratch()
  private let plain: PlainSplitting

  init(_ frontEnd: TextFrontEnd) {
    table = frontEnd.wordTable
    byteScan = frontEnd.byteScan
    cuts = frontEnd.cuts
    plain = PlainSplitting(frontEnd.preTokenizer, spellsBytes: frontEnd.spellsBytes)
  }

  /// Appends the words of `text`, which must be UTF-8; `alignment` leads from their bytes to it.
  /// - Throws: `NormalizationError.patternGaveUp`.
  func split(
    _ text: Span<UInt8>, atStart: Int, into words: inout WordBuffer,
    alignment: inout Alignment?
  ) throws(NormalizationError) {
    // Typed throws do not pass through `withUnsafeBufferPointer` on every toolchain: carry it.
    var failure: NormalizationError?
    text.withUnsafeBufferPointer { bytes in
      do throws(NormalizationError) {
        if let table {
          table.split(bytes, isFirst: atStart > 0, into: &words, alignment: &alignment)
        } else if let byteScan {
          byteScan.split(bytes, into: &words, alignment: &alignment)
        } else if let cuts {
          try cuts.split(
            bytes, atStart: atStart, scratch, into: &words, alignment: &alignment)
        } else {
          try splitPlainly(bytes, atStart: atStart, into: &words, alignment: &alignment)
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private func splitPlainly(
    _ text: UnsafeBufferPointer<UInt8>, atStart: Int, into words: inout WordBuffer,
    alignment: inout Alignment?
  ) throws(NormalizationError) {
    let scalars = try ScalarText(decoding: text, in: 0..<text.count)
    for word in try plain.words(of: scalars, atStart: atStart) {
      word.write(to: &words.bytes, start: 0, alignment: &alignment)
      words.ends.append(UInt32(words.bytes.count))
    }
  }
}
