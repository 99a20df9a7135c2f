internal import Jukta

/// Trains a BPE vocabulary on word counts.
///
///     var settings = BPESettings()
///     settings.vocabularySize = 8000
///     let vocabulary = try BPETrainer(settings).train(counts)
///
/// Starts from the characters of the words and merges the most frequent pair of neighbours, again
/// and again, until there are as many entries as asked for (Sennrich, Haddow and Birch 2016,
/// doi:10.18653/v1/P16-1162). Of two pairs with one count the one with the smaller ids goes first.
///
/// The result depends on the counts and the settings alone. It equals that of Hugging Face's
/// `BpeTrainer` wherever that gives the same answer twice; counts have 64 bits where it has 32.
public struct BPETrainer: Sendable {
  /// How to train.
  public let settings: BPESettings

  /// Creates a trainer.
  ///
  /// - Throws: `BPETrainingError.badSetting` or `.duplicateSymbol`.
  public init(_ settings: BPESettings) throws(BPETrainingError) {
    try settings.validate()
    self.settings = settings
  }

  /// Trains on the words of a table.
  ///
  /// - Parameters:
  ///   - counts: The distinct words: UTF-8, with ▁ where the pre-tokenizer puts it; bytes that are not
  ///     yet spelled out, for byte-level training.
  ///   - progress: Called with the number of entries, now and then; may ask to stop.
  /// - Throws: `BPETrainingError`, or `CancellationError` when `progress` asked to stop.
  /// - Complexity: time in the occurrences of merged pairs, about twice the characters of the distinct
  ///   words; memory about 20 bytes a character and 60 a distinct pair.
  public func train(
    _ counts: borrowing WordCounts,
    progress: (Int) -> TrainingSignal = { _ in .proceed }
  ) throws -> BPEVocabulary {
    guard counts.distinctCount > 0 else { throw BPETrainingError.emptyCorpus }
    let choice = choice(counts)
    var size = choice.size
    var found = try train(counts, size: size, progress)
    // Which rare characters of the corpus have entries may depend on the size, and the merges on them;
    // so this ends with a size that is reached exactly.
    while found.vocabulary.tokens.count < size {
      size = found.vocabulary.tokens.count
      if !settings.isAksharaSafe, settings.formCount == 1 {
        let smaller = BPEAlphabet(settings, counts, size: size)
        if smaller.present == found.alphabet.present { break }
      }
      found = try train(counts, size: size, progress)
    }
    if size < choice.size, settings.sizing == .exact {
      throw BPETrainingError.vocabularyTooLarge(requested: settings.vocabularySize, largest: size)
    }
    var diagnostics = found.vocabulary.diagnostics
    diagnostics.sizing =
      size < choice.size ? SizeChoice(size: size, reason: .largestPossible) : choice
    return BPEVocabulary(
      tokens: found.vocabulary.tokens, merges: found.vocabulary.merges, diagnostics: diagnostics)
  }

  private func choice(_ counts: borrowing WordCounts) -> SizeChoice {
    guard settings.sizing == .fitting else {
      return SizeChoice(size: settings.vocabularySize, reason: .asked)
    }
    let everything = BPEAlphabet(settings, counts, size: 1 << 20)
    return SizeChoice(
      settings.sizing, asked: settings.vocabularySize, characters: everything.characters,
      alphabet: everything.tokens.count)
  }

  private typealias Trained = (vocabulary: BPEVocabulary, alphabet: BPEAlphabet)

  /// Trains to `size` entries, or as many as the corpus has; where it has too few merges, preferred
  /// characters fill up.
  private func train(
    _ counts: borrowing WordCounts, size: Int, _ progress: (Int) -> TrainingSignal
  ) throws -> Trained {
    let found = try train(counts, size: size, filling: 0, progress)
    let missing = min(size - found.vocabulary.tokens.count, found.alphabet.spareCount)
    return missing > 0 ? try train(counts, size: size, filling: missing, progress) : found
  }

  private func train(
    _ counts: borrowing WordCounts, size: Int, filling: Int, _ progress: (Int) -> TrainingSignal
  ) throws -> Trained {
    let alphabet = BPEAlphabet(settings, counts, size: size, filling: filling)
    guard alphabet.tokens.count <= size else {
      throw BPETrainingError.vocabularyTooSmall(
        requested: size, smallest: alphabet.tokens.count, characters: alphabet.diagnostics.alphabet)
    }
    var run = BPEMergeRun(
      try BPEWords(counts, alphabet), lengths: alphabet.tokens.map { characterLength($0) },
      longest: settings.maxTokenLength,
      joints: settings.isAksharaSafe ? alphabet.tokens.map { AksharaJoints($0) } : [])
    var entries = Entries(alphabet, settings)
    try merge(&run, &entries, size, progress)
    var diagnostics = alphabet.diagnostics
    diagnostics.distinctWords = counts.distinctCount
    diagnostics.words = counts.totalCount
    diagnostics.pairs = run.pairs.count
    diagnostics.tokens = run.tokenCount
    diagnostics.lastCount = entries.lastCount
    return (
      BPEVocabulary(tokens: entries.tokens, merges: entries.merges, diagnostics: diagnostics),
      alphabet
    )
  }

  /// What is merged next.
  private enum Stage {
    /// Aksharas, up to their share.
    case aksharas
    /// Whole aksharas, or anything where aksharas play no part.
    case words
    /// What is left of aksharas, where there is nothing else.
    case rest
  }

  private func merge(
    _ run: inout BPEMergeRun, _ entries: inout Entries, _ size: Int,
    _ progress: (Int) -> TrainingSignal
  ) throws {
    let room = size - entries.tokens.count
    let inner = entries.tokens.count + Int(Double(room) * settings.aksharaShare)
    var stage = settings.isAksharaSafe ? Stage.aksharas : .words
    while entries.tokens.count < size {
      if stage == .aksharas, entries.tokens.count >= inner { stage = .words }
      guard let item = next(&run, stage) else {
        if stage == .rest || !settings.isAksharaSafe { return }
        stage = stage == .aksharas ? .words : .rest
        continue
      }
      let id = entries.add(item)
      run.merge(
        item, into: id,
        joints: settings.isAksharaSafe ? AksharaJoints(entries.tokens[Int(id)]) : nil)
      if entries.merges.count % 256 == 0, case .cancel = progress(entries.tokens.count) {
        throw CancellationError()
      }
    }
  }

  /// The next pair of a stage that is frequent enough.
  private func next(_ run: inout BPEMergeRun, _ stage: Stage) -> BPEQueue.Item? {
    func frequent(_ item: BPEQueue.Item?) -> BPEQueue.Item? {
      item.flatMap { UInt64($0.count) >= settings.minFrequency ? $0 : nil }
    }
    switch stage {
    case .aksharas: return frequent(run.nextInner())
    case .words: return frequent(run.next())
    case .rest: return frequent(run.nextInner()) ?? frequent(run.next())
    }
  }

  /// The vocabulary in the making.
  private struct Entries {
    private(set) var tokens: [BPEToken]
    private(set) var merges: [BPEMerge] = []
    private(set) var lastCount: UInt64 = 0
    private var ids: [[UInt8]: UInt32]
    private let prefix: [UInt8]

    init(_ alphabet: BPEAlphabet, _ settings: BPESettings) {
      (tokens, ids) = (alphabet.tokens, alphabet.ids)
      prefix = Array(settings.continuingSubwordPrefix.utf8)
    }

    /// Notes a merge; the id of what it makes.
    mutating func add(_ item: BPEQueue.Item) -> UInt32 {
      let merge = BPEMerge(
        left: UInt32(item.key >> 32), right: UInt32(truncatingIfNeeded: item.key))
      merges.append(merge)
      lastCount = UInt64(item.count)
      var right = tokens[Int(merge.right)].bytes[...]
      if !prefix.isEmpty, right.starts(with: prefix) { right = right.dropFirst(prefix.count) }
      let text = tokens[Int(merge.left)].bytes + right
      if let known = ids[text] { return known }
      let id = UInt32(tokens.count)
      ids[text] = id
      tokens.append(BPEToken(bytes: text, kind: .normal))
      return id
    }
  }

  /// A single character counts as one, whatever prefix or suffix it has.
  private func characterLength(_ token: BPEToken) -> Int {
    token.kind == .normal ? 1 : token.bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
