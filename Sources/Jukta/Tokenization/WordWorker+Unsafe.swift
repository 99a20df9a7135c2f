/// The scratch for encoding words on one thread: a cache of words, and behind it the search of the
/// model, Viterbi or merging.
///
/// Words come in blocks: first the cache lines of all are asked for, then each is looked up, so that
/// the wait for memory is one for the block and not one a word.
///
/// A word too long for both caches is first cut into parts that give the same ids, where the model has a
/// rule for that: text without spaces, and models that take a line as one word.
///
/// Soundness: `WordBuffer` guarantees that each word lies inside its bytes and, once padded, that
/// `padding` bytes can be read from each word's start; `pending` has `blockSize` entries,
/// of which the first pass writes what the second reads.
struct WordWorker: ~Copyable {
  private struct Pending {
    var key: WordCache.Key
    /// Where to look; nil for a word that is too long for the cache.
    var line: UnsafeMutableRawPointer?
    var start: Int
    var count: Int
  }
  private static let blockSize = 16
  private static let padding = max(LongWordCache.padding, BPECuts.padding)

  private let model: TokenizerModel
  private let isRandom: Bool
  private let pieceLengths: [UInt32]
  private let prefixLength: UInt32
  private var cache = WordCache()
  private var longCache = LongWordCache()
  private var lattice = UnigramLattice()
  private var merging = BPESearch()
  private var pieces = WordPieceSearch()
  /// The cuts of the model, once a long word has come; nil where it has none.
  private var cuts: BPECuts?
  private var hasAskedForCuts: Bool
  /// The ends of all words and of the parts of long ones.
  private var partEnds = IDBuffer()
  private let pending: UnsafeMutablePointer<Pending>
  /// The ids of the words encoded since `removeAll()`.
  private(set) var ids = IDBuffer()
  /// For `encodeWithLengths`: how many bytes of the word each id covers. Where several ids stand for
  /// one stretch (byte fallback), each has the stretch's length, and the top bit on all but the last.
  private(set) var lengths = IDBuffer()
  /// For `encodeWithLengths`: how many ids there are at the end of each word.
  private(set) var wordEnds = IDBuffer()

  init(_ model: TokenizerModel) {
    self.model = model
    isRandom = model.isRandom
    hasAskedForCuts = model.bpe == nil
    pieceLengths = model.lengths
    prefixLength = model.prefixLength
    pending = .allocate(capacity: Self.blockSize)
    pending.initialize(
      repeating: Pending(key: .zero, line: nil, start: 0, count: 0), count: Self.blockSize)
  }

  deinit { pending.deallocate() }

  mutating func removeAll() {
    ids.removeAll()
    lengths.removeAll()
  }

  /// Appends the id of a token that is no word.
  mutating func append(_ id: UInt32) {
    ids.append(id)
    // Kept in step with the ids for `encodeWithLengths`.
    if lengths.count + 1 == ids.count { lengths.append(0) }
  }

  /// Sets what random choices for `text` draw from.
  mutating func begin(_ text: Span<UInt8>, seed: UInt64) {
    guard isRandom else { return }
    // FNV-1a: draws must not depend on the text before.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    merging.seed(hash)
  }

  /// Appends the ids of all words to `ids`.
  mutating func encode(_ words: inout WordBuffer) throws(ModelError) {
    try encode(&words, noting: false)
  }

  /// Appends the ids of all words to `ids`, the bytes that each id covers to `lengths`, and sets
  /// `wordEnds`.
  mutating func encodeWithLengths(_ words: inout WordBuffer) throws(ModelError) {
    wordEnds.removeAll()
    try encode(&words, noting: true)
  }

  private mutating func encode(
    _ words: inout WordBuffer, noting: Bool
  ) throws(ModelError) {
    words.bytes.pad(Self.padding)
    var failure: ModelError?
    words.bytes.span.withUnsafeBufferPointer { bytes in
      words.ends.withUnsafeBufferPointer { ends in
        guard let base = bytes.baseAddress else { return }
        do throws(ModelError) {
          guard hasLongWord(ends), cut(base, ends) else {
            return try encode(base, ends, of: ends, noting: noting)
          }
          try encode(base, partEnds.ids(from: 0), of: ends, noting: noting)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  /// Whether a word is too long for the caches, and the model may have cuts for it.
  @inline(__always)
  private func hasLongWord(_ ends: UnsafeBufferPointer<UInt32>) -> Bool {
    guard cuts != nil || !hasAskedForCuts else { return false }
    var start: UInt32 = 0
    for end in ends {
      if end &- start > UInt32(LongWordCache.wordLimit) { return true }
      start = end
    }
    return false
  }

  /// Fills `partEnds`; false where the model wants its words whole.
  @inline(never)
  private mutating func cut(
    _ bytes: UnsafePointer<UInt8>, _ ends: UnsafeBufferPointer<UInt32>
  ) -> Bool {
    if !hasAskedForCuts {
      hasAskedForCuts = true
      cuts = model.bpe?.cuts
    }
    guard let cuts else { return false }
    partEnds.removeAll()
    var start = 0
    for end in ends {
      if Int(end) - start > LongWordCache.wordLimit {
        cuts.cut(bytes, start..<Int(end), limit: LongWordCache.wordLimit, into: &partEnds)
      } else {
        partEnds.append(end)
      }
      start = Int(end)
    }
    return true
  }

  /// - Parameters:
  ///   - ends: the ends of words, or of parts of them.
  ///   - words: the ends of words, all of them among `ends`.
  private mutating func encode(
    _ bytes: UnsafePointer<UInt8>, _ ends: UnsafeBufferPointer<UInt32>,
    of words: UnsafeBufferPointer<UInt32>, noting: Bool
  ) throws(ModelError) {
    var start = 0
    var index = 0
    var word = 0
    while index < ends.count {
      cache.growIfFull()
      longCache.growIfFull()
      let block = min(Self.blockSize, ends.count - index)
      for place in 0..<block {
        let end = Int(ends[index + place])
        ask(for: bytes + start, start: start, count: end - start, at: place)
        start = end
      }
      for place in 0..<block {
        try answer(pending[place], bytes)
        guard noting else { continue }
        noteLengths(pending[place].count)
        if ends[index + place] == words[word] {
          wordEnds.append(UInt32(truncatingIfNeeded: ids.count))
          word += 1
        }
      }
      index += block
    }
  }

  /// Notes what the ids of the word just encoded cover, where its search has not.
  @inline(__always)
  private mutating func noteLengths(_ count: Int) {
    // Found in the cache: every id is a piece of the vocabulary and covers its own length, or one id
    // stands for the whole word.
    let first = lengths.count
    if ids.count == first + 1 { return lengths.append(UInt32(truncatingIfNeeded: count)) }
    for index in first..<ids.count {
      let length = pieceLengths[Int(ids.base[index])]
      lengths.append(index == first ? length : length - prefixLength)
    }
  }

  @inline(__always)
  private func ask(for word: UnsafePointer<UInt8>, start: Int, count: Int, at place: Int) {
    guard count > 0, count <= WordCache.wordLimit, !isRandom else {
      pending[place] = Pending(key: .zero, line: nil, start: start, count: count)
      return
    }
    let key = cache.key(at: word, count: count)
    pending[place] = Pending(key: key, line: cache.line(of: key), start: start, count: count)
  }

  @inline(__always)
  private mutating func answer(
    _ word: Pending, _ bytes: UnsafePointer<UInt8>
  ) throws(ModelError) {
    if let line = word.line,
      let count = cache.ids(of: word.key, in: line, to: ids.tail(WordCache.idLimit))
    {
      ids.advance(by: count)
    } else if word.line == nil, word.count > WordCache.wordLimit,
      word.count <= LongWordCache.wordLimit, !isRandom
    {
      try answerLong(word, bytes)
    } else {
      let first = ids.count
      let isKept = try search(word, bytes)
      if let line = word.line, isKept, ids.count - first <= WordCache.idLimit {
        cache.keep(ids.ids(from: first), of: word.key, in: line)
      }
    }
  }

  /// A word of 31 to 62 bytes.
  @inline(never)
  private mutating func answerLong(
    _ word: Pending, _ bytes: UnsafePointer<UInt8>
  ) throws(ModelError) {
    let key = longCache.key(at: bytes + word.start, count: word.count)
    let line = longCache.line(of: key)
    if let count = longCache.count(of: key, in: line) {
      LongWordCache.copy(line, to: ids.tail(LongWordCache.idLimit))
      ids.advance(by: count)
      return
    }
    let first = ids.count
    let isKept = try search(word, bytes)
    guard isKept, ids.count - first <= LongWordCache.idLimit else { return }
    longCache.keep(ids.ids(from: first), of: key, in: line)
  }

  /// Searches a word; gives whether what its ids cover can be told again from the ids: each covers just
  /// its piece, or there is one, and it covers all.
  @inline(never)
  private mutating func search(
    _ word: Pending, _ bytes: UnsafePointer<UInt8>
  ) throws(ModelError) -> Bool {
    let first = ids.count
    // Without ranges asked for, lengths are behind: those of this word are appended all the same.
    let isPlain = try searchModel(UnsafeBufferPointer(start: bytes + word.start, count: word.count))
    guard !isPlain, !isRandom else { return isPlain }
    return ids.count == first + 1 && lengths.count > 0
      && lengths.base[lengths.count - 1] == UInt32(truncatingIfNeeded: word.count)
  }

  private mutating func searchModel(
    _ text: UnsafeBufferPointer<UInt8>
  ) throws(ModelError) -> Bool {
    switch model {
    case .unigram(let model): try lattice.search(text, model, &ids, &lengths)
    case .bpe(let model): try merging.search(text, model, &ids, &lengths)
    case .wordPiece(let model): try pieces.search(text, model, &ids, &lengths)
    case .wordLevel(let model): try model.search(text, &ids, &lengths)
    // Encoded by `SentencePieceEncoder`, which hands out no words.
    case .sentencePiece: false
    }
  }
}
