import TestSupport
import Testing

@testable import Jukta

@Suite struct `Scalar sets` {
  @Test(arguments: UInt64(1)...20)
  func `hold what lies between their turns`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let turns = Set((0..<40).map { _ in UInt32.random(in: 0...700, using: &generator) }).sorted()
    let even = Array(turns.prefix(turns.count & ~1))
    let set = ScalarSet(turns: even)
    for scalar in UInt32(0)..<800 {
      #expect(set.contains(scalar) == (even.count { $0 <= scalar } % 2 == 1), "\(scalar)")
    }
    #expect(!set.contains(0x110000) && !set.contains(.max))
  }

  @Test func `know Bengali as the reference does`() {
    #expect(
      ReferenceSets.wordCharacter.contains(0x09BE) && ReferenceSets.wordCharacter.contains(0x200D))
    #expect(!ReferenceSets.wordCharacter.contains(0x09F3))
    #expect(
      ReferenceSets.punctuation.contains(0x0964) && !ReferenceSets.punctuation.contains(0x09F3))
    #expect(ReferenceSets.bertControl.contains(0x200C) && !ReferenceSets.bertControl.contains(0x0A))
    #expect(ReferenceSets.bertAccent.contains(0x09C1) && !ReferenceSets.bertAccent.contains(0x09BE))
    #expect(ReferenceSets.accent.contains(0x09BE) && !ReferenceSets.accent.contains(0x09FE))
    let bengali = ReferenceSets.script(of: 0x0995)
    #expect(
      ReferenceSets.script(of: 0x09E6) == bengali && ReferenceSets.script(of: 0x41) != bengali)
    #expect(ReferenceSets.script(of: 0x20) == 0 && ReferenceSets.script(of: 0x0964) != bengali)
    #expect(ReferenceSets.script(of: 0x3042) == ReferenceSets.script(of: 0x4E2D))
  }
}
