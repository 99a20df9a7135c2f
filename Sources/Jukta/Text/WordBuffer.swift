/// The words of one text, laid end to end: what pre-tokenisation hands to counting.
///
/// One flat run of bytes and one offset a word, so that a document of any size costs no allocation
/// once the buffer has grown.
public struct WordBuffer: ~Copyable, Sendable {
  /// All words, one after another, without separators.
  public var bytes = ByteBuffer(capacity: 4096)
  /// Where each word ends in `bytes`, in bytes; it starts where the one before ended.
  public var ends: [UInt32] = []

  /// Creates an empty buffer.
  public init() {}

  /// Forgets the words but keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
  }
}

/// Turns texts into words: a normaliser and a pre-tokenizer behind one door.
///
/// Trainers take any splitter, so a test can feed them words of its own.
/// A splitter is scratch: one for each worker, reused for every text.
public protocol WordSplitter: ~Copyable {
  /// Appends the words of `text` (UTF-8, one document or one line) to `words`.
  mutating func split(_ text: Span<UInt8>, into words: inout WordBuffer) throws
}
