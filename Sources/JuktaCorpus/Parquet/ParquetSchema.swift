/// A column as a file's schema describes it: a leaf of the tree of fields.
struct ParquetLeaf: Equatable {
  /// How values are stored.
  enum Physical: Int {
    case boolean, int32, int64, int96, float, double, bytes, fixedBytes

    /// As messages name it.
    var name: String {
      switch self {
      case .boolean: "booleans"
      case .int32, .int64, .int96: "whole numbers"
      case .float, .double: "numbers"
      case .bytes: "text"
      case .fixedBytes: "bytes of a fixed length"
      }
    }
  }

  /// The place among the columns of a row group.
  var index: Int
  /// The names that lead to it.
  var path: [String]
  var physical: Physical
  /// How many optional or repeated fields are on its path: the level of a value that is there.
  var maxDefinition: Int
  /// How many repeated fields are on its path.
  var maxRepetition: Int
  /// The definition level of a list's item, be it null: below it the list is empty or missing.
  var itemDefinition: Int
  /// Whether it holds something else than text in bytes: decimals, BSON.
  var isForeign: Bool

  /// The path as people write it, without the names that lists put in between.
  var name: String {
    path.filter { !Self.between.contains($0) }.joined(separator: ".")
  }

  private static let between: Set<String> = [
    "list", "element", "item", "array", "bag", "array_element",
  ]
}

/// The columns of a file.
struct ParquetSchema {
  var leaves: [ParquetLeaf] = []

  /// Far more than any table has.
  private static let fieldLimit = 1 << 18
  private static let deepest = 32

  private struct Element {
    var physical: Int?
    var repetition = 0
    var name = ""
    var children = 0
    var converted: Int?
  }

  private struct Level {
    var childrenLeft: Int
    var definition: Int
    var repetition: Int
    var item: Int
  }

  /// Reads the list of fields, depth first.
  init(_ thrift: inout ThriftReader, _ kind: ThriftReader.Kind) throws(ParquetFault) {
    var stack: [Level] = []
    var path: [String] = []
    var count = 0
    var leaves: [ParquetLeaf] = []
    try thrift.list(kind) { (reader, index) throws(ParquetFault) in
      let element = try Self.element(&reader)
      count += 1
      guard count <= Self.fieldLimit else {
        throw .overLimit("more than \(Self.fieldLimit) fields")
      }
      if index == 0 {
        stack.append(Level(childrenLeft: element.children, definition: 0, repetition: 0, item: 0))
        return
      }
      while let last = stack.last, last.childrenLeft == 0 {
        stack.removeLast()
        if !path.isEmpty { path.removeLast() }
      }
      guard var level = stack.last else { throw .broken("a schema with fields in no table") }
      stack[stack.count - 1].childrenLeft -= 1
      if element.repetition != 0 { level.definition += 1 }
      if element.repetition == 2 {
        level.repetition += 1
        level.item = level.definition
      }
      path.append(element.name)
      if element.physical == nil {
        guard stack.count < Self.deepest else {
          throw .broken("a schema nested deeper than \(Self.deepest)")
        }
        level.childrenLeft = element.children
        stack.append(level)
        return
      }
      leaves.append(try Self.leaf(element, leaves.count, path, level))
      path.removeLast()
    }
    guard stack.allSatisfy({ $0.childrenLeft == 0 }), count > 0 else {
      throw .broken("a schema that ends early")
    }
    self.leaves = leaves
  }

  private static func leaf(
    _ element: Element, _ index: Int, _ path: [String], _ level: Level
  ) throws(ParquetFault) -> ParquetLeaf {
    guard let physical = element.physical.flatMap(ParquetLeaf.Physical.init), element.children == 0
    else { throw .broken("a column of no known kind") }
    // 0 is UTF8, 4 ENUM, 19 JSON; none is bytes, which are checked to be UTF-8 anyway.
    let isText = element.converted.map { [0, 4, 19].contains($0) } ?? true
    return ParquetLeaf(
      index: index, path: path, physical: physical, maxDefinition: level.definition,
      maxRepetition: level.repetition, itemDefinition: level.item,
      isForeign: physical == .bytes && !isText)
  }

  private static func element(_ thrift: inout ThriftReader) throws(ParquetFault) -> Element {
    var element = Element()
    try thrift.structure { (reader, id, kind) throws(ParquetFault) in
      switch id {
      case 1: element.physical = try reader.integer(kind)
      case 3: element.repetition = try reader.integer(kind)
      case 4: element.name = try reader.text(kind)
      case 5: element.children = try reader.size(kind)
      case 6: element.converted = try reader.integer(kind)
      default: return false
      }
      return true
    }
    guard (0...2).contains(element.repetition) else { throw .broken("a field of no known kind") }
    return element
  }
}
