internal import CJuktaSupport

/// The ids of words seen before, on one thread: one 64-byte line a word, two lines a set.
///
/// Bengali text repeats itself: most words of a text have been seen before. Only words of up to 30
/// bytes and 6 ids are kept, so that a word and its answer share one cache line, and memory is
/// bounded (8 MiB an encoder). It begins with 32 KiB and grows fourfold, words and all, when half as many
/// words have come as it has sets: to clear 8 MiB takes as long as to encode a page.
/// Of a set, the word asked for last lies in the first line; a new word takes that one, and what was
/// there takes the second. No answer ever depends on what is held.
///
/// Layout of a line: the word's bytes, zeros up to byte 30, its length, the number of ids; the ids
/// from byte 32 on. A line that holds nothing has length 0, which no word has.
///
/// Soundness: `lines` is 128 bytes for each of 2^`bits` sets, all initialised, inside of `block`; a line
/// pointer is made by `line(of:)` only, is the first of its set, stays inside with the line behind it,
/// and must not outlive `growIfFull()`. `key(at:count:)` reads 32 bytes whatever the length: its caller
/// pads.
struct WordCache: ~Copyable {
  /// A word's bytes and length, as the first half of its line holds them.
  typealias Key = SIMD4<UInt64>
  private typealias Line = SIMD8<UInt64>
  static let wordLimit = 30
  static let idLimit = 6
  /// Bytes that must be readable from a word's first byte on.
  static let padding = 32
  private static let firstBits = 8
  private static let lastBits = 16

  private var bits: Int
  /// What `lines` lies in.
  private var block: UnsafeMutableRawPointer
  private var lines: UnsafeMutableRawPointer
  /// How many words may still come until it grows.
  private var room: Int
  /// 32 bytes of ones, then 32 of zeros: a mask for every length.
  private let masks: UnsafeMutableRawPointer

  /// - Parameter bits: the logarithm of the number of sets to begin with.
  init(bits: Int = WordCache.firstBits) {
    self.bits = bits
    (block, lines) = Self.makeLines(bits)
    room = Self.room(bits)
    masks = .allocate(byteCount: 64, alignment: 64)
    masks.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 32)
    (masks + 32).initializeMemory(as: UInt8.self, repeating: 0, count: 32)
  }

  deinit {
    jukta_free(block)
    masks.deallocate()
  }

  private static func makeLines(
    _ bits: Int
  ) -> (block: UnsafeMutableRawPointer, lines: UnsafeMutableRawPointer) {
    guard let block = jukta_zeros((128 << bits) + 128) else {
      preconditionFailure("out of memory")
    }
    return (block, block + (128 - Int(bitPattern: block) & 127))
  }

  private static func room(_ bits: Int) -> Int { bits < lastBits ? 1 << (bits - 1) : .max }

  /// Grows where many words have come. Lines asked for before are gone then.
  @inline(__always)
  mutating func growIfFull() { if room < 0 { grow() } }

  @inline(never)
  private mutating func grow() {
    let (oldBlock, oldLines, sets) = (block, lines, 1 << bits)
    bits += 2
    (block, lines) = Self.makeLines(bits)
    room = Self.room(bits)
    for set in 0..<sets {
      // The older word first, so that the other one ends in front of it.
      for line in [oldLines + 128 * set + 64, oldLines + 128 * set] {
        var key = line.load(as: Key.self)
        key[3] &= 0x00FF_FFFF_FFFF_FFFF
        guard key[3] != 0 else { continue }
        let target = place(of: key)
        (target + 64).storeBytes(of: target.load(as: Line.self), as: Line.self)
        target.storeBytes(of: line.load(as: Line.self), as: Line.self)
      }
    }
    jukta_free(oldBlock)
  }

  /// The key of a word of 1 to `wordLimit` bytes, with `padding` bytes readable at `word`.
  @inline(__always)
  func key(at word: UnsafePointer<UInt8>, count: Int) -> Key {
    let bytes = UnsafeRawPointer(word).loadUnaligned(as: Key.self)
    var key = bytes & (masks + (32 - count)).loadUnaligned(as: Key.self)
    key[3] |= UInt64(count) << 48
    return key
  }

  /// The first line of the set where a key's word is, if it is anywhere; asks for both.
  @inline(__always)
  func line(of key: Key) -> UnsafeMutableRawPointer {
    let line = place(of: key)
    jukta_prefetch(line)
    jukta_prefetch(line + 64)
    return line
  }

  @inline(__always)
  private func place(of key: Key) -> UnsafeMutableRawPointer {
    func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
      let product = left.multipliedFullWidth(by: right)
      return product.high ^ product.low
    }
    let first = fold(key[0] ^ 0x9E37_79B9_7F4A_7C15, key[1] ^ 0xE703_7ED1_A0B4_28DB)
    let second = fold(key[2] ^ 0x8EBC_6AF0_9C88_C6E3, key[3] ^ 0x5899_65CC_7537_4CC3)
    let hash = fold(first ^ 0x1D8E_4E27_C47D_124F, second)
    return lines + 128 * Int(hash &>> UInt64(64 &- bits))
  }

  /// Writes the word's ids to `ids`, which has room for `idLimit`; nil where the word is not held.
  @inline(__always)
  func ids(
    of key: Key, in line: UnsafeMutableRawPointer, to ids: UnsafeMutablePointer<UInt32>
  ) -> Int? {
    var held = line.load(as: Key.self)
    var count = Int(held[3] >> 56)
    held[3] &= 0x00FF_FFFF_FFFF_FFFF
    if held != key {
      guard let other = Self.promote(key, in: line) else { return nil }
      count = other
    }
    // All six, whatever the number: a fixed move is cheaper than a loop.
    let found = (line + 32).load(as: SIMD4<UInt32>.self)
    UnsafeMutableRawPointer(ids).storeBytes(of: found, as: SIMD4<UInt32>.self)
    let rest = (line + 48).load(as: UInt64.self)
    UnsafeMutableRawPointer(ids + 4).storeBytes(of: rest, as: UInt64.self)
    return count
  }

  /// Swaps the lines of a set whose second one holds `key`, and gives the number of ids; else nil.
  @inline(__always)
  private static func promote(_ key: Key, in line: UnsafeMutableRawPointer) -> Int? {
    let second = (line + 64).load(as: Line.self)
    var held = second.lowHalf
    let count = Int(held[3] >> 56)
    held[3] &= 0x00FF_FFFF_FFFF_FFFF
    guard held == key else { return nil }
    (line + 64).storeBytes(of: line.load(as: Line.self), as: Line.self)
    line.storeBytes(of: second, as: Line.self)
    return count
  }

  /// Whether the first line of a set holds the word of `key`.
  func holds(_ key: Key, in line: UnsafeMutableRawPointer) -> Bool {
    var held = line.load(as: Key.self)
    held[3] &= 0x00FF_FFFF_FFFF_FFFF
    return held == key
  }

  /// Keeps up to `idLimit` ids, in the first line of the set.
  @inline(__always)
  mutating func keep(
    _ ids: UnsafeBufferPointer<UInt32>, of key: Key, in line: UnsafeMutableRawPointer
  ) {
    if !holds(key, in: line) {
      (line + 64).storeBytes(of: line.load(as: Line.self), as: Line.self)
      room &-= 1
    }
    var key = key
    key[3] |= UInt64(ids.count) << 56
    line.storeBytes(of: key, as: Key.self)
    let places = (line + 32).assumingMemoryBound(to: UInt32.self)
    for (index, id) in ids.enumerated() { places[index] = id }
  }
}
