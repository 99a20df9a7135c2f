/// Normalises as SentencePiece does, byte for byte: a compiled map, and what becomes of spaces.
///
///     let normalizer = try SentencePieceNormalizer(settings: model.normalizer)
///     normalizer.normalize("  আমি  বাংলায় ").text          // "▁আমি▁বাংলায়"
///
/// At each place the longest user-defined symbol stands as it is, else the longest source of the map
/// becomes its target, else one character is copied; a byte that is no UTF-8 becomes U+FFFD. This is
/// not Unicode's NFKC: see Documentation/decisions/0071.
///
/// Immutable and without scratch: all threads may share one.
public struct SentencePieceNormalizer: Sendable {
  /// What happens to spaces; the defaults are those of SentencePiece's models.
  public struct Options: Sendable, Equatable {
    /// Whether a space is put in front of a text.
    public var addsDummyPrefix = true
    /// Whether spaces go from the ends, and runs of them become one.
    public var removesExtraWhitespace = true
    /// Whether a space becomes U+2581.
    public var escapesWhitespace = true
    /// Whether the space of `addsDummyPrefix` is put behind the text instead.
    public var treatsWhitespaceAsSuffix = false

    /// The defaults.
    public init() {}

    /// Spaces stay as they are: the map alone.
    public static var mapOnly: Options {
      var options = Options()
      options.addsDummyPrefix = false
      options.removesExtraWhitespace = false
      options.escapesWhitespace = false
      return options
    }
  }

  /// What is replaced; nil for nothing.
  public let map: PrecompiledMap?
  /// What happens to spaces.
  public let options: Options
  /// The texts that stand as they are.
  let symbols: DoubleArray?
  /// Where the scan must look closer.
  let starts: RuleStarts
  /// The same for plain text, if that pays.
  let plainRules: PlainRules?

  /// Joins the parts.
  ///
  /// - Parameters:
  ///   - map: nil replaces nothing, as `identity`.
  ///   - symbols: Texts that stand as they are wherever they occur; none may be empty or hold a NUL.
  /// - Throws: `PrecompiledMap.CompileError` for such a symbol.
  public init(
    map: PrecompiledMap?, options: Options = Options(), symbols: [String] = []
  ) throws(PrecompiledMap.CompileError) {
    try self.init(map, options, Self.trie(of: symbols))
  }

  private init(_ map: PrecompiledMap?, _ options: Options, _ symbols: DoubleArray?) {
    self.map = map
    self.options = options
    self.symbols = symbols
    let tries = [map?.trie, symbols].compactMap(\.self)
    var starts = RuleStarts(tries)
    if options.escapesWhitespace || options.removesExtraWhitespace {
      starts.mark(0x20, RuleStarts.space)
    }
    self.starts = starts
    plainRules = PlainRules(starts, tries)
  }

  /// The same normaliser with other options.
  public func with(_ options: Options) -> SentencePieceNormalizer {
    SentencePieceNormalizer(map, options, symbols)
  }

  private static func trie(
    of symbols: [String]
  ) throws(PrecompiledMap.CompileError) -> DoubleArray? {
    guard !symbols.isEmpty else { return nil }
    let keys = Set(symbols.map { Array($0.utf8) })
    if let bad = keys.first(where: { $0.isEmpty || $0.contains(0) }) {
      throw .badSource(bad, reason: "is empty or holds a NUL")
    }
    let sorted = keys.sorted { $0.lexicographicallyPrecedes($1) }
    do throws(DoubleArrayBuilder.Failure) {
      let units = try DoubleArrayBuilder.build(sorted.lazy.map { (key: $0[...], value: 0) })
      guard let trie = try? DoubleArray(validating: units, valueLimit: 1) else { throw .tooLarge }
      return trie
    } catch {
      throw .tooLarge
    }
  }

  /// Appends the normal form of `text` to `output`. Any bytes are taken; UTF-8 comes out.
  /// - Complexity: O(*n*) for rules of bounded length. No allocation once `output` has grown.
  public func normalize(_ text: Span<UInt8>, into output: inout ByteBuffer) {
    var nothing = NoAlignment()
    text.withUnsafeBufferPointer { scan($0, into: &output, &nothing) }
  }

  /// Appends the normal form of `text` to `output`, and replaces `alignment` by the way back from
  /// what was appended (offset 0 is its first byte) to `text`.
  ///
  /// `Alignment.originalStart(of:)` gives SentencePiece's own offsets, at the end too.
  /// - Throws: `NormalizationError.textTooLong` where text or result reach a gibibyte.
  public func normalize(
    _ text: Span<UInt8>, into output: inout ByteBuffer, alignment: inout Alignment
  ) throws(NormalizationError) {
    alignment.removeAll()
    var runs = AlignmentRuns()
    try normalize(text, into: &output, runs: &runs)
    alignment.append(runs)
  }

  /// The same with runs in memory that is used again.
  func normalize(
    _ text: Span<UInt8>, into output: inout ByteBuffer, runs: inout AlignmentRuns
  ) throws(NormalizationError) {
    runs.removeAll()
    guard text.count < Self.longest else { throw .textTooLong(bytes: text.count) }
    let start = output.count
    text.withUnsafeBufferPointer { scan($0, into: &output, &runs) }
    guard output.count - start < Self.longest else {
      throw .textTooLong(bytes: output.count - start)
    }
  }

  /// What alignments can say with room to spare.
  static let longest = 1 << 30

  /// Normalises one text.
  /// - Throws: `NormalizationError.textTooLong`.
  public func normalize(_ text: String) throws(NormalizationError) -> NormalizedText {
    var output = ByteBuffer(capacity: text.utf8.count + 16)
    var alignment = Alignment()
    let bytes = Array(text.utf8)
    try normalize(bytes.span, into: &output, alignment: &alignment)
    let result = output.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    return NormalizedText(text: result, alignment: alignment)
  }
}
