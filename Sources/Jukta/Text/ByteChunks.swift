/// The bytes of a file, a chunk at a time: whoever reads need not know where they come from.
public protocol ByteChunks: AnyObject {
  /// How messages name the file.
  var name: String { get }

  /// Appends the next chunk, of any size; false at the end.
  func read(into bytes: inout [UInt8]) throws -> Bool
}
