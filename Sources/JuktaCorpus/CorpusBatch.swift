/// Some documents of one file, laid end to end.
public struct CorpusBatch: ~Copyable {
  /// One document, or a part of one: a paragraph of more than 16 MB comes in parts.
  public struct Document: Sendable {
    /// Its bytes in the batch: UTF-8, lines parted by line feeds.
    public var range: Range<Int>
    /// The line of the file where it starts, from 1.
    public var line: Int
    /// Whether it goes on with the last document of the batch before.
    public var isContinuation = false
    /// Its metadata, where they were asked for.
    public var record = CorpusRecord()
  }

  /// All documents, one after another.
  public internal(set) var bytes: [UInt8] = []
  /// The documents, in order.
  public internal(set) var documents: [Document] = []
  /// The place of the batch in the whole input, from 0, without gaps.
  public internal(set) var index = 0
  /// The file that it comes from, as messages name it.
  public internal(set) var file = ""
  /// How documents lie in that file.
  public internal(set) var layout = CorpusLayout.lines
  /// What each filter would drop of the batch's documents, where it was asked for.
  public internal(set) var effects = FilterEffects()
  var reader: JSONRecordReader?

  /// Creates an empty batch, to be reused.
  public init() {}

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    documents.removeAll(keepingCapacity: true)
    effects = FilterEffects()
  }

  /// Calls `body` with each line of a document that is not blank, without its line end.
  public func forEachLine(
    of document: Document, _ body: (Span<UInt8>) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBufferPointer { all in
      let text = UnsafeBufferPointer(rebasing: all[document.range])
      var start = 0
      while start < text.count {
        let end = LineScan.lineEnd(text, from: start)
        var last = end
        if last > start, text[last - 1] == UInt8(ascii: "\r") { last -= 1 }
        if last > start { try body(UnsafeBufferPointer(rebasing: text[start..<last]).span) }
        start = end + 1
      }
    }
  }
}
