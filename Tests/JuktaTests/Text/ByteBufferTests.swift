import Testing

@testable import Jukta

@Suite struct `Byte buffer` {
  @Test func `holds what was appended, in order, through growth`() {
    var buffer = ByteBuffer(capacity: 1)
    var expected: [UInt8] = []
    for value in 0..<1000 {
      buffer.append(UInt8(truncatingIfNeeded: value))
      expected.append(UInt8(truncatingIfNeeded: value))
    }
    buffer.append(expected.span)
    let span = buffer.span
    #expect(span.count == 2000)
    #expect((0..<2000).allSatisfy { span[$0] == expected[$0 % 1000] })
  }
}
