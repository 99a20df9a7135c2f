/// A Parquet file, open: its footer, and bytes of it wherever they are asked for.
///
/// Soundness: `footerBytes` is never refilled while the file lives, and `footer` reads only from it.
final class ParquetFile {
  /// The bytes that every Parquet file begins and ends with.
  static let magic: [UInt8] = [0x50, 0x41, 0x52, 0x31]
  private static let encryptedMagic: [UInt8] = [0x50, 0x41, 0x52, 0x45]
  private static let footerLimit = 64 << 20

  let source: ByteSource
  let size: Int
  /// Where data may lie: behind the first magic, before the footer.
  let data: Range<Int>
  var footer: ParquetFooter
  private let footerBytes = PageBuffer()

  /// Whether the bytes that a file begins with are those of a Parquet file. Behind the magic comes a
  /// page or the footer, whose first byte is no letter: text that begins with the same four letters
  /// is still text.
  static func isParquet(_ head: some Collection<UInt8>) -> Bool {
    guard head.starts(with: magic) else { return false }
    guard let next = head.dropFirst(4).first else { return true }
    return next < 0x20 && next != 0x09 && next != 0x0A && next != 0x0D
  }

  /// Whether a file is one of Parquet; nothing of it counts as read.
  static func isParquet(_ source: ByteSource) throws(CorpusError) -> Bool {
    guard source.size != nil else { return false }
    let head = PageBuffer()
    head.resize(5)
    let count = try source.read(at: 0, head.room)
    return isParquet(head.bytes.prefix(count))
  }

  init(_ source: ByteSource) throws(ParquetFault) {
    self.source = source
    size = source.size ?? 0
    guard size >= 12 else { throw .broken("ends in the middle", offset: size) }
    let tail = PageBuffer()
    try Self.read(source, at: size - 8, 8, into: tail)
    var cursor = ByteCursor(tail.bytes)
    let length = Int(try cursor.uint32())
    let magic = cursor.rest
    if magic.elementsEqual(Self.encryptedMagic) {
      throw .unsupported("is encrypted; write it without encryption")
    }
    guard magic.elementsEqual(Self.magic) else {
      throw .broken("does not end as a Parquet file does: it is cut", offset: size - 4)
    }
    guard length <= size - 12 else {
      throw .broken("has a footer of \(length) bytes, more than the file", offset: size - 8)
    }
    guard length <= Self.footerLimit else {
      throw .overLimit("has a footer of \(length) bytes; \(Self.footerLimit) are the most")
    }
    data = 4..<(size - 8 - length)
    try Self.read(source, at: size - 8 - length, length, into: footerBytes)
    do throws(ParquetFault) {
      footer = try ParquetFooter(footerBytes.bytes)
    } catch {
      throw error.at(size - 8 - length)
    }
  }

  /// Reads bytes that must be there.
  func read(at offset: Int, _ count: Int, into buffer: PageBuffer) throws(ParquetFault) {
    try Self.read(source, at: offset, count, into: buffer)
  }

  private static func read(
    _ source: ByteSource, at offset: Int, _ count: Int, into buffer: PageBuffer
  ) throws(ParquetFault) {
    buffer.resize(count)
    let found: Int
    do throws(CorpusError) {
      found = try source.read(at: offset, buffer.room)
    } catch {
      throw .unreadable(error)
    }
    guard found == count else { throw .broken("ends in the middle", offset: offset) }
  }
}
