import Testing

@testable import Jukta

@Suite struct `A normalizer without steps` {
  @Test func `gives the text back, with the way to it`() throws {
    var worker = try Normalizer([]).makeWorker()
    var output = ByteBuffer()
    var alignment = Alignment()
    let bytes = Array("ক্ষ a\u{9AF}\u{9BC}😀".utf8)
    for _ in 0..<2 {
      output.removeAll()
      try worker.normalize(bytes.span, into: &output, alignment: &alignment)
      #expect(output.bytes == bytes)
      #expect(alignment.originalRange(of: 3..<9) == 3..<9)
    }
  }

  @Test func `refuses what is no UTF-8, with its place`() throws {
    var worker = try Normalizer([]).makeWorker()
    var output = ByteBuffer()
    let broken = Array("ab".utf8) + [0xE0, 0xA6]
    #expect(throws: NormalizationError.invalidUTF8(offset: 2)) {
      try worker.normalize(broken.span, into: &output)
    }
  }
}
