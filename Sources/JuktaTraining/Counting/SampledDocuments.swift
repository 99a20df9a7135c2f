public import Jukta
internal import Synchronization

/// A number of documents of another source, drawn by a seed.
///
///     let some = SampledDocuments(source, limit: 1_000_000, seed: 42)
///
/// Each text has a number, made of its bytes, how often it counts, how many equal ones came before it,
/// and the seed, and the texts of the least numbers are taken. So the same texts come out whatever the
/// order of the source and the number of threads, and of equal texts as large a share as of all.
///
/// The first call reads the whole source; the texts that are drawn are held in memory, and about 30
/// bytes for each distinct text.
public final class SampledDocuments: DocumentSource {
  private let source: any DocumentSource
  private let limit: Int
  private let seed: UInt64
  private let state = Mutex(State())

  /// - Parameters:
  ///   - limit: How many documents are drawn; all where there are no more.
  ///   - seed: Another seed draws others.
  public init(_ source: any DocumentSource, limit: Int, seed: UInt64) {
    self.source = source
    self.limit = max(limit, 1)
    self.seed = seed
  }

  private struct Entry {
    var key: UInt64
    var text: [UInt8]
    var weight: UInt64

    static func < (left: Entry, right: Entry) -> Bool {
      if left.key != right.key { return left.key < right.key }
      if left.text != right.text { return left.text.lexicographicallyPrecedes(right.text) }
      return left.weight < right.weight
    }
  }

  private struct State {
    /// A heap, the greatest first, while reading.
    var entries: [Entry] = []
    var hasRead = false
    var following = 0
    var seen = 0
  }

  /// How many documents the source had; known once the first batch has come out.
  public var seen: Int { state.withLock { $0.seen } }

  /// Reads all of the source first.
  public func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    return try state.withLock { state in
      if !state.hasRead { try read(into: &state) }
      while state.following < state.entries.count, batch.bytes.count < 1 << 20 {
        let entry = state.entries[state.following]
        batch.append(entry.text.span, weight: entry.weight)
        state.entries[state.following].text = []
        state.following += 1
      }
      return batch.count > 0
    }
  }

  private func read(into state: inout State) throws {
    var batch = DocumentBatch()
    var copies: [UInt64: UInt64] = [:]
    while try source.next(into: &batch) {
      for index in 0..<batch.count {
        let text = batch.document(at: index)
        let hash = hash(of: text, batch.weight(at: index))
        let copy = copies[hash, default: 0]
        copies[hash] = copy + 1
        let key = Self.mixed(hash, copy)
        state.seen += 1
        // Most texts of a large source are passed over without a copy.
        if state.entries.count == limit, key > state.entries[0].key { continue }
        let entry = Entry(
          key: key, text: text.withUnsafeBufferPointer { Array($0) },
          weight: batch.weight(at: index))
        if state.entries.count < limit {
          state.entries.append(entry)
          Self.rise(&state.entries)
        } else if entry < state.entries[0] {
          state.entries[0] = entry
          Self.sink(&state.entries)
        }
      }
    }
    state.hasRead = true
  }

  private func hash(of text: Span<UInt8>, _ weight: UInt64) -> UInt64 {
    text.withUnsafeBufferPointer { bytes in
      let hash = bytes.baseAddress.map { wordHash($0, bytes.count) } ?? 0
      return Self.mixed(Self.mixed(hash ^ seed &* 0x9E37_79B9_7F4A_7C15, 0), weight)
    }
  }

  private static func mixed(_ hash: UInt64, _ number: UInt64) -> UInt64 {
    let product = (hash &+ number &* 0x9E37_79B9_7F4A_7C15)
      .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  private static func rise(_ heap: inout [Entry]) {
    var index = heap.count - 1
    while index > 0, heap[(index - 1) / 2] < heap[index] {
      heap.swapAt((index - 1) / 2, index)
      index = (index - 1) / 2
    }
  }

  private static func sink(_ heap: inout [Entry]) {
    var index = 0
    while true {
      var greatest = index
      for child in [index * 2 + 1, index * 2 + 2]
      where child < heap.count && heap[greatest] < heap[child] {
        greatest = child
      }
      if greatest == index { return }
      heap.swapAt(index, greatest)
      index = greatest
    }
  }
}
