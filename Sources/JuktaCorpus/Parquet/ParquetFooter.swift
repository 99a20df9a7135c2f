/// What a file's footer says: its columns, and where their chunks lie.
///
/// Row groups are parsed one at a time, when they are read: a footer may have many thousands.
struct ParquetFooter {
  let schema: ParquetSchema
  /// Row groups left to be read.
  private(set) var groupsLeft: Int
  private var groups: ThriftReader?

  /// A chunk: one column of one row group.
  struct Chunk: Equatable {
    var physical = -1
    var codec = 0
    var values = 0
    var dataOffset = 0
    var dictionaryOffset: Int?

    /// Where its first page lies. Some writers say 0 for no dictionary.
    var start: Int {
      guard let dictionaryOffset, dictionaryOffset > 0 else { return dataOffset }
      return min(dictionaryOffset, dataOffset)
    }
  }

  /// A row group's number of rows, and the chunks of the columns that were asked for.
  struct Group {
    var rows = 0
    var chunks: [Int: Chunk] = [:]
  }

  /// - Parameter bytes: the footer; must outlive what is made of it.
  init(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) {
    var schema: ParquetSchema?
    var groups: ThriftReader?
    var count = 0
    var isEncrypted = false
    var thrift = ThriftReader(bytes)
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 2: schema = try ParquetSchema(&reader, kind)
      case 4:
        var copy = reader
        let (item, number) = try copy.listHead(kind)
        guard number == 0 || item == .structure else { throw .broken("row groups of another kind") }
        (groups, count) = (copy, number)
        return false
      case 8:
        isEncrypted = true
        return false
      default: return false
      }
      return true
    }
    guard !isEncrypted else { throw .unsupported("is encrypted; write it without encryption") }
    guard let schema else { throw .broken("has no schema") }
    self.schema = schema
    self.groups = groups
    groupsLeft = count
  }

  /// The next row group; nil behind the last.
  mutating func nextGroup(columns: Set<Int>) throws(ParquetFault) -> Group? {
    guard groupsLeft > 0, groups != nil else { return nil }
    groupsLeft -= 1
    var group = Group()
    let fields = schema.leaves.count
    try groups?.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1:
        var number = 0
        try reader.list(kind) { (reader, index) throws(ParquetFault) in
          number += 1
          if columns.contains(index) {
            group.chunks[index] = try Self.chunk(&reader)
          } else {
            try reader.skip(.structure)
          }
        }
        guard number == fields else {
          throw .broken("a row group of \(number) columns in a table of \(fields)")
        }
      case 3: group.rows = try reader.long(kind)
      default: return false
      }
      return true
    }
    guard group.chunks.count == columns.count else { throw .broken("a row group without columns") }
    return group
  }

  private static func chunk(_ thrift: inout ThriftReader) throws(ParquetFault) -> Chunk {
    var chunk: Chunk?
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1:
        let other = try reader.text(kind)
        guard other.isEmpty else {
          throw .unsupported("keeps its columns in another file, '\(other)'; write one file")
        }
      case 3:
        guard kind == .structure else { throw .broken("a column of another kind") }
        chunk = try metadata(&reader)
      case 8: throw .unsupported("is encrypted; write it without encryption")
      default: return false
      }
      return true
    }
    guard let chunk else { throw .broken("a column without a place in the file") }
    return chunk
  }

  private static func metadata(_ thrift: inout ThriftReader) throws(ParquetFault) -> Chunk {
    var chunk = Chunk()
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: chunk.physical = try reader.integer(kind)
      case 4: chunk.codec = try reader.integer(kind)
      case 5: chunk.values = try reader.long(kind)
      case 9: chunk.dataOffset = try reader.long(kind)
      case 11: chunk.dictionaryOffset = try reader.long(kind)
      default: return false
      }
      return true
    }
    return chunk
  }
}
