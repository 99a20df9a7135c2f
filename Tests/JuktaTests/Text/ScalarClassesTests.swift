import TestSupport
import Testing

@testable import Jukta

@Suite struct `Classes of scalars` {
  /// Ranges as a careless hand would write them: touching, empty, at the edges.
  static func set(_ generator: inout SeededGenerator) -> ScalarRanges {
    var result = ScalarRanges.none
    for _ in 0..<Int.random(in: 0...5, using: &generator) {
      let tops: [UInt32] = [0x80, 0x300, 0xA00, 0x110000]
      let top: UInt32 = tops.randomElement(using: &generator) ?? 0x80
      let low = UInt32.random(in: 0..<top, using: &generator)
      let high = Swift.min(
        0x110000, low + UInt32.random(in: 1...600, using: &generator))
      result = result.union(ScalarRanges(turns: [low, high]))
    }
    return Bool.random(using: &generator) ? result : result.inverted
  }

  @Test func `tell apart what the sets tell apart, and nothing else`() throws {
    var generator = SeededGenerator(seed: 140)
    for _ in 0..<60 {
      let sets = (0..<Int.random(in: 0...6, using: &generator)).map { _ in Self.set(&generator) }
      let classes = try #require(ScalarClasses(sets))
      var signatures: [[Bool]: UInt8] = [:]
      let edges = sets.flatMap(\.turns).flatMap { [$0 &- 1, $0] }.filter { $0 < 0x110000 }
      for scalar in [0, 0x7F, 0x80, 0xFF, 0x100, 0x10FFFF] + edges {
        let signature = sets.map { $0.contains(scalar) }
        let kind = classes[scalar]
        #expect(Int(kind) < classes.count)
        #expect(signatures[signature, default: kind] == kind)
        signatures[signature] = kind
        #expect(sets.indices.map { classes.members[$0][Int(kind)] } == signature)
      }
      #expect(Set(signatures.values).count == signatures.count)
      #expect(classes.count == signatures.count || sets.isEmpty)
    }
  }

  @Test func `are joined, met and turned as sets are`() {
    var generator = SeededGenerator(seed: 141)
    for _ in 0..<100 {
      let (one, other) = (Self.set(&generator), Self.set(&generator))
      for _ in 0..<200 {
        let scalar =
          UInt32.random(in: 0..<0x110000, using: &generator)
          >> UInt32.random(in: 0...10, using: &generator)
        #expect(
          one.union(other).contains(scalar) == (one.contains(scalar) || other.contains(scalar)))
        #expect(
          one.intersection(other).contains(scalar)
            == (one.contains(scalar) && other.contains(scalar)))
        #expect(one.inverted.contains(scalar) != one.contains(scalar))
      }
      #expect(one.inverted.inverted == one)
    }
    #expect(ScalarRanges.none.inverted == .all && ScalarRanges.all.inverted == .none)
  }

  @Test func `beyond the limit are refused`() {
    let sets = (0..<20).map { ScalarRanges(UInt32($0)) }
    #expect(ScalarClasses(sets, limit: 20) == nil)
    #expect(ScalarClasses(sets, limit: 21)?.count == 21)
  }

  @Test func `keep the first page in front and equal pages once`() throws {
    let classes = try #require(ScalarClasses([ScalarRanges(turns: [0x30, 0x3A, 0x9E6, 0x9F0])]))
    #expect(classes.pages.count == 3 * 256)
    #expect(classes.pages[0x35] == classes[0x9E7] && classes.pages[0x35] != classes.pages[0x41])
    #expect(classes[0xFFFF_FFFF] == classes[0xFFFD])
  }
}
