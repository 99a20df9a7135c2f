import Testing

@testable import Jukta

@Suite struct `UTF-8 scalars` {
  static func decode(_ bytes: [UInt8]) -> (scalar: UInt32, length: Int)? {
    bytes.withUnsafeBufferPointer { UTF8Scalars.decode($0, at: 0) }.map { ($0.0, $0.1) }
  }

  /// The first scalar as the standard library sees it; nil where it replaces bytes.
  static func standard(_ bytes: [UInt8]) -> UInt32? {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar.value }
    return nil
  }

  @Test func `are decoded from every pair of first bytes as the standard library does`() {
    for lead in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for tail: [UInt8] in [
          [], [0x80], [0xBF], [0x41], [0x80, 0x80], [0xBF, 0xBF], [0x80, 0x41], [0xC0, 0x80],
        ] {
          let bytes = [lead, second] + tail
          let found = Self.decode(bytes)
          guard found?.scalar == Self.standard(bytes) else {
            Issue.record("\(bytes): \(String(describing: found))")
            continue
          }
          if let found { #expect(found.length == UTF8Scalars.length(of: found.scalar)) }
        }
      }
    }
  }

  @Test(arguments: [[0xC3], [0xE0, 0xA6], [0xF0, 0x9F, 0x98]] as [[UInt8]])
  func `that are cut short are not decoded, and nothing is read beyond them`(bytes: [UInt8]) {
    for count in 1...bytes.count { #expect(Self.decode(Array(bytes.prefix(count))) == nil) }
  }

  @Test func `are encoded as the standard library does, all of them`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var buffer = ByteBuffer(capacity: 16)
      UTF8Scalars.append(value, to: &buffer)
      let bytes = buffer.bytes
      guard bytes == Array(UTF8.encode(scalar) ?? .init()),
        Self.decode(bytes).map({ $0 == (value, bytes.count) }) == true
      else {
        Issue.record("U+\(String(value, radix: 16)): \(bytes)")
        return
      }
    }
  }
}
