import TestSupport
import Testing

@testable import Jukta

@Suite struct `A trie over scalars` {
  /// Pieces as a map: of equal ones the later counts, and an empty one is nowhere.
  private static func expected(_ pieces: [String]) -> [[UInt8]: UInt32] {
    var map: [[UInt8]: UInt32] = [:]
    for (id, piece) in pieces.enumerated() where !piece.utf8.isEmpty {
      map[Array(piece.utf8)] = UInt32(id)
    }
    return map
  }

  private static func check(_ pieces: [String], _ others: [String] = []) {
    let trie = ScalarTrie(Pieces(pieces))
    let map = expected(pieces)
    for text in pieces + others {
      #expect(trie.id(of: text) == map[Array(text.utf8)], "\(text.debugDescription)")
    }
  }

  @Test(arguments: UInt64(1)...12)
  func `finds the pieces it was made of, and nothing else`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    // From three letters, where nearly all beginnings are shared, to thousands.
    let letterCount = [3, 12, 300, 5_000][Int(seed % 4)]
    let letters = (0..<letterCount).compactMap { index -> Unicode.Scalar? in
      Unicode.Scalar(index % 50 == 49 ? 0x1F300 + UInt32(index) : 0x980 + UInt32(index))
    }
    func word() -> String {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        text.append(letters.randomElement(using: &generator) ?? "a")
      }
      return String(text)
    }
    let pieces = (0..<3_000).map { _ in word() }
    // Their beginnings, and words one letter longer.
    let others = pieces.prefix(500).flatMap { [String($0.unicodeScalars.dropLast()), $0 + "ক"] }
    Self.check(pieces, others + (0..<500).map { _ in word() })
  }

  @Test func `holds pieces that share more than any key packs, and equal ones`() {
    let stem = String(repeating: "কখ", count: 40_000)
    Self.check([stem, stem + "গ", stem + "ঘ", stem, "", stem + "গগ"], [stem + "ঙ", "ক", ""])
    // Many that part only behind the packed symbols: sorted by other means than a handful is.
    let many = (0..<3_000).map { "একই-আরম্ভ-সবার-" + String($0, radix: 3) }
    Self.check(many + many.reversed())
  }

  @Test(arguments: ["ক", "কখগ"])
  func `one long piece takes probes in its length, not in its square`(_ letters: String) {
    func probes(_ length: Int) -> Int {
      let pieces = Pieces([String(repeating: letters, count: length / letters.count), "ঘ", "ঙঘ"])
      let trie = ScalarTrie(pieces)
      let scalars = PieceScalars(pieces)
      let sorted = SortedPieces(
        scalars, symbolCount: 6, symbols: trie.symbols, rareSymbols: trie.rareSymbols)
      var builder = TrieBuilder(sorted, symbolCount: 6)
      _ = builder.build()
      return builder.probes
    }
    #expect(probes(20_000) <= 2 * probes(10_000) + 30_000)
  }

  @Test func `is empty without pieces`() {
    Self.check([], ["", "ক"])
    Self.check(["", ""], ["", "ক"])
  }
}
