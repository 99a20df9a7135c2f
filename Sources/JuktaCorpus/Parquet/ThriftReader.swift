/// Thrift's compact protocol, as much as Parquet's footer and page headers need: structs whose fields
/// are asked for by number, and all others passed over.
struct ThriftReader {
  /// The types of fields and of items.
  enum Kind: UInt8 {
    case yes = 1
    case no, i8, i16, i32, i64, double, binary, list, set, map, structure, uuid
  }

  private static let deepest = 32
  var bytes: ByteCursor
  private var depth = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = ByteCursor(bytes) }

  /// Reads a struct: `body` gets each field's number and kind, and reads it or says that it did not.
  mutating func structure(
    _ body: (inout ThriftReader, Int, Kind) throws(ParquetFault) -> Bool
  ) throws(ParquetFault) {
    guard depth < Self.deepest else { throw .broken("metadata nested deeper than \(Self.deepest)") }
    depth += 1
    var id = 0
    while true {
      let head = try bytes.byte()
      if head == 0 { break }
      let kind = try Self.kind(head & 0x0F)
      if head >> 4 != 0 {
        id += Int(head >> 4)
      } else {
        id = Int(truncatingIfNeeded: try bytes.zigzag())
      }
      guard (0...0x7FFF).contains(id) else { throw .broken("a field of an impossible number") }
      if try !body(&self, id, kind) { try skip(kind) }
    }
    depth -= 1
  }

  /// Reads a list of structs.
  mutating func list(
    _ kind: Kind, _ body: (inout ThriftReader, Int) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    let (item, count) = try listHead(kind)
    guard count == 0 || item == .structure else { throw .broken("a list of another kind") }
    for index in 0..<count { try body(&self, index) }
  }

  /// The kind and the number of a list's items.
  mutating func listHead(_ kind: Kind) throws(ParquetFault) -> (Kind, Int) {
    guard kind == .list || kind == .set else { throw .broken("a field of another kind") }
    let head = try bytes.byte()
    var count = UInt64(head >> 4)
    if count == 15 { count = try bytes.varint() }
    // An empty list may not say of what.
    let item = count == 0 ? Kind.structure : try Self.kind(head & 0x0F)
    // Every item has a byte at least. In a window that is too small this is no proof yet.
    guard count <= UInt64(bytes.left) else { throw .cut }
    return (item, Int(count))
  }

  mutating func integer(_ kind: Kind) throws(ParquetFault) -> Int {
    switch kind {
    case .i8: return Int(Int8(bitPattern: try bytes.byte()))
    case .i16, .i32, .i64: return Int(try bytes.zigzag())
    default: throw .broken("a field of another kind")
    }
  }

  /// A number of bytes or of things: not negative, and of 32 bits.
  mutating func size(_ kind: Kind) throws(ParquetFault) -> Int {
    let value = try integer(kind)
    guard (0...Int(Int32.max)).contains(value) else { throw .broken("a size of \(value)") }
    return value
  }

  /// An offset or a count of 64 bits: not negative.
  mutating func long(_ kind: Kind) throws(ParquetFault) -> Int {
    let value = try integer(kind)
    guard value >= 0 else { throw .broken("a size of \(value)") }
    return value
  }

  mutating func text(_ kind: Kind) throws(ParquetFault) -> String {
    guard kind == .binary else { throw .broken("a field of another kind") }
    let count = try bytes.varint()
    guard count <= UInt64(bytes.left) else { throw .cut }
    return String(decoding: try bytes.take(Int(count)), as: UTF8.self)
  }

  /// Passes over a value.
  mutating func skip(_ kind: Kind) throws(ParquetFault) {
    switch kind {
    case .yes, .no: break
    case .i8: _ = try bytes.byte()
    case .i16, .i32, .i64: _ = try bytes.varint()
    case .double: _ = try bytes.take(8)
    case .uuid: _ = try bytes.take(16)
    case .binary:
      let count = try bytes.varint()
      guard count <= UInt64(bytes.left) else { throw .cut }
      _ = try bytes.take(Int(count))
    case .structure: try structure { (_, _, _) throws(ParquetFault) in false }
    case .list, .set:
      let (item, count) = try listHead(kind)
      try skipItems(item, count)
    case .map:
      let count = try bytes.varint()
      guard count > 0 else { return }
      let kinds = try bytes.byte()
      guard count <= UInt64(bytes.left) else { throw .cut }
      for _ in 0..<Int(count) {
        try skipItems(try Self.kind(kinds >> 4), 1)
        try skipItems(try Self.kind(kinds & 0x0F), 1)
      }
    }
  }

  private mutating func skipItems(_ kind: Kind, _ count: Int) throws(ParquetFault) {
    guard depth < Self.deepest else { throw .broken("metadata nested deeper than \(Self.deepest)") }
    depth += 1
    for _ in 0..<count {
      // In a list a boolean is a byte of its own.
      if kind == .yes || kind == .no { _ = try bytes.byte() } else { try skip(kind) }
    }
    depth -= 1
  }

  private static func kind(_ code: UInt8) throws(ParquetFault) -> Kind {
    guard let kind = Kind(rawValue: code) else { throw .broken("a field of no known kind") }
    return kind
  }
}
