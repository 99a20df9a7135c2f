/// The 256 characters by which byte-level models spell bytes (GPT-2's table).
///
/// Printable bytes (0x21–7E, A1–AC, AE–FF) stand for themselves; the other 68, in ascending order,
/// are U+0100 and on: a space is Ġ (U+0120), a line end Ċ (U+010A).
public enum ByteAlphabet {
  /// The character of each byte.
  public static let scalars: [Unicode.Scalar] = {
    var next: UInt32 = 0x100
    return (UInt8.min...UInt8.max).map { byte in
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return Unicode.Scalar(byte)
      default:
        defer { next += 1 }
        return Unicode.Scalar(next) ?? "\u{FFFD}"
      }
    }
  }()

  /// The UTF-8 of each byte's character: its first byte below, its second, if there is one, above.
  static let spellings: [UInt16] = scalars.map { scalar in
    let bytes = Array(String(scalar).utf8)
    return UInt16(bytes[0]) | (bytes.count > 1 ? UInt16(bytes[1]) << 8 : 0)
  }

  /// The byte of each character below U+0144; −1 for those that spell none.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()

  /// The byte that a character spells; nil for all other characters.
  public static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    scalar.value < 0x144 ? UInt8(exactly: bytes[Int(scalar.value)]) : nil
  }
}
