import TestSupport
import Testing

@testable import Jukta

@Suite struct `WordPiece search` {
  /// The longest piece first, straight from the definition.
  static func naive(_ word: String, _ model: WordPieceModel) -> [Int] {
    let scalars = Array(word.unicodeScalars)
    let unknown = model.id(of: model.unknownToken).map { [Int($0)] } ?? []
    guard scalars.count <= model.longestWord else { return unknown }
    var ids: [Int] = []
    var start = 0
    while start < scalars.count {
      var end = scalars.count
      while end > start {
        let text = String(String.UnicodeScalarView(scalars[start..<end]))
        if let id = model.id(of: start == 0 ? text : model.continuingSubwordPrefix + text) {
          ids.append(Int(id))
          break
        }
        end -= 1
      }
      guard end > start else { return unknown }
      start = end
    }
    return ids
  }

  @Test(arguments: UInt64(1)...60)
  func `gives what the definition gives`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let letters = ["a", "b", "ক", "্", "😀"]
    func text(_ most: Int) -> String {
      (0..<Int.random(in: 1...most, using: &generator)).map { _ in
        letters.randomElement(using: &generator) ?? ""
      }.joined()
    }
    let prefix = ["##", "", "ক"].randomElement(using: &generator) ?? ""
    var pieces = ["[UNK]"]
    for _ in 0..<30 { pieces.append(text(3)) }
    for _ in 0..<30 { pieces.append(prefix + text(3)) }
    let model = WordPieceModel(pieces: pieces, continuingSubwordPrefix: prefix, longestWord: 9)
    var search = WordPieceSearch()
    for _ in 0..<200 {
      let word = text(12)
      var ids = IDBuffer()
      var lengths = IDBuffer()
      _ = try Array(word.utf8).withUnsafeBufferPointer {
        try search.search($0, model, &ids, &lengths)
      }
      #expect(ids.ids(from: 0).map(Int.init) == Self.naive(word, model), "\(word)")
      #expect(lengths.ids(from: 0).reduce(0, +) == word.utf8.count)
    }
  }

  @Test func `tells what covers what, from the cache too`() throws {
    let model = WordPieceModel(pieces: ["[UNK]", "ab", "##c", "##", "c"])
    let tokenizer = try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .whitespaceSplit),
      model: .wordPiece(model), decoder: .wordPiece())
    let encoding = try tokenizer.encode("abcc ##c abcc x abcc")
    #expect(
      encoding.tokens == [
        "ab", "##c", "##c", "##c", "ab", "##c", "##c", "[UNK]", "ab", "##c", "##c",
      ])
    #expect(
      encoding.ranges == [
        0..<2, 2..<3, 3..<4, 5..<8, 9..<11, 11..<12, 12..<13, 14..<15, 16..<18, 18..<19, 19..<20,
      ])
    #expect(tokenizer.decode(encoding.ids, skipsSpecialTokens: false) == "abccc abcc [UNK] abcc")
  }

  @Test func `without its unknown token says so`() throws {
    let tokenizer = try Tokenizer(
      frontEnd: TextFrontEnd(normalizer: try Normalizer([]), preTokenizer: .whitespaceSplit),
      model: .wordPiece(WordPieceModel(pieces: ["ab"])), decoder: .wordPiece())
    #expect(try tokenizer.encode("ab").ids == [0])
    #expect(throws: ModelError.unknownTokenNotInVocabulary("[UNK]")) {
      try tokenizer.encode("ab x")
    }
  }
}
