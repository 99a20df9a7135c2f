/// What stands before a page.
struct ParquetPageHeader: Equatable {
  enum Kind: Int { case data, index, dictionary, dataV2 }

  /// nil for kinds that are not known, which are passed over.
  var kind: Kind?
  var unpackedSize = -1
  var packedSize = -1
  var checksum: UInt32?
  var values = 0
  var encoding = 0
  var definitionEncoding = 3
  var repetitionEncoding = 3
  var definitionBytes = 0
  var repetitionBytes = 0
  var isCompressed = true

  /// Reads a header.
  /// - Returns: how many bytes it takes.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> Int {
    var thrift = ThriftReader(bytes)
    var found = ParquetPageHeader()
    var hasBody = false
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: found.kind = Kind(rawValue: try reader.integer(kind))
      case 2: found.unpackedSize = try reader.size(kind)
      case 3: found.packedSize = try reader.size(kind)
      case 4: found.checksum = UInt32(truncatingIfNeeded: try reader.integer(kind))
      case 5, 7, 8:
        guard kind == .structure else { throw .broken("a page header of another kind") }
        hasBody = true
        try found.readBody(&reader, isV2: id == 8)
      default: return false
      }
      return true
    }
    guard found.packedSize >= 0, found.unpackedSize >= 0 else {
      throw .broken("a page without a size")
    }
    guard hasBody || found.kind == nil || found.kind == .index else {
      throw .broken("a page without a header of its kind")
    }
    self = found
    return thrift.bytes.position
  }

  private mutating func readBody(_ thrift: inout ThriftReader, isV2: Bool) throws(ParquetFault) {
    var found = self
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch (isV2, id) {
      case (_, 1): found.values = try reader.size(kind)
      case (false, 2), (true, 4): found.encoding = try reader.integer(kind)
      case (false, 3) where found.kind == .data: found.definitionEncoding = try reader.integer(kind)
      case (false, 4): found.repetitionEncoding = try reader.integer(kind)
      case (true, 5): found.definitionBytes = try reader.size(kind)
      case (true, 6): found.repetitionBytes = try reader.size(kind)
      case (true, 7): found.isCompressed = kind == .yes
      default: return false
      }
      return true
    }
    self = found
  }
}
