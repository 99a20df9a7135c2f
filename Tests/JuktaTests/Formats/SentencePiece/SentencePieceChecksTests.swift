import Jukta
import TestSupport
import Testing

@Suite struct `Broken SentencePiece files` {
  private func error(_ bytes: [UInt8]) -> String? {
    do {
      _ = try SentencePieceFile.read(bytes.span)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func error(_ change: (inout SentencePieceModel) -> Void) -> String? {
    var model = SmallModel.model
    change(&model)
    return error(`SentencePiece files`.written(model))
  }

  @Test func `the small model itself is whole`() {
    #expect(error { _ in } == nil)
  }

  @Test func `what a piece must be is checked as the reference checks it`() {
    #expect(
      error { $0.pieces[2].text = "" } == "pieces[2].piece, byte 30: is empty")
    #expect(error { $0.pieces[2].text = String(repeating: "a", count: 7999) } == nil)
    #expect(
      error { $0.pieces[2].text = String(repeating: "a", count: 8000) }
        == "pieces[2].piece, byte 30: 8000 bytes, over the limit of 7999")
    #expect(error { $0.pieces[2].text = "a\0" } == "pieces[2].piece, byte 30: holds a NUL")
    #expect(error { $0.pieces[2].text = "\0" } == "pieces[2].piece, byte 30: holds a NUL")
    #expect(
      error { $0.pieces.append($0.pieces[2]) }
        == "pieces[3].piece, byte 45: the same as pieces[2]")
    #expect(error { $0.pieces.append(.init("<s>")) } == nil)
    #expect(
      error {
        $0.pieces.append(.init("<s>"))
        $0.trainer.algorithm = .bpe
      } == "pieces[3].piece, byte 45: the same as pieces[1]")
    #expect(error { $0.pieces += [.init("e\u{301}"), .init("é")] } == nil)
  }

  @Test func `kinds must fit together`() {
    #expect(
      error { $0.pieces[1].kind = .unknown }
        == "pieces[1].type, byte 16: UNKNOWN, as pieces[0]; only one may be")
    #expect(
      error { $0.pieces[0].kind = .control }
        == "pieces: none is UNKNOWN, and there is no byte fallback")
    #expect(
      error { $0.pieces.append(.init("<0x41>", kind: .byte)) }
        == "pieces[3].type, byte 45: BYTE, but trainer_spec.byte_fallback is not set")
    #expect(
      error {
        $0.trainer.hasByteFallback = true
        $0.pieces.append(.init("<0x4a>", kind: .byte))
      } == "pieces[3].piece, byte 45: a BYTE must be written as <0x1F>")
    #expect(
      error { $0.trainer.hasByteFallback = true }
        == "pieces: trainer_spec.byte_fallback asks for 256 BYTE pieces, there are 0")
    #expect(
      error { $0.pieces.removeLast() }
        == "pieces: there are only marks, no piece to cut text into")
    #expect(
      error { $0.pieces[2].score = .nan }
        == "pieces[2].score, byte 30: nan is not a finite number")
    #expect(
      error {
        $0.pieces[2].score = -.infinity
        $0.trainer.algorithm = .bpe
      } == nil)
  }

  @Test func `with byte fallback there may be a lone NUL, and no UNKNOWN`() throws {
    var model = SmallModel.model
    model.trainer.hasByteFallback = true
    model.pieces[0].kind = .control
    let digits = Array("0123456789ABCDEF")
    model.pieces += (0..<256).map { .init("<0x\(digits[$0 / 16])\(digits[$0 % 16])>", kind: .byte) }
    model.pieces.append(.init("\0"))
    let again = try `SentencePiece files`.read(`SentencePiece files`.written(model))
    #expect(again.pieces.last?.kind == .unused)
  }

  @Test func `what is no protobuf is refused with the place`() {
    let cases: [([UInt8], String)] = [
      ([0x0A, 0x05, 0x61], "byte 1: a length of 5, but only 1 bytes are left"),
      (
        [0x0A, 0x80, 0x80, 0x80, 0x80, 0x04],
        "byte 1: a length of 1073741824, but only 0 bytes are left"
      ),
      (
        [0x0A] + [UInt8](repeating: 0xFF, count: 9) + [0x01],
        "byte 1: a length of 18446744073709551615, but only 0 bytes are left"
      ),
      (
        [0x0A] + [UInt8](repeating: 0x80, count: 10) + [0x00],
        "byte 1: a varint of more than 64 bits"
      ),
      (
        [0x0A] + [UInt8](repeating: 0xFF, count: 9) + [0x02],
        "byte 1: a varint of more than 64 bits"
      ),
      ([0x80], "byte 0: the message ends inside a varint"),
      ([0x00, 0x00], "byte 0: the field number 0 does not exist"),
      ([0x0E], "byte 0: the wire type 6 does not exist"),
      ([0x0F], "byte 0: the wire type 7 does not exist"),
      ([0x0C], "byte 0: the end of a group that was not begun"),
      ([0xA3, 0x06, 0x08, 0x01], "byte 4: the message ends inside group 100"),
      ([0xA3, 0x06, 0x0C], "byte 2: group 100 ends as group 1"),
      ([UInt8](repeating: 0x0B, count: 101), "byte 100: over 100 groups in each other"),
      ([0x5D, 1, 2, 3], "byte 1: the message ends inside a number"),
      ([0x59, 1, 2, 3, 4, 5, 6, 7], "byte 1: the message ends inside a number"),
      ([0x08, 0x01], "pieces, byte 0: expected a message, found wire type 0"),
      ([0x0A, 2, 0x12, 9], "pieces[0], byte 3: a length of 9, but only 0 bytes are left"),
      ([0x0A, 2, 0x10, 9], "pieces[0].score, byte 2: expected a float, found wire type 0"),
      ([0x0A, 5, 0x0A, 3, 0x61, 0xFF, 0x62], "pieces[0].piece, byte 5: not UTF-8"),
      (
        [0x12, 2, 0x1A, 0],
        "trainer_spec.model_type, byte 2: expected a whole number, found wire type 2"
      ),
      ([0x1A, 3, 0x12, 1, 0], "pieces: none is UNKNOWN, and there is no byte fallback"),
    ]
    for (bytes, message) in cases { #expect(error(bytes) == message) }
  }

  @Test func `a map that is none is refused with the place in the file`() {
    #expect(
      error { $0.normalizer.precompiledMap = [1, 2, 3, 4] }
        == "normalizer_spec.precompiled_charsmap, byte 61: 4 bytes are too few for a map")
    #expect(
      error {
        $0.denormalizer = .init()
        $0.denormalizer?.precompiledMap = [0, 4, 0, 0, 0]
      }
        == "denormalizer_spec.precompiled_charsmap, byte 63: a double array of 1024 bytes in a map of 5"
    )
  }

  @Test func `cut off at any byte, a model is refused or whole`() throws {
    var model = SmallModel.model
    model.trainer.unknownSurface = "?"
    model.denormalizer = .init()
    let bytes = `SentencePiece files`.written(model)
    var refused = 0
    for count in 0..<bytes.count where error(Array(bytes[..<count])) != nil { refused += 1 }
    #expect(refused > bytes.count / 2)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `with any bytes changed, a model is refused or can be written`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let whole = try Fixture.bytes("sentencepiece-0.2.3/character.model")
    for _ in 0..<10 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      guard let model = try? SentencePieceFile.read(bytes.span) else { continue }
      let again = try `SentencePiece files`.read(`SentencePiece files`.written(model))
      #expect(again.pieces == model.pieces)
    }
  }
}
