import TestSupport
import Testing

@testable import Jukta

@Suite struct `Compiled maps` {
  typealias Rule = PrecompiledMap.Rule

  /// Rules with many common beginnings and tails; no NUL in them.
  static func rules(_ count: Int, using generator: inout SeededGenerator) -> [Rule] {
    func text(_ lengths: ClosedRange<Int>) -> [UInt8] {
      (0..<Int.random(in: lengths, using: &generator)).flatMap { _ -> [UInt8] in
        ["a", "b", "ab", "ক", "খ", "।", "\u{1F600}"].randomElement(using: &generator)
          .map { Array($0.utf8) } ?? []
      }
    }
    return (0..<count).map { _ in Rule(source: text(1...5), target: text(0...3)) }
      .filter { $0.source != $0.target }
  }

  /// The rules as a table: of equal sources the later one.
  static func table(_ rules: [Rule]) -> [[UInt8]: [UInt8]] {
    Dictionary(rules.map { ($0.source, $0.target) }, uniquingKeysWith: { $1 })
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a map finds what a table of its rules finds`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rules = Self.rules([1, 3, 30, 300][Int(seed % 4)], using: &generator)
    guard !rules.isEmpty else { return }
    let map = try PrecompiledMap(PrecompiledMap(rules: rules).bytes)
    let table = Self.table(rules)
    for _ in 0..<100 {
      var text: [UInt8] = [0]
      for rule in Self.rules(3, using: &generator) { text += rule.source + rule.target }
      for start in text.indices {
        let longest = (start...text.count).last { table[Array(text[start..<$0])] != nil }
        let found = text.withUnsafeBufferPointer { map.longestPrefix(of: $0, from: start) }
        #expect(found.map { start + $0.length } == longest)
        if let found, let longest {
          #expect(Array(map.targets[found.target]) == table[Array(text[start..<longest])])
        }
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `a map gives its rules back, and their order does not matter`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let table = Self.table(Self.rules(200, using: &generator))
    var rules = table.map { Rule(source: $0.key, target: $0.value) }
    let map = try PrecompiledMap(rules: rules)
    let again = try #require(map.rules())
    #expect(again.count == rules.count)
    #expect(Self.table(again) == table)
    #expect(again.map(\.source) == table.keys.sorted { $0.lexicographicallyPrecedes($1) })
    rules.shuffle(using: &generator)
    #expect(try PrecompiledMap(rules: rules).bytes == map.bytes)
    #expect(map.rules(atMost: 10) == nil)
  }

  @Test func `a map of sentencepiece gives the rules that it was made of`() throws {
    let bytes = try Fixture.bytes("sentencepiece-0.2.3/bpe.model")
    let model = try SentencePieceFile.read(bytes.span)
    let map = try PrecompiledMap(model.normalizer.precompiledMap)
    let rules = try #require(map.rules()).map {
      String(decoding: $0.source, as: UTF8.self) + "→" + String(decoding: $0.target, as: UTF8.self)
    }
    #expect(
      rules == [
        " .→.", "=→ = ", "ab→X", "abc→YZ", "abcde→Z", "\u{A0}→ ", "\u{9C7}\u{9BE}→\u{9CB}",
        "\u{9DF}→\u{9AF}\u{9BC}", "\u{200C}→", "\u{1F600}→:)",
      ])
    #expect(map.bytes == model.normalizer.precompiledMap)
  }

  @Test func `rules that no map can hold are refused`() {
    func error(_ rules: [(String, String)]) -> PrecompiledMap.CompileError? {
      do throws(PrecompiledMap.CompileError) {
        _ = try PrecompiledMap(
          rules: rules.map { Rule(source: Array($0.utf8), target: Array($1.utf8)) })
        return nil
      } catch {
        return error
      }
    }
    #expect(error([("", "a")]) == .badSource([], reason: "is empty or holds a NUL"))
    #expect(error([("a\0", "a")]) == .badSource([97, 0], reason: "is empty or holds a NUL"))
    #expect(error([("a", "a")]) == .badSource([97], reason: "is its own target"))
    #expect(error([("a", "\0")]) == .badTarget([97]))
    let nested = (1...31).map { (String(repeating: "a", count: $0), "b") }
    #expect(error(nested) == nil)
    let more = nested + [(String(repeating: "a", count: 32), "b")]
    #expect(error(more) == .tooManyNested([UInt8](repeating: 97, count: 32)))
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `a forged map is refused or can be walked`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rules = Self.rules(60, using: &generator)
    let whole = try PrecompiledMap(rules: rules).bytes
    for _ in 0..<30 {
      var bytes = whole
      for _ in 0...Int.random(in: 0..<3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      guard let map = try? PrecompiledMap(bytes) else { continue }
      _ = map.rules(atMost: 1000)
      for rule in rules.prefix(10) {
        rule.source.withUnsafeBufferPointer { _ = map.longestPrefix(of: $0, from: 0) }
      }
    }
  }

  @Test func `an array that leads in a circle is walked no further than the text`() throws {
    // From the root, 'a' leads back to the root's children.
    var units = [UInt32](repeating: 1 << 31, count: 256)
    units[0] = 1 << 10
    units[1 ^ 0x61] = 0x61 | UInt32(1 ^ 0x61 ^ 1) << 10
    let trie = try DoubleArray(validating: units, valueLimit: 1)
    let text = [UInt8](repeating: 0x61, count: 1000)
    text.withUnsafeBufferPointer { #expect(trie.longestPrefix(of: $0, from: 0) == nil) }
  }

  @Test func `units that lead out of the array are refused`() {
    func fault(_ unit: UInt32, at place: Int) -> DoubleArray.Fault? {
      var units = [UInt32](repeating: 1 << 31, count: 256)
      units[0] = 1 << 10
      units[place] = unit
      do throws(DoubleArray.Fault) {
        _ = try DoubleArray(validating: units, valueLimit: 4)
        return nil
      } catch {
        return error
      }
    }
    let outside = "the children lie outside of the array"
    #expect(fault(0x61 | 256 << 10, at: 0x60) == .init(unit: 0x60, reason: outside))
    #expect(fault(0x61 | 0x200 | 1 << 10, at: 0x60) == .init(unit: 0x60, reason: outside))
    #expect(fault(0x61 | 255 << 10, at: 0x60) == nil)
    #expect(fault(1 << 31 | 4, at: 9) == .init(unit: 9, reason: "the value 4 is out of range"))
    #expect(
      fault(0x161 | 0x60 << 10, at: 0x60)
        == .init(unit: 0x60, reason: "marked as having a value, but there is none"))
    #expect(fault(0, at: 0) == .init(unit: 0, reason: "not the root of a double array"))
    #expect(throws: DoubleArray.Fault.self) { try DoubleArray(validating: [], valueLimit: 1) }
  }
}
