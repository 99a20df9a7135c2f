public import Jukta

/// The distinct clauses of a text with their counts: words as they follow one another, up to the next
/// digit or punctuation. Kept on disk, since there are nearly as many as sentences.
///
/// Counts of words come out of it, and which words stand side by side.
public final class ClauseCounts: Sendable {
  private let run: SpillRun
  /// Whether words are bytes and begin with a space; else they begin with ▁.
  public let isByteLevel: Bool
  /// The number of documents.
  public let documents: Int
  /// The bytes of the documents, before normalisation.
  public let bytes: Int
  /// The words of the documents as readers count them: what stands between white space.
  public let textWords: UInt64

  /// Counts the clauses of a source.
  /// - Parameters:
  ///   - frontEnd: one whose pre-tokenizer joins words (`PreTokenizer.joiningWords`).
  ///   - counter: how; its bound on memory holds, and its folder takes the clauses.
  ///   - progress: as for counting.
  /// - Throws: as `WordCounter.count`, or `SpillError`.
  public init(
    _ source: any DocumentSource, frontEnd: TextFrontEnd, counter: WordCounter,
    progress: @Sendable (CountingProgress) -> TrainingSignal = { _ in .proceed }
  ) throws {
    run = try SpillFolder(counter.temporaryFolder).makeRun()
    isByteLevel = frontEnd.preTokenizer.isByteLevel
    var writer = RunWriter(run)
    var bounded = counter
    // A table of clauses grows with the text: beyond this, sorted runs on disk are as fast.
    if bounded.memory == nil { bounded = counter.bounded(to: 256 << 20) }
    let sum = try bounded.forEachWord(
      of: source, makeSplitter: { try frontEnd.makeWordSplitter() }, progress: progress
    ) { clause, count in
      try writer.append(clause.withUnsafeBufferPointer { Array($0) }, count)
    }
    try writer.flush()
    (documents, bytes, textWords) = (sum.documents, sum.bytes, sum.textWords)
  }

  /// Calls `body` with each clause in the order of their bytes. One at a time may read.
  func forEach(_ body: (ArraySlice<UInt8>, UInt64) throws -> Void) throws {
    let reader = try RunReader(run)
    while try reader.next() { try body(reader.word[...], reader.count) }
  }

  /// Where the words of a clause begin: at its start and at each mark.
  func words(of clause: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var words: [ArraySlice<UInt8>] = []
    var start = clause.startIndex
    var place = start
    while place < clause.endIndex {
      if place > start, isMark(clause, at: place) {
        words.append(clause[start..<place])
        start = place
      }
      place += 1
    }
    if start < clause.endIndex { words.append(clause[start...]) }
    return words
  }

  private func isMark(_ clause: ArraySlice<UInt8>, at place: Int) -> Bool {
    isByteLevel ? clause[place] == 0x20 : clause[place...].starts(with: PieceRule.mark)
  }

  /// The counts of single words: what training without superwords would have counted.
  public func wordCounts() throws -> WordCounts {
    var counts = WordCounts()
    try forEach { clause, count in
      // A clause of spaces or punctuation is a word as it is.
      for word in isByteLevel && !holdsLetter(clause) ? [clause] : words(of: clause) {
        counts.add(word.span, count: count)
      }
    }
    return counts
  }

  /// How many tokens a vocabulary makes of all clauses.
  func tokens(_ vocabulary: BPEVocabulary, _ settings: BPESettings) throws -> UInt64 {
    let frontEnd = TextFrontEnd(
      normalizer: try Normalizer([]),
      preTokenizer: settings.isByteLevel
        ? .byteLevel(addsPrefixSpace: false, trimsOffsets: false, usesRegex: false)
        : .sequence([]))
    var encoder = try WordEncoder(vocabulary.tokenizer(frontEnd: frontEnd, settings: settings))
    var ids: [UInt32] = []
    var sum: UInt64 = 0
    try forEach { clause, count in
      ids.removeAll(keepingCapacity: true)
      try encoder.encode(clause, into: &ids)
      let (product, overflow) = count.multipliedReportingOverflow(by: UInt64(ids.count))
      sum = saturatingSum(sum, overflow ? .max : product)
    }
    return sum
  }

  /// Whether the joining alternative of the pattern made this clause: only it makes ones with letters.
  private func holdsLetter(_ clause: ArraySlice<UInt8>) -> Bool {
    String(decoding: clause, as: UTF8.self).unicodeScalars.contains(where: Superwords.isLetter)
  }
}

extension WordCounter {
  fileprivate func bounded(to memory: Int) -> WordCounter {
    WordCounter(threads: threads, memory: memory, temporaryFolder: temporaryFolder)
  }
}

/// What may stand in a piece that spans words.
enum Superwords {
  /// A letter, a mark or a joiner.
  static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value == 0x200C || scalar.value == 0x200D { return true }
    return switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
