internal import CJuktaSupport

/// Encodes normalised texts on one thread: a cache of words, and behind it the model's search.
///
/// A Unigram word's best path depends, by rounding, on the f32 sum of all before it. A cached word
/// therefore carries by how much its path won, and is searched again where the rounding at its place
/// could make up for that: the rule and its bound are in Documentation/decisions/0075. The sum itself
/// is only estimated while words come from the cache; it is made exact, by adding up the scores of the
/// ids since the last time, before a word is searched.
///
/// Soundness: `encode` asks for `padding` readable bytes behind the text, so that the scan for ▁ and
/// the keys of words, which read past the end, stay inside; `pending` has `blockSize` entries, of
/// which `ask` writes what `answer` reads.
struct SentencePieceWorker: ~Copyable {
  private struct Pending {
    var key: WordCache.Key
    /// Where to look; nil for a word of over 30 bytes.
    var line: UnsafeMutableRawPointer?
    /// Where to look for one of 31 to 62 bytes.
    var longLine: UnsafeMutableRawPointer?
    var start: Int
    var count: Int
  }
  private static let blockSize = 16
  /// Bytes that must be readable behind a text.
  static let padding = 160

  let vocabulary: SentencePieceVocabulary
  /// What was encoded since `begin`.
  var output = SentencePieceOutput()
  private var cache = WordCache()
  private var longCache = LongWordCache()
  private var lattice = SentencePieceLattice()
  private var wordLattice = SentencePieceWordLattice()
  private var merging = SentencePieceMerging()
  private let pending: UnsafeMutablePointer<Pending>
  private var pendingCount = 0

  private let isUnigram: Bool
  private var isRandom = false
  /// The sum of the scores of the first `settled` ids, as the reference rounds it.
  private var base: Float = 0
  private var settled = 0
  /// About the sum of all scores.
  private var estimate: Float = 0
  /// What a sum may reach inside a cached word, beyond `estimate`; and inside a long one.
  private let reach: Float
  private let longReach: Float
  /// Ids between two exact sums, so that `estimate` stays near.
  private static let settlingInterval = 4096
  /// More than `estimate` can be off after so many ids: half an ulp at 100,000 for each id in the
  /// exact sum and for each word in the estimate.
  private static let drift: Float = 64

  init(_ vocabulary: SentencePieceVocabulary) {
    self.vocabulary = vocabulary
    isUnigram = vocabulary.model.trainer.algorithm == .unigram
    func bound(_ characters: Int) -> Float {
      Float(characters) * vocabulary.unigram.magnitude + Self.drift
    }
    reach = isUnigram ? bound(WordCache.wordLimit) : 0
    longReach = isUnigram ? bound(LongWordCache.wordLimit) : 0
    pending = .allocate(capacity: Self.blockSize)
    pending.initialize(
      repeating: Pending(key: .zero, line: nil, longLine: nil, start: 0, count: 0),
      count: Self.blockSize)
  }

  deinit { pending.deallocate() }

  /// Starts a text.
  mutating func begin() {
    output.removeAll()
    base = 0
    settled = 0
    estimate = 0
  }

  /// Lets BPE leave merges out; the cache is passed by from now on.
  mutating func drop(_ probability: Double, seed: UInt64) {
    merging.drop(probability, seed: seed)
    isRandom = probability > 0
  }

  /// Encodes a text: normalised UTF-8 with `padding` readable bytes behind it.
  mutating func encode(_ text: UnsafeBufferPointer<UInt8>) {
    guard let bytes = text.baseAddress, !text.isEmpty else { return }
    switch vocabulary.model.trainer.algorithm {
    case .unigram, .bpe:
      if vocabulary.isWordwise, !isRandom {
        encodeWords(bytes, text.count)
      } else {
        _ = search(0, text.count, bytes)
      }
    case .word: SentencePieceLookup.words(text, vocabulary, into: &output)
    case .character: SentencePieceLookup.characters(text, vocabulary, into: &output)
    }
  }

  /// Cuts a text before each ▁ and encodes the words.
  private mutating func encodeWords(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    pendingCount = 0
    var start = 0
    var chunk = 0
    while chunk < count {
      var marks = jukta_space_marks(bytes + chunk)
      while marks != 0 {
        let place = chunk + marks.trailingZeroBitCount
        marks &= marks &- 1
        guard place > start, place < count else { continue }
        ask(start, place - start, bytes)
        start = place
      }
      chunk += 64
    }
    ask(start, count - start, bytes)
    answerAll(bytes)
  }

  @inline(__always)
  private mutating func ask(_ start: Int, _ count: Int, _ bytes: UnsafePointer<UInt8>) {
    if pendingCount == Self.blockSize { answerAll(bytes) }
    if count <= WordCache.wordLimit {
      let key = cache.key(at: bytes + start, count: count)
      pending[pendingCount] = Pending(
        key: key, line: cache.line(of: key), longLine: nil, start: start, count: count)
    } else {
      askLong(start, count, bytes)
    }
    pendingCount += 1
  }

  @inline(never)
  private mutating func askLong(_ start: Int, _ count: Int, _ bytes: UnsafePointer<UInt8>) {
    let line =
      count <= LongWordCache.wordLimit
      ? longCache.line(of: longCache.key(at: bytes + start, count: count)) : nil
    pending[pendingCount] = Pending(
      key: .zero, line: nil, longLine: line, start: start, count: count)
  }

  @inline(__always)
  private mutating func answerAll(_ bytes: UnsafePointer<UInt8>) {
    for place in 0..<pendingCount { answer(pending[place], bytes) }
    pendingCount = 0
    cache.growIfFull()
    longCache.growIfFull()
    if output.ids.count - settled > Self.settlingInterval { settle() }
  }

  @inline(__always)
  private mutating func answer(_ word: Pending, _ bytes: UnsafePointer<UInt8>) {
    if let line = word.line,
      let count = cache.ids(of: word.key, in: line, to: output.ids.tail(WordCache.idLimit))
    {
      let note = WordCache.note(in: line)
      let largest = abs(estimate) + reach
      if note.margin > Self.binade(largest), largest < SentencePieceLattice.limit {
        estimate += note.sum
        output.ids.advance(by: count)
        output.noteKnown()
        return
      }
    }
    answerOther(word, bytes)
  }

  /// A word that the cache does not know, or not well enough.
  @inline(never)
  private mutating func answerOther(_ word: Pending, _ bytes: UnsafePointer<UInt8>) {
    let first = output.ids.count
    guard let line = word.longLine else {
      let note = search(word.start, word.count, bytes)
      if let line = word.line, let note { keep(word.key, from: first, note, in: line) }
      return
    }
    let key = longCache.key(at: bytes + word.start, count: word.count)
    let count = longCache.count(of: key, in: line)
    let held = LongWordCache.note(in: line)
    let largest = abs(estimate) + longReach
    if let count, held.margin > Self.binade(largest), largest < SentencePieceLattice.limit {
      LongWordCache.copy(line, to: output.ids.tail(LongWordCache.idLimit))
      estimate += held.sum
      output.ids.advance(by: count)
      output.noteKnown()
      return
    }
    guard let note = search(word.start, word.count, bytes),
      output.ids.count - first <= LongWordCache.idLimit, count == nil || note.margin > held.margin
    else { return }
    longCache.keep(output.ids.ids(from: first), note, of: key, in: line)
  }

  /// The largest power of two that is not above a number: 2²³ times its ulp.
  @inline(__always)
  private static func binade(_ number: Float) -> Float {
    Float(bitPattern: number.bitPattern & 0x7F80_0000)
  }

  /// Makes `base` the exact sum of all ids. Only pieces may have come since the last time.
  private mutating func settle() {
    guard isUnigram else {
      settled = output.ids.count
      return
    }
    let (scores, ids) = (vocabulary.unigram.pieces, output.ids.base)
    var sum = base
    scores.withUnsafeBufferPointer { scores in
      for index in settled..<output.ids.count { sum += scores[Int(ids[index])] }
    }
    base = sum
    estimate = sum
    settled = output.ids.count
  }

  /// Searches a word, or a whole text, and appends its ids.
  /// - Returns: what a cache may note of it; nil where it must not be kept.
  @inline(__always)
  private mutating func search(
    _ start: Int, _ count: Int, _ bytes: UnsafePointer<UInt8>
  ) -> WordCache.Note? {
    let text = UnsafeBufferPointer(start: bytes + start, count: count)
    guard isUnigram else {
      let isPlain = merging.search(text, vocabulary, into: &output)
      return isPlain ? WordCache.Note(sum: 0, margin: .infinity) : nil
    }
    settle()
    let before = base
    let result = searchLattice(text)
    settled = output.ids.count
    estimate = base
    let characters = Float(result.characters + 2)
    let largest = abs(before) + characters * vocabulary.unigram.magnitude
    guard result.isPlain, largest < SentencePieceLattice.limit else { return nil }
    return WordCache.Note(
      sum: base - before,
      margin: result.gap / characters * 0x1p23 - Self.binade(largest))
  }

  @inline(__always)
  private mutating func searchLattice(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> SentencePieceLattice.Result {
    if text.count <= LongWordCache.wordLimit,
      abs(base) + longReach < SentencePieceLattice.limit,
      let result = wordLattice.search(text, vocabulary, base: &base, into: &output)
    {
      return result
    }
    return lattice.search(text, vocabulary, base: &base, into: &output)
  }

  private mutating func keep(
    _ key: WordCache.Key, from first: Int, _ note: WordCache.Note,
    in line: UnsafeMutableRawPointer
  ) {
    guard output.ids.count - first <= WordCache.idLimit else { return }
    if cache.holds(key, in: line), WordCache.note(in: line).margin >= note.margin { return }
    cache.keep(output.ids.ids(from: first), of: key, in: line)
    WordCache.set(note, in: line)
  }
}

/// What a cached word knows beside its ids, in the last eight bytes of its line.
extension WordCache {
  struct Note: BitwiseCopyable {
    /// The sum of its pieces' scores.
    var sum: Float
    /// How far rounding may go before another path could win: above the largest sum's power of two,
    /// the ids hold.
    var margin: Float
  }

  @inline(__always)
  static func note(in line: UnsafeMutableRawPointer) -> Note { (line + 56).load(as: Note.self) }

  static func set(_ note: Note, in line: UnsafeMutableRawPointer) {
    (line + 56).storeBytes(of: note, as: Note.self)
  }
}
