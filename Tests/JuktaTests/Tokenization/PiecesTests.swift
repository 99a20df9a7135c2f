import Testing

@testable import Jukta

@Suite struct `A list of pieces` {
  /// য় as two scalars and as one are equal strings and two pieces.
  private static let texts = ["<unk>", "▁আমি", "", "য\u{9BC}", "\u{9DF}", "🙂"]

  @Test func `gives back what it was made of, byte for byte`() {
    let pieces = Pieces(Self.texts)
    #expect(pieces.count == Self.texts.count)
    for (id, text) in Self.texts.enumerated() {
      #expect(pieces[id].utf8.elementsEqual(text.utf8))
      #expect(pieces.utf8(of: id).elementsEqual(text.utf8))
      #expect(pieces.strings[id].utf8.elementsEqual(text.utf8))
      #expect(Int(pieces.lengths[id]) == text.utf8.count)
      #expect(Int(pieces.scalarCounts[id]) == text.unicodeScalars.count)
      #expect(pieces.isHole(id) == text.isEmpty)
    }
    #expect(pieces.holeCount == 1)
  }

  @Test func `is equal by bytes`() {
    #expect(Pieces(["a", "bc"]) == ["a", "bc"])
    #expect(Pieces(["ab", "c"]) != ["a", "bc"])
    #expect(Pieces(["\u{9DF}"]) != ["য\u{9BC}"])
  }
}
