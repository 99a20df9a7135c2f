/// Decoding and encoding of single scalars in UTF-8 (RFC 3629).
enum UTF8Scalars {
  /// The scalar at `position` and its length in bytes, or nil where the bytes are not UTF-8:
  /// a stray or missing continuation byte, an overlong form, a surrogate, beyond U+10FFFF.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> (UInt32, Int)? {
    let lead = UInt32(bytes[position])
    if lead < 0x80 { return (lead, 1) }
    let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard lead >= 0xC2, lead < 0xF5, position + length <= bytes.count else { return nil }
    var scalar = length == 2 ? lead & 0x1F : length == 3 ? lead & 0x0F : lead & 0x07
    for offset in 1..<length {
      let next = UInt32(bytes[position + offset])
      guard next & 0xC0 == 0x80 else { return nil }
      scalar = scalar << 6 | next & 0x3F
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard scalar >= least, scalar < 0xD800 || scalar > 0xDFFF, scalar <= 0x10FFFF else {
      return nil
    }
    return (scalar, length)
  }

  /// How many bytes `scalar` takes.
  @inline(__always)
  static func length(of scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }

  /// Appends `scalar` to `output`.
  static func append(_ scalar: UInt32, to output: inout ByteBuffer) {
    func byte(_ value: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value) }
    func tail(_ value: UInt32) -> UInt8 { byte(0x80 | value & 0x3F) }
    switch length(of: scalar) {
    case 1: output.append(byte(scalar))
    case 2:
      output.append(byte(0xC0 | scalar >> 6))
      output.append(tail(scalar))
    case 3:
      output.append(byte(0xE0 | scalar >> 12))
      output.append(tail(scalar >> 6))
      output.append(tail(scalar))
    default:
      output.append(byte(0xF0 | scalar >> 18))
      output.append(tail(scalar >> 12))
      output.append(tail(scalar >> 6))
      output.append(tail(scalar))
    }
  }
}
