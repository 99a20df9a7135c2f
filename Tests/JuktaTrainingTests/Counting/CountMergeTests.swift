import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Merging counts` {
  /// Parts of a whole, each as a file; the last one is empty.
  private static let parts: [[UInt8]] = {
    var generator = SeededGenerator(seed: 7)
    return (0..<23).map { part in
      var counts = WordCounts()
      for _ in 0..<(part == 22 ? 0 : 400) {
        let number = Int.random(in: 0..<900, using: &generator)
        counts.add(
          "শব্দ\(number)".utf8Span.span, count: UInt64.random(in: 1...5, using: &generator))
      }
      return CountBytes.file(counts)
    }
  }()

  /// All parts in one table: the plain way.
  private static func whole() throws -> WordList {
    var counts = WordCounts()
    for part in parts {
      let reader = try CountBytes.reader(part, chunk: 4096)
      while try reader.next() { counts.add(reader.word.span, count: reader.count) }
    }
    return counts.sorted()
  }

  private static func merge(_ order: [Int], fanIn: Int) -> CountMerge {
    CountMerge(files: order.map(String.init), fanIn: fanIn) { name in
      try CountBytes.reader(parts[Int(name) ?? 0], name: name, chunk: 4096)
    }
  }

  @Test(arguments: [2, 3, 5, 64])
  func `gives the counts of the whole, however many files are open at once`(_ fanIn: Int) throws {
    let order = Array(Self.parts.indices)
    var generator = SeededGenerator(seed: UInt64(fanIn))
    let whole = try Self.whole()
    var last: [UInt8] = []
    var list = WordCounts()
    let summary = try Self.merge(order.shuffled(using: &generator), fanIn: fanIn).forEachWord(
      begin: { #expect($0 == CountBytes.header) },
      { word, count in
        #expect(last.lexicographicallyPrecedes(word))
        last = word
        list.add(word.span, count: count)
      })
    #expect(list.sorted() == whole)
    #expect(summary.documents == 3 * 23 && summary.bytes == 70 * 23)
  }

  @Test func `loads with a bound on memory what counting with that bound leaves`() throws {
    let whole = try Self.whole()
    let all = try Self.merge(Array(Self.parts.indices), fanIn: 4).load(memory: 1 << 20) { _ in }
    #expect(all.counts.sorted() == whole && all.droppedWords == 0)
    let some = try Self.merge(Array(Self.parts.indices), fanIn: 4).load(memory: 1 << 15) { _ in }
    let list = some.counts.sorted()
    #expect(list.count > 0 && list.count + some.droppedWords == whole.count)
    #expect(list.counts == Array(whole.counts.prefix(list.count)))
  }

  @Test func `refuses counts of another front end, and names both files`() throws {
    let other = CountBytes.file(
      WordCounts(), CountFileHeader(preset: "sahajbert", frontEnd: "{}"))
    let merge = CountMerge(files: ["a", "b"]) { name in
      try CountBytes.reader(name == "a" ? Self.parts[0] : other, name: name)
    }
    #expect {
      _ = try merge.forEachWord(begin: { _ in }, { _, _ in })
    } throws: {
      "\($0)" == "b: counted with the preset sahajbert, but a with bengali: they cannot be added"
    }
  }

  @Test func `does not take canonically equivalent front ends for equal`() throws {
    let one = CountFileHeader(preset: "p", frontEnd: "{\"x\":\"\u{9DF}\"}")
    let two = CountFileHeader(preset: "p", frontEnd: "{\"x\":\"\u{9AF}\u{9BC}\"}")
    #expect(one.frontEnd == two.frontEnd && one != two)
  }
}
