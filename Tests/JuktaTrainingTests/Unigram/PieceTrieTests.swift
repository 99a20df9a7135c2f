import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Piece trie` {
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `finds the prefixes that a set finds`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let alphabet = [3, 20, 400][Int(seed % 3)]
    func random(_ longest: Int) -> [UInt16] {
      (0..<Int.random(in: 1...longest, using: &generator)).map { _ in
        UInt16(Int.random(in: 1...alphabet, using: &generator))
      }
    }
    let set = Set((0..<3000).map { _ in random(6) })
    var pieces = PieceTable()
    for piece in set.sorted(by: { $0.lexicographicallyPrecedes($1) }) { pieces.append(piece) }
    let trie = PieceTrie(pieces, alphabetSize: alphabet)
    for _ in 0..<2000 {
      let text = random(9)
      let found = trie.prefixes(of: text[...])
      #expect(found.map(\.length) == (1...text.count).filter { set.contains(Array(text[..<$0])) })
      #expect(found.allSatisfy { Array(pieces.symbols(of: $0.piece)) == Array(text[..<$0.length]) })
    }
  }
}
