/// Pieces by their bytes: open addressing over one run of bytes, no string and no allocation to look
/// one up.
///
/// The hash runs forward (FNV-1a), so that the hashes of all starts of a word cost one pass over it.
///
/// Soundness: each entry's bytes lie inside `arena` by construction, and look-ups compare them only
/// with `count` bytes that the caller holds; slots hold indices of entries, or `empty`.
final class PieceIndex: Sendable {
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
  /// Whether some piece is there twice.
  let hasTwins: Bool

  /// - Parameter pieces: runs of bytes with their ids; of two equal ones the later counts.
  init(_ pieces: PieceList) {
    var size = 16
    while size < pieces.count * 2 { size *= 2 }
    mask = size - 1
    arena = pieces.bytes
    var slots = [UInt32](repeating: Self.empty, count: size)
    var entries: [Entry] = []
    var longest = 0
    var hasTwins = false
    entries.reserveCapacity(pieces.count)
    var start = 0
    for (end, id) in zip(pieces.ends, pieces.ids) {
      var hash = Self.seed
      for byte in arena[start..<end] { hash = Self.hash(hash, byte) }
      let entry = Entry(
        start: UInt32(start), count: UInt32(end - start), hash: hash, id: id)
      var slot = Self.slot(hash) & mask
      while slots[slot] != Self.empty {
        let other = entries[Int(slots[slot])]
        if other.hash == hash, other.count == entry.count,
          arena[Int(other.start)..<Int(other.start + other.count)] == arena[start..<end]
        {
          hasTwins = true
          break
        }
        slot = (slot + 1) & mask
      }
      slots[slot] = UInt32(entries.count)
      entries.append(entry)
      longest = max(longest, end - start)
      start = end
    }
    (self.entries, self.slots, self.longest) = (entries, slots, longest)
    self.hasTwins = hasTwins
  }

  /// Pieces by id; empty ones are not there.
  convenience init(_ pieces: Pieces) {
    self.init(PieceList(pieces))
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

  /// The id of the piece that is these bytes of `text`.
  func id(of range: Range<Int>, in text: [UInt8]) -> UInt32? {
    text.withUnsafeBufferPointer { id(of: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// The id of the piece that is these bytes.
  func id(of bytes: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard bytes.count <= longest else { return nil }
    var hash = Self.seed
    for byte in bytes { hash = Self.hash(hash, byte) }
    return id(of: bytes, hash: hash)
  }

  /// The id of a piece.
  func id(of piece: String) -> UInt32? {
    var piece = piece
    return piece.withUTF8 { id(of: $0) }
  }
}

/// Pieces to be indexed: all their bytes in one run.
struct PieceList {
  private(set) var bytes: [UInt8] = []
  private(set) var ends: [Int] = []
  private(set) var ids: [UInt32] = []

  var count: Int { ids.count }

  init() {}

  /// All pieces by their ids, holes left out.
  init(_ pieces: Pieces) {
    bytes = pieces.utf8
    ends.reserveCapacity(pieces.count)
    ids.reserveCapacity(pieces.count)
    for id in pieces.indices where !pieces.isHole(id) {
      ends.append(pieces.ends[id])
      ids.append(UInt32(truncatingIfNeeded: id))
    }
  }

  mutating func append(_ piece: some Sequence<UInt8>, id: UInt32) {
    bytes.append(contentsOf: piece)
    ends.append(bytes.count)
    ids.append(id)
  }
}
