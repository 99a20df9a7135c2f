/// The scratch for encoding words on one thread: a cache of words, and behind it the search of the
/// model, Viterbi or merging.
///
/// Words come in blocks: first the cache lines of all are asked for, then each is looked up, so that
/// the wait for memory is one for the block and not one a word.
///
/// Soundness: `WordBuffer` guarantees that each word lies inside its bytes and, once padded, that
/// `WordCache.padding` bytes can be read from each word's start; `pending` has `blockSize` entries,
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
  private var cache = WordCache()
  private var lattice = UnigramLattice()
  private var merging = BPESearch()
  private let pending: UnsafeMutablePointer<Pending>
  /// The ids of the words encoded since `removeAll()`.
  private(set) var ids = IDBuffer()
  /// For `encodeWithLengths`: how many bytes of the word each id covers. Where several ids stand for
  /// one stretch (byte fallback), each has the stretch's length, and the top bit on all but the last.
  private(set) var lengths = IDBuffer()

  init(_ model: TokenizerModel) {
    self.model = model
    isRandom = model.isRandom
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
  mutating func append(_ id: UInt32) { ids.append(id) }

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
    words.bytes.pad(WordCache.padding)
    var failure: ModelError?
    words.bytes.span.withUnsafeBufferPointer { bytes in
      words.ends.withUnsafeBufferPointer { ends in
        guard let base = bytes.baseAddress else { return }
        do throws(ModelError) {
          try encode(base, ends)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
  }

  private mutating func encode(
    _ bytes: UnsafePointer<UInt8>, _ ends: UnsafeBufferPointer<UInt32>
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
      for place in 0..<block { try answer(pending[place], bytes) }
      index += block
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
    } else {
      try search(word, bytes)
    }
  }

  @inline(never)
  private mutating func search(
    _ word: Pending, _ bytes: UnsafePointer<UInt8>
  ) throws(ModelError) {
    let first = ids.count
    let text = UnsafeBufferPointer(start: bytes + word.start, count: word.count)
    let isPlain =
      switch model {
      case .unigram(let model): try lattice.search(text, model, &ids, &lengths)
      case .bpe(let model): try merging.search(text, model, &ids, &lengths)
      }
    if let line = word.line, isPlain, ids.count - first <= WordCache.idLimit {
      cache.keep(ids.ids(from: first), of: word.key, in: line)
    }
  }

  /// Appends the ids of one word to `ids`, and what each covers to `lengths`.
  mutating func encodeWithLengths(
    _ words: borrowing WordBuffer, _ range: Range<Int>
  ) throws(ModelError) {
    var failure: ModelError?
    words.bytes.span.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      do throws(ModelError) {
        try encodeWithLengths(base, range)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  private mutating func encodeWithLengths(
    _ bytes: UnsafePointer<UInt8>, _ range: Range<Int>
  ) throws(ModelError) {
    let first = lengths.count
    ask(for: bytes + range.lowerBound, start: range.lowerBound, count: range.count, at: 0)
    try answer(pending[0], bytes)
    guard lengths.count == first else { return }
    // Found in the cache: every id is a piece of the vocabulary and covers its own length.
    for index in first..<ids.count { lengths.append(model.length(of: ids.base[index])) }
  }
}
