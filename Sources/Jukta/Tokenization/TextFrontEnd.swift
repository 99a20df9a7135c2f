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
    cutter.split(normalized.span, atStart: 1, into: &words, alignment: &alignment)
  }
}

/// Cuts normalised text into words, by the fused scan where there is one.
struct WordCutter {
  private let table: WordTable?
  private let byteScan: ByteLevelScan?
  private let plain: PlainSplitting

  init(_ frontEnd: TextFrontEnd) {
    table = frontEnd.wordTable
    byteScan = frontEnd.byteScan
    plain = PlainSplitting(frontEnd.preTokenizer, spellsBytes: frontEnd.spellsBytes)
  }

  /// Appends the words of `text`, which must be UTF-8; `alignment` leads from their bytes to it.
  func split(
    _ text: Span<UInt8>, atStart: Int, into words: inout WordBuffer,
    alignment: inout Alignment?
  ) {
    text.withUnsafeBufferPointer { bytes in
      if let table {
        table.split(bytes, isFirst: atStart > 0, into: &words, alignment: &alignment)
      } else if let byteScan {
        byteScan.split(bytes, into: &words, alignment: &alignment)
      } else if let scalars = try? ScalarText(decoding: bytes, in: 0..<bytes.count) {
        for word in plain.words(of: scalars, atStart: atStart) {
          word.write(to: &words.bytes, start: 0, alignment: &alignment)
          words.ends.append(UInt32(words.bytes.count))
        }
      }
    }
  }
}
