/// A trie over bytes in one flat array, in the layout of Darts-clone: what SentencePiece's compiled
/// maps hold.
///
/// A unit is 32 bits: 0–7 the byte that leads to it, 8 whether a key ends here, 9–30 the offset to
/// its children (21 bits, times 256 where bit 9 is set); or, with bit 31, the value of the key that
/// ended one step before. From unit `i` the children stand at `i ^ offset ^ byte`, and the value, if
/// any, at `i ^ offset`.
///
/// `init(validating:)` proves that every child block lies inside the array, so a walk can only end,
/// never leave it; each step takes one byte of text, so it ends whatever the units say.
struct DoubleArray: Sendable, Equatable {
  /// Units; their number is a multiple of 256.
  let units: [UInt32]

  /// Matches at one place that are looked at, as in SentencePiece.
  static let mostMatches = 32

  /// What is wrong with a unit.
  struct Fault: Error, Equatable {
    var unit: Int
    var reason: String
  }

  /// Takes units over after checking all of them.
  /// - Parameter valueLimit: every value must be below it.
  init(validating units: [UInt32], valueLimit: Int) throws(Fault) {
    guard !units.isEmpty, units.count % 256 == 0, units.count <= 1 << 29 else {
      throw Fault(unit: 0, reason: "\(units.count) units, not a multiple of 256")
    }
    for (index, unit) in units.enumerated() {
      guard !Self.isValue(unit) else {
        guard Int(Self.value(unit)) < valueLimit else {
          throw Fault(unit: index, reason: "the value \(Self.value(unit)) is out of range")
        }
        continue
      }
      let children = index ^ Int(Self.offset(unit))
      guard children < units.count else {
        throw Fault(unit: index, reason: "the children lie outside of the array")
      }
      guard !Self.hasValue(unit) || Self.isValue(units[children]) else {
        throw Fault(unit: index, reason: "marked as having a value, but there is none")
      }
    }
    let root = units[0]
    guard root & 0x8000_01FF == 0, Self.offset(root) != 0 else {
      throw Fault(unit: 0, reason: "not the root of a double array")
    }
    self.units = units
  }

  @inline(__always) static func isValue(_ unit: UInt32) -> Bool { unit >> 31 != 0 }
  @inline(__always) static func value(_ unit: UInt32) -> UInt32 { unit & 0x7FFF_FFFF }
  @inline(__always) static func hasValue(_ unit: UInt32) -> Bool { unit & 0x100 != 0 }
  /// The byte that leads here; of a value unit no byte.
  @inline(__always) static func label(_ unit: UInt32) -> UInt32 { unit & 0x8000_00FF }
  @inline(__always) static func offset(_ unit: UInt32) -> UInt32 {
    (unit >> 10) << ((unit & 0x200) >> 6)
  }

  /// Where the children of the root stand.
  var rootBlock: Int { Int(Self.offset(units[0])) }

  /// One step: the child of `block` by `byte`.
  /// - Returns: where its own children stand, and its value where a key ends there; nil where there
  ///   is no such child.
  @inline(__always)
  func step(from block: Int, by byte: UInt8) -> (block: Int, value: UInt32?)? {
    let place = block ^ Int(byte)
    let unit = units[place]
    guard Self.label(unit) == UInt32(byte) else { return nil }
    let next = place ^ Int(Self.offset(unit))
    return (next, Self.hasValue(unit) ? Self.value(units[next]) : nil)
  }

  /// Finds the keys that `bytes` starts with from `position` on, shortest first, and hands each to
  /// `body` with its length in bytes and its value, until `body` says false or 32 are found.
  /// - Complexity: O(*m*) for a longest key of *m* bytes.
  @inline(__always)
  func forEachPrefix(
    of bytes: UnsafeBufferPointer<UInt8>, from position: Int,
    _ body: (_ length: Int, _ value: UInt32) -> Bool
  ) {
    var block = rootBlock
    var place = position
    var matches = 0
    while place < bytes.count, let next = step(from: block, by: bytes[place]) {
      place += 1
      block = next.block
      guard let value = next.value else { continue }
      matches += 1
      guard body(place - position, value), matches < Self.mostMatches else { return }
    }
  }

  /// The longest key that `bytes` starts with from `position` on.
  @inline(__always)
  func longestPrefix(
    of bytes: UnsafeBufferPointer<UInt8>, from position: Int
  ) -> (length: Int, value: UInt32)? {
    var found: (length: Int, value: UInt32)?
    forEachPrefix(of: bytes, from: position) { length, value in
      found = (length, value)
      return true
    }
    return found
  }
}
