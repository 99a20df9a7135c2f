/// Words with their counts, one after another, in the order of their bytes.
protocol WordStream: AnyObject {
  /// The word that it stands at.
  var word: [UInt8] { get }
  /// How often that occurs.
  var count: UInt64 { get }
  /// Goes on to the next word; false behind the last one.
  func next() throws -> Bool
}

extension RunReader: WordStream {}
extension CountFileReader: WordStream {}

/// Calls `body` with each distinct word in the order of their bytes, with its count over all streams.
///
/// - Complexity: O(log *k*) comparisons a word for *k* streams; one word of each is held.
func mergeWords<Stream: WordStream>(
  _ streams: [Stream], _ body: ([UInt8], UInt64) throws -> Void
) throws {
  var heap = StreamHeap(try streams.filter { try $0.next() })
  var word: [UInt8] = []
  var count: UInt64 = 0
  while let stream = heap.first {
    // Of equal words any stream may come first, since their counts are added.
    if count > 0, stream.word == word {
      count = saturatingSum(count, stream.count)
    } else {
      if count > 0 { try body(word, count) }
      word = stream.word
      count = stream.count
    }
    let goesOn = try stream.next()
    heap.firstChanged(isGone: !goesOn)
  }
  if count > 0 { try body(word, count) }
}

/// Streams in a binary heap, the one at the least word first.
private struct StreamHeap<Stream: WordStream> {
  private var streams: [Stream]

  init(_ streams: [Stream]) {
    self.streams = streams
    for index in stride(from: streams.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  var first: Stream? { streams.first }

  /// Puts things right after the first stream went on, or ended.
  mutating func firstChanged(isGone: Bool) {
    if isGone {
      streams.swapAt(0, streams.count - 1)
      streams.removeLast()
    }
    sink(0)
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [index * 2 + 1, index * 2 + 2]
      where child < streams.count
        && streams[child].word.lexicographicallyPrecedes(streams[least].word)
      {
        least = child
      }
      if least == index { return }
      streams.swapAt(index, least)
      index = least
    }
  }
}
