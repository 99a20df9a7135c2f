/// What an offset counts.
public enum OffsetUnit: String, Sendable, CaseIterable {
  /// UTF-8 bytes.
  case bytes
  /// Unicode scalars, as in Python.
  case scalars
  /// UTF-16 code units, as in Java, JavaScript and `NSString`.
  case utf16
}

/// Turns byte offsets into a text to offsets in another unit.
///
/// Made once for a text: O(*n*). An offset inside a scalar counts as its start.
public struct OffsetMap {
  private let table: [UInt32]

  /// Prepares the offsets of `text`.
  public init(_ text: Span<UInt8>, unit: OffsetUnit) {
    guard unit != .bytes else {
      table = []
      return
    }
    var table: [UInt32] = []
    table.reserveCapacity(text.count + 1)
    var units: UInt32 = 0
    var width: UInt32 = 0
    for index in 0..<text.count {
      let byte = text[index]
      if byte & 0xC0 != 0x80 {
        units += width
        width = unit == .utf16 && byte >= 0xF0 ? 2 : 1
      }
      table.append(units)
    }
    table.append(units + width)
    self.table = table
  }

  /// The offset, in this map's unit, of byte `offset`.
  public func offset(of offset: Int) -> Int {
    table.isEmpty ? offset : Int(table[min(offset, table.count - 1)])
  }
}
