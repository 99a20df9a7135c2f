/// The scratch for encoding words on one thread: a cache of words, and behind it the search of the
/// model, Viterbi or merging.
///
/// Words come in blocks: first the cache lines of all are asked for, then each is looked up, so that
/// the wait for memory is one for the block and not one a word.
///
/// Soundness: `WordBuffer` guarantees that each word lies inside its bytes and, once padded, that
/// `LongWordCache.padding` bytes can be read from each word's start; `pending` has `blockSize` entries,
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

  private let model: TokenizerModel
  private let isRandom: Bool
  private let pieceLengths: [UInt32]
  private let prefixLength: UInt32
  private var cache = WordCache()
  private var longCache = LongWordCache()
  private var lattice = UnigramLattice()
  private var merging = BPESearch()
  private var pieces = WordPieceSearch()
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
    words.bytes.pad(LongWordCache.padding)
    var failure: ModelError?
    words.bytes.span.withUnsafeBufferPointer { bytes in
      words.ends.withUnsafeBufferPointer { ends in
        guard let base = bytes.baseAddress else { return }
        do throws(ModelError) {
          try encode(base, ends, noting: noting)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  private mutating func encode(
    _ bytes: UnsafePointer<UInt8>, _ ends: UnsafeBufferPointer<UInt32>, noting: Bool
  ) throws(ModelError) {
    var start = 0
    var index = 0
    while index < ends.count {
      let block = min(Self.blockSize, ends.count - index)
      for place in 0..<block {
        let end = Int(ends[index + place])
        ask(for: bytes + start, start: start, count: end - start, at: place)
        start = end
      }
      for place in 0..<block {
        try answer(pending[place], bytes)
        if noting { noteLengths() }
      }
      index += block
    }
  }

  /// Notes what the ids of the word just encoded cover, where its search has not.
  @inline(__always)
  private mutating func noteLengths() {
    // Found in the cache: every id is a piece of the vocabulary and covers its own length.
    let first = lengths.count
    for index in first..<ids.count {
      let length = pieceLengths[Int(ids.base[index])]
      lengths.append(index == first ? length : length - prefixLength)
    }
    wordEnds.append(UInt32(truncatingIfNeeded: ids.count))
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
      let isPlain = try search(word, bytes)
      if let line = word.line, isPlain, ids.count - first <= WordCache.idLimit {
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
    let isPlain = try search(word, bytes)
    guard isPlain, ids.count - first <= LongWordCache.idLimit else { return }
    longCache.keep(ids.ids(from: first), of: key, in: line)
  }

  /// Searches a word; gives whether every id covers just its piece.
  @inline(never)
  private mutating func search(
    _ word: Pending, _ bytes: UnsafePointer<UInt8>
  ) throws(ModelError) -> Bool {
    let text = UnsafeBufferPointer(start: bytes + word.start, count: word.count)
    return switch model {
    case .unigram(let model): try lattice.search(text, model, &ids, &lengths)
    case .bpe(let model): try merging.search(text, model, &ids, &lengths)
    case .wordPiece(let model): try pieces.search(text, model, &ids, &lengths)
    case .wordLevel(let model): try model.search(text, &ids, &lengths)
    // Encoded by `SentencePieceEncoder`, which hands out no words.
    case .sentencePiece: false
    }
  }
}
