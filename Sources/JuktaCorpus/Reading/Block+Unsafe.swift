/// A stretch of one file: whole lines, or whole paragraphs.
///
/// Blocks travel from the reading thread to a worker and back, so that their memory is reused.
///
/// Soundness: `base` points at `capacity` bytes, all initialised; `count <= capacity`. A block is
/// held by one thread at a time: the queue hands it over. That is why it may be sent.
package final class Block: @unchecked Sendable {
  /// Bytes behind the last one that may be read, for parsers that read ahead.
  package static let padding = 64

  package private(set) var base: UnsafeMutablePointer<UInt8>
  package private(set) var capacity: Int
  package internal(set) var count = 0
  /// The place of the block in the whole input, from 0.
  package internal(set) var index = 0
  /// The file it comes from, as messages name it.
  package internal(set) var file = ""
  /// The number of its first line, from 1.
  package internal(set) var firstLine = 1
  package internal(set) var layout = CorpusLayout.lines
  /// Whether it goes on with the paragraph that the block before it ended in.
  package internal(set) var continuesParagraph = false
  /// Whether the input had no more to give when it ended: somebody may be waiting for an answer.
  package internal(set) var isPause = false

  /// Where each row ends, and what metadata it has where they were asked for: of Parquet only.
  package internal(set) var rowEnds: [Int] = []
  var records: [CorpusRecord] = []

  package init(capacity: Int = 1 << 20) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + Self.padding)
    base.initialize(repeating: 0, count: capacity + Self.padding)
  }

  deinit { base.deallocate() }

  package var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

  /// Empties it.
  func removeAll() {
    count = 0
    rowEnds.removeAll(keepingCapacity: true)
    records.removeAll(keepingCapacity: true)
  }

  /// Makes room for `additional` bytes behind the last one.
  func reserve(_ additional: Int) {
    guard count + additional > capacity else { return }
    let larger = max(count + additional, capacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.padding)
    moved.initialize(from: base, count: count)
    (moved + count).initialize(repeating: 0, count: larger + Self.padding - count)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }

  /// The free room behind the last byte.
  var tail: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: base + count, count: capacity - count)
  }

  func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (base + count).update(from: source, count: bytes.count)
    count += bytes.count
  }

  /// Takes `range` out of the front: `removeFirst(3)` drops a byte order mark.
  func removeFirst(_ number: Int) {
    base.update(from: base + number, count: count - number)
    count -= number
  }
}
