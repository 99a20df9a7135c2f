internal import CJuktaSupport

/// The ids of words of 31 to 62 bytes seen before, on one thread: as `WordCache`, with lines of 128
/// bytes. They are one word in twenty, and a third of all characters that would have to be searched.
///
/// Layout of a line: the word's bytes, zeros up to byte 62, its length, the number of ids; up to twelve
/// ids from byte 64 on; the note from byte 112 on.
///
/// It begins with 16 KiB and grows as `WordCache` does, to 1 MiB.
///
/// Soundness: `lines` is 128 bytes for each of 2^`bits` words, all initialised, inside of `block`; a line
/// pointer is made by `line(of:)` only, stays inside, and must not outlive `growIfFull()`. `key(at:count:)` reads 64 bytes whatever the length: its caller pads.
struct LongWordCache: ~Copyable {
  /// A word's bytes and length, as the first half of its line holds them.
  typealias Key = SIMD8<UInt64>
  static let wordLimit = 62
  static let idLimit = 12
  /// Bytes that must be readable from a word's first byte on.
  static let padding = 64
  private static let firstBits = 7
  private static let lastBits = 13

  private var bits: Int
  /// What `lines` lies in.
  private var block: UnsafeMutableRawPointer
  private var lines: UnsafeMutableRawPointer
  /// How many words may still come until it grows.
  private var room: Int
  /// 64 bytes of ones, then 64 of zeros: a mask for every length.
  private let masks: UnsafeMutableRawPointer

  /// - Parameter bits: the logarithm of the number of lines to begin with.
  init(bits: Int = LongWordCache.firstBits) {
    self.bits = bits
    (block, lines) = Self.makeLines(bits)
    room = Self.room(bits)
    masks = .allocate(byteCount: 128, alignment: 64)
    masks.initializeMemory(as: UInt8.self, repeating: 0xFF, count: 64)
    (masks + 64).initializeMemory(as: UInt8.self, repeating: 0, count: 64)
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
    let (oldBlock, oldLines, words) = (block, lines, 1 << bits)
    bits += 2
    (block, lines) = Self.makeLines(bits)
    room = Self.room(bits)
    for word in 0..<words {
      let line = oldLines + 128 * word
      var key = line.load(as: Key.self)
      key[7] &= 0x00FF_FFFF_FFFF_FFFF
      if key[7] != 0 { place(of: key).copyMemory(from: line, byteCount: 128) }
    }
    jukta_free(oldBlock)
  }

  /// The key of a word of 1 to `wordLimit` bytes, with 64 bytes readable at `word`.
  @inline(__always)
  func key(at word: UnsafePointer<UInt8>, count: Int) -> Key {
    let bytes = UnsafeRawPointer(word).loadUnaligned(as: Key.self)
    var key = bytes & (masks + (64 - count)).loadUnaligned(as: Key.self)
    key[7] |= UInt64(count) << 48
    return key
  }

  /// The line where a key's word is, if it is anywhere; asks for it.
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
    let third = fold(key[4] ^ 0x9E37_79B9_7F4A_7C15, key[5] ^ 0xE703_7ED1_A0B4_28DB)
    let fourth = fold(key[6] ^ 0x8EBC_6AF0_9C88_C6E3, key[7] ^ 0x5899_65CC_7537_4CC3)
    let hash =
      fold(first ^ 0x1D8E_4E27_C47D_124F, second) ^ fold(third, fourth ^ 0x1D8E_4E27_C47D_124F)
    return lines + 128 * Int(hash &>> UInt64(64 &- bits))
  }

  /// The number of ids that a line holds for `key`; nil where it holds another word or none.
  @inline(__always)
  func count(of key: Key, in line: UnsafeMutableRawPointer) -> Int? {
    var held = line.load(as: Key.self)
    let count = Int(held[7] >> 56)
    held[7] &= 0x00FF_FFFF_FFFF_FFFF
    return held == key ? count : nil
  }

  /// Writes twelve ids, whatever their number, to `ids`, which has room for `idLimit`.
  @inline(__always)
  static func copy(
    _ line: UnsafeMutableRawPointer, to ids: UnsafeMutablePointer<UInt32>
  ) {
    UnsafeMutableRawPointer(ids).copyMemory(from: line + 64, byteCount: 48)
  }

  static func note(in line: UnsafeMutableRawPointer) -> WordCache.Note {
    (line + 112).load(as: WordCache.Note.self)
  }

  /// Keeps up to `idLimit` ids.
  mutating func keep(
    _ ids: UnsafeBufferPointer<UInt32>, _ note: WordCache.Note = .init(sum: 0, margin: .infinity),
    of key: Key, in line: UnsafeMutableRawPointer
  ) {
    room &-= 1
    var key = key
    key[7] |= UInt64(ids.count) << 56
    line.storeBytes(of: key, as: Key.self)
    let places = (line + 64).assumingMemoryBound(to: UInt32.self)
    for (index, id) in ids.enumerated() { places[index] = id }
    (line + 112).storeBytes(of: note, as: WordCache.Note.self)
  }
}
