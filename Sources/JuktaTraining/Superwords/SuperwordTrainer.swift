internal import Jukta

/// Trains BPE in two stages: words first, then pieces that span words (superwords).
///
///     let trainer = try SuperwordTrainer(settings, share: 0.1)
///     let clauses = try ClauseCounts(source, frontEnd: joining, counter: counter)
///     let vocabulary = try trainer.train(clauses)
///
/// The first stage is `BPETrainer` up to all but `share` of the vocabulary. The second merges words that
/// are one piece each with their neighbours, the most frequent pair first, up to four words to a piece;
/// never across punctuation, digits or the end of a text, and never a part of a word, so that no akshara
/// is cut. All merges of the first stage come before those of the second, so a word is cut as it would be
/// without superwords, and then whole words are joined. (Liu et al. 2025, arXiv 2503.13423, merge parts
/// of words too; here the pieces that win are whole words anyway.)
///
/// Memory: the first stage's, and 16 bytes for each pair of neighbouring words that is frequent enough to
/// matter, at most `pairLimit` of them. Clauses are on disk.
public struct SuperwordTrainer: Sendable {
  /// How to train; its size holds the superwords too.
  public let settings: BPESettings
  /// The share of the vocabulary that may span words, more than 0 and less than 1.
  public let share: Double
  /// The most words that one piece spans.
  public static let longest = 4
  /// How many pairs of neighbouring words are counted at once; beyond that the rarest are let go.
  var pairLimit = 1 << 24

  /// Creates a trainer.
  /// - Throws: `BPETrainingError.badSetting` or `.duplicateSymbol`.
  public init(_ settings: BPESettings, share: Double) throws(BPETrainingError) {
    guard share > 0, share < 1 else {
      throw .badSetting(name: "superwords", rule: "more than 0 and less than 1")
    }
    guard settings.continuingSubwordPrefix.isEmpty, settings.endOfWordSuffix.isEmpty else {
      throw .badSetting(
        name: "superwords", rule: "without a prefix or suffix for the parts of words")
    }
    try settings.validate()
    self.settings = settings
    self.share = share
  }

  /// Trains on clauses.
  /// - Parameter progress: called with the number of entries, now and then; may ask to stop.
  /// - Returns: the vocabulary, superwords last.
  /// - Throws: `BPETrainingError`, `SpillError`, or `CancellationError`.
  public func train(
    _ clauses: ClauseCounts, progress: (Int) -> TrainingSignal = { _ in .proceed }
  ) throws -> BPEVocabulary {
    let wanted = Int((Double(settings.vocabularySize) * share).rounded())
    var first = settings
    first.vocabularySize = max(settings.vocabularySize - wanted, 1)
    let words = try clauses.wordCounts()
    let base = try BPETrainer(first).train(words, progress: progress)
    // The first stage may have chosen a size that fits the text: the share is one of that.
    let room = Int((Double(base.tokens.count) * share / (1 - share)).rounded())
    let joined = try join(base, clauses, wanted: min(wanted, room), progress)
    let largest = joined.tokens.count
    guard settings.sizing != .exact || largest == settings.vocabularySize else {
      throw BPETrainingError.vocabularyTooLarge(
        requested: settings.vocabularySize, largest: largest)
    }
    return joined
  }

  /// The second stage.
  func join(
    _ base: BPEVocabulary, _ clauses: ClauseCounts, wanted: Int,
    _ progress: (Int) -> TrainingSignal
  ) throws -> BPEVocabulary {
    let ids = WholeWords(base, isByteLevel: settings.isByteLevel)
    var neighbours = Neighbours(limit: pairLimit)
    try clauses.forEach { clause, count in
      ids.forEachPair(in: clauses.words(of: clause)) { neighbours.add($0, $1, count) }
    }
    let rarest = max(settings.minFrequency, 2)
    var floor = max(neighbours.floor(keeping: wanted * 8), rarest)
    while true {
      let run = try mergeRun(base, clauses, ids, neighbours, floor)
      let (merges, last) = try merges(run, base, wanted, floor, progress)
      // What is rarer than the pairs that were left out may be missing something: look again, closer.
      let isComplete = merges.count >= wanted && last >= floor
      if isComplete || floor <= max(rarest, neighbours.lost + 1) {
        return vocabulary(base, merges)
      }
      floor = max(floor / 4, rarest, neighbours.lost + 1)
    }
  }

  /// The runs of whole words in which every pair of neighbours is frequent, as symbols.
  private func mergeRun(
    _ base: BPEVocabulary, _ clauses: ClauseCounts, _ ids: WholeWords,
    _ neighbours: borrowing Neighbours, _ floor: UInt64
  ) throws -> BPEMergeRun {
    var runs: [[UInt32]: UInt64] = [:]
    try clauses.forEach { clause, count in
      ids.forEachRun(
        in: clauses.words(of: clause), where: { neighbours.count($0, $1) >= floor }
      ) { runs[$0, default: 0] = saturatingSum(runs[$0, default: 0], count) }
    }
    var words = BPEWords()
    for (run, count) in runs { try words.append(run[...], count) }
    return BPEMergeRun(
      words, lengths: [Int](repeating: 1, count: base.tokens.count), longest: Self.longest)
  }

  private func merges(
    _ run: consuming BPEMergeRun, _ base: BPEVocabulary, _ wanted: Int, _ floor: UInt64,
    _ progress: (Int) -> TrainingSignal
  ) throws -> (merges: [BPEMerge], last: UInt64) {
    var merges: [BPEMerge] = []
    var texts = base.tokens.map(\.bytes)
    var ids: [[UInt8]: UInt32] = [:]
    var last = UInt64.max
    while texts.count < base.tokens.count + wanted, let item = run.next(),
      UInt64(item.count) >= floor
    {
      let merge = BPEMerge(
        left: UInt32(item.key >> 32), right: UInt32(truncatingIfNeeded: item.key))
      let text = texts[Int(merge.left)] + texts[Int(merge.right)]
      let id = ids[text] ?? UInt32(texts.count)
      if id == UInt32(texts.count) {
        ids[text] = id
        texts.append(text)
      }
      merges.append(merge)
      last = UInt64(item.count)
      run.merge(item, into: id, joints: nil)
      if merges.count % 256 == 0, case .cancel = progress(texts.count) {
        throw CancellationError()
      }
    }
    return (merges, last)
  }

  private func vocabulary(_ base: BPEVocabulary, _ merges: [BPEMerge]) -> BPEVocabulary {
    var tokens = base.tokens
    var known: Set<[UInt8]> = []
    for merge in merges {
      let text = tokens[Int(merge.left)].bytes + tokens[Int(merge.right)].bytes
      if known.insert(text).inserted { tokens.append(BPEToken(bytes: text, kind: .normal)) }
    }
    var diagnostics = base.diagnostics
    diagnostics.superwords = tokens.count - base.tokens.count
    return BPEVocabulary(tokens: tokens, merges: base.merges + merges, diagnostics: diagnostics)
  }
}

/// Which words are one piece each, and made of letters alone.
private struct WholeWords {
  private var ids: [[UInt8]: UInt32] = [:]

  init(_ vocabulary: BPEVocabulary, isByteLevel: Bool) {
    for (id, token) in vocabulary.tokens.enumerated() where token.kind == .normal {
      let word = isByteLevel ? Array(PieceSpelling.bytes(token.bytes)) : token.bytes
      guard Self.isWord(word, isByteLevel) else { continue }
      ids[word] = UInt32(id)
    }
  }

  /// Whether a piece is a mark for a space, or none, and letters.
  private static func isWord(_ word: [UInt8], _ isByteLevel: Bool) -> Bool {
    var text = word[...]
    if isByteLevel {
      if text.first == 0x20 { text.removeFirst() }
    } else if text.starts(with: PieceRule.mark) {
      text.removeFirst(3)
    }
    guard !text.isEmpty, let string = String(validating: text, as: UTF8.self) else { return false }
    return string.unicodeScalars.allSatisfy(Superwords.isLetter)
  }

  /// The id of a word that is one piece.
  private func id(_ word: ArraySlice<UInt8>) -> UInt32? { ids[Array(word)] }

  /// Calls `body` for each two neighbours that are one piece each.
  func forEachPair(in words: [ArraySlice<UInt8>], _ body: (UInt32, UInt32) -> Void) {
    var last: UInt32?
    for word in words {
      let current = id(word)
      if let last, let current { body(last, current) }
      last = current
    }
  }

  /// Calls `body` for each maximal run, of two words and more, in which all neighbours are `frequent`.
  func forEachRun(
    in words: [ArraySlice<UInt8>], where frequent: (UInt32, UInt32) -> Bool,
    _ body: ([UInt32]) -> Void
  ) {
    var run: [UInt32] = []
    for word in words {
      let current = id(word)
      if let last = run.last, current.map({ frequent(last, $0) }) != true {
        if run.count > 1 { body(run) }
        run.removeAll(keepingCapacity: true)
      }
      if let current { run.append(current) }
    }
    if run.count > 1 { body(run) }
  }
}

/// How often two words stand side by side, in a table of bounded size: where it is full, all counts are
/// lowered until half of it is free, so that what is frequent stays and is at most so much too low
/// (Misra and Gries 1982).
private struct Neighbours: ~Copyable {
  private var counts: [UInt64: UInt64] = [:]
  private let limit: Int
  /// By how much a count may be too low.
  private(set) var lost: UInt64 = 0

  init(limit: Int) { self.limit = max(limit, 16) }

  mutating func add(_ left: UInt32, _ right: UInt32, _ count: UInt64) {
    let key = UInt64(left) << 32 | UInt64(right)
    counts[key, default: 0] = saturatingSum(counts[key, default: 0], count)
    if counts.count > limit { lower() }
  }

  private mutating func lower() {
    var all = Array(counts.values)
    all.sort()
    let middle = all[all.count / 2]
    counts = counts.compactMapValues { $0 > middle ? $0 - middle : nil }
    lost = saturatingSum(lost, middle)
  }

  /// The most that two words may have stood side by side.
  func count(_ left: UInt32, _ right: UInt32) -> UInt64 {
    let known = counts[UInt64(left) << 32 | UInt64(right)] ?? 0
    return known == 0 && lost == 0 ? 0 : saturatingSum(known, lost)
  }

  /// The count that so many pairs reach.
  func floor(keeping wanted: Int) -> UInt64 {
    guard counts.count > wanted else { return 0 }
    var all = Array(counts.values)
    all.sort(by: >)
    return saturatingSum(all[max(wanted - 1, 0)], lost)
  }
}
