/// Pieces by their bytes: open addressing over one run of bytes, no string and no allocation to look
/// one up.
///
/// The hash runs forward (FNV-1a), so that the hashes of all starts of a word cost one pass over it.
///
/// Soundness: each entry's bytes lie inside `arena` by construction, and look-ups compare them only
/// with `count` bytes that the caller holds; slots hold indices of entries, or `empty`.
final class PieceTable: Sendable {
  private struct Entry: Sendable {
    var start: UInt32
    var count: UInt32
    var hash: UInt64
    var id: UInt32
  }
  private static let empty = UInt32.max
  /// The hash of no bytes.
  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  private let arena: [UInt8]
  private let entries: [Entry]
  private let slots: [UInt32]
  private let mask: Int
  /// The bytes of the longest piece.
  let longest: Int

  /// - Parameter pieces: bytes with their ids, each run of bytes once.
  init(_ pieces: [(bytes: ArraySlice<UInt8>, id: UInt32)]) {
    var size = 16
    while size < pieces.count * 2 { size *= 2 }
    mask = size - 1
    var slots = [UInt32](repeating: Self.empty, count: size)
    var arena: [UInt8] = []
    var entries: [Entry] = []
    var longest = 0
    entries.reserveCapacity(pieces.count)
    for (bytes, id) in pieces {
      var hash = Self.seed
      for byte in bytes { hash = Self.hash(hash, byte) }
      var slot = Self.slot(hash) & mask
      while slots[slot] != Self.empty { slot = (slot + 1) & mask }
      slots[slot] = UInt32(entries.count)
      entries.append(
        Entry(start: UInt32(arena.count), count: UInt32(bytes.count), hash: hash, id: id))
      arena += bytes
      longest = max(longest, bytes.count)
    }
    (self.arena, self.entries, self.slots, self.longest) = (arena, entries, slots, longest)
  }

  /// The hash with one more byte.
  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// FNV's low bits are weak: mix before they choose a slot.
  @inline(__always)
  private static func slot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ (hash >> 32)) &* 0x9E37_79B9_7F4A_7C15 >> 20)
  }

  /// The id of the piece that is these bytes; `hash` is theirs.
  @inline(__always)
  func id(of bytes: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
    slots.withUnsafeBufferPointer { slots in
      entries.withUnsafeBufferPointer { entries in
        var slot = Self.slot(hash) & mask
        while slots[slot] != Self.empty {
          let entry = entries[Int(slots[slot])]
          if entry.hash == hash, Int(entry.count) == bytes.count, equals(entry, bytes) {
            return entry.id
          }
          slot = (slot + 1) & mask
        }
        return nil
      }
    }
  }

  @inline(__always)
  private func equals(_ entry: Entry, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    arena.withUnsafeBufferPointer { arena in
      for index in bytes.indices where arena[Int(entry.start) + index] != bytes[index] {
        return false
      }
      return true
    }
  }

  /// The id of the piece that is these bytes.
  func id(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard bytes.count <= longest else { return nil }
    var hash = Self.seed
    for byte in bytes { hash = Self.hash(hash, byte) }
    return id(of: bytes, hash: hash)
  }
}
