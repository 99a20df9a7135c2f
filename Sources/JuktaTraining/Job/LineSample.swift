internal import Jukta
internal import Synchronization

/// Some lines of a text, drawn by their content: the same ones whatever the order and the threads.
///
/// Each distinct line has a number, made of its first bytes and its length, and those of the least numbers stay.
final class LineSample: Sendable {
  private let limit: Int
  private let state: Mutex<State>
  /// Above it, no number stays.
  private let bar = Atomic<UInt64>(.max)
  /// Longer lines are passed over, so that memory is bounded.
  static let longest = 4096

  private struct State {
    var entries: [Entry] = []
  }

  private struct Entry: Equatable {
    let key: UInt64
    let text: [UInt8]

    static func < (left: Entry, right: Entry) -> Bool {
      left.key != right.key
        ? left.key < right.key : left.text.lexicographicallyPrecedes(right.text)
    }
  }

  init(limit: Int) {
    self.limit = limit
    state = Mutex(State())
  }

  /// Looks at every document of a batch.
  func offer(_ batch: borrowing DocumentBatch) {
    for index in 0..<batch.count {
      let text = batch.document(at: index)
      guard text.count <= Self.longest else { continue }
      let key = Self.key(of: text)
      guard key <= bar.load(ordering: .relaxed) else { continue }
      add(Entry(key: key, text: text.withUnsafeBufferPointer { Array($0) }))
    }
  }

  private static func key(of text: Span<UInt8>) -> UInt64 {
    text.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      let product =
        (wordHash(start, min(bytes.count, 64)) ^ UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15)
        .multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
      return product.high ^ product.low
    }
  }

  /// Entries are sorted; most of a long text is turned away by `bar` before it comes here.
  private func add(_ entry: Entry) {
    state.withLock { state in
      var (low, high) = (0, state.entries.count)
      while low < high {
        let middle = (low + high) / 2
        if state.entries[middle] < entry { low = middle + 1 } else { high = middle }
      }
      if low < state.entries.count, state.entries[low] == entry { return }
      guard low < limit else { return }
      state.entries.insert(entry, at: low)
      if state.entries.count > limit { state.entries.removeLast() }
      if state.entries.count == limit, let last = state.entries.last {
        bar.store(last.key, ordering: .relaxed)
      }
    }
  }

  /// The lines that were drawn, in the order of their numbers.
  var lines: [[UInt8]] { state.withLock { $0.entries.map(\.text) } }
}

/// A source whose documents a sample sees on their way.
final class SampledSource: DocumentSource {
  private let source: any DocumentSource
  private let sample: LineSample

  init(_ source: any DocumentSource, _ sample: LineSample) {
    (self.source, self.sample) = (source, sample)
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    guard try source.next(into: &batch) else { return false }
    sample.offer(batch)
    return true
  }
}

extension LineSample {
  /// Some lines of a whole source.
  convenience init(of source: any DocumentSource, limit: Int) throws {
    self.init(limit: limit)
    var batch = DocumentBatch()
    while try source.next(into: &batch) { offer(batch) }
  }
}
