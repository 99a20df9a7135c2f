/// Decodes the scalars of UTF-8 bytes one by one; a byte that begins no scalar gives `invalid`.
///
/// Soundness: reads `bytes[position..<end]` only; the length a lead byte asks for is checked against
/// what is left.
struct ScalarCursor {
  static let invalid: UInt32 = 0
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  @inline(__always)
  mutating func next() -> UInt32? {
    guard position < bytes.count else { return nil }
    let lead = UInt32(bytes[position])
    if lead < 0x80 {
      position += 1
      return lead
    }
    let left = bytes.count - position
    if lead >= 0xE0, lead < 0xF0, left >= 3 {
      let value =
        (lead & 0xF) << 12 | (UInt32(bytes[position + 1]) & 0x3F) << 6
        | UInt32(bytes[position + 2]) & 0x3F
      position += 3
      return value
    }
    if lead >= 0xC2, lead < 0xE0, left >= 2 {
      let value = (lead & 0x1F) << 6 | UInt32(bytes[position + 1]) & 0x3F
      position += 2
      return value
    }
    if lead >= 0xF0, lead < 0xF5, left >= 4 {
      let value =
        (lead & 7) << 18 | (UInt32(bytes[position + 1]) & 0x3F) << 12
        | (UInt32(bytes[position + 2]) & 0x3F) << 6 | UInt32(bytes[position + 3]) & 0x3F
      position += 4
      return value < 0x11_0000 ? value : Self.invalid
    }
    position += 1
    return Self.invalid
  }
}
