/// Some documents, laid end to end: what a reader hands to a worker in one go.
///
/// A batch of about a megabyte makes the hand-over cheap whatever the size of the documents, and a
/// worker that reuses its batch allocates only until it has seen the largest one.
public struct DocumentBatch: ~Copyable, Sendable {
  /// All documents, one after another, without separators: UTF-8.
  public var bytes: ByteBuffer
  /// Where each document ends in `bytes`, in bytes; it starts where the one before ended.
  public var ends: [Int] = []
  /// How often each document counts; empty where all count once.
  private var weights: [UInt64] = []

  /// Creates an empty batch with room for `capacity` bytes.
  public init(capacity: Int = 1 << 16) { bytes = ByteBuffer(capacity: capacity) }

  /// The number of documents.
  public var count: Int { ends.count }

  /// Forgets the documents but keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll()
    ends.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
  }

  /// Appends one document.
  public mutating func append(_ document: Span<UInt8>) {
    bytes.append(document)
    ends.append(bytes.count)
    if !weights.isEmpty { weights.append(1) }
  }

  /// Appends one document whose words count `weight` times.
  public mutating func append(_ document: Span<UInt8>, weight: UInt64) {
    while weights.count < ends.count { weights.append(1) }
    bytes.append(document)
    ends.append(bytes.count)
    weights.append(weight)
  }

  /// Takes out the documents for which `isUnwanted` holds.
  ///
  /// - Complexity: O(*n*) in the bytes where one is taken out, else in the documents.
  public mutating func removeAll(where isUnwanted: (Span<UInt8>) -> Bool) {
    let kept = (0..<count).filter { !isUnwanted(document(at: $0)) }
    guard kept.count < count else { return }
    var rest = DocumentBatch(capacity: bytes.count)
    for index in kept { rest.append(document(at: index), weight: weight(at: index)) }
    swap(&self, &rest)
  }

  /// How often the words of a document count.
  ///
  /// - Parameter index: Its place in the batch, below `count`.
  public func weight(at index: Int) -> UInt64 { weights.isEmpty ? 1 : weights[index] }

  /// The bytes of one document.
  ///
  /// - Parameter index: Its place in the batch, below `count`.
  @_lifetime(borrow self)
  public func document(at index: Int) -> Span<UInt8> {
    bytes.span.extracting((index == 0 ? 0 : ends[index - 1])..<ends[index])
  }
}

/// Where documents come from, in batches, for several workers at once.
///
/// Whoever counts takes any source, so that it needs to know nothing of files; a test can hand out
/// arrays.
public protocol DocumentSource: AnyObject, Sendable {
  /// Replaces what `batch` holds by the next documents. Called from several threads at once.
  ///
  /// - Returns: False at the end, and from then on; `batch` is then empty.
  /// - Throws: Whatever reading meets. A source that threw once is not asked again by the worker
  ///   that saw the error.
  func next(into batch: inout DocumentBatch) throws -> Bool
}
