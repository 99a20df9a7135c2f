import TestSupport
import Testing

@testable import Jukta

@Suite struct `A fused scan` {
  /// Steps that a table may be able to say, in an order drawn at random.
  static func steps(_ generator: inout SeededGenerator) -> [NormalizationStep] {
    let choice: [NormalizationStep] =
      BengaliRepair.allCases.flatMap(\.steps) + Normalizer.sahajbertSteps + [
        .nfkc(), .replace(.string("ক"), content: "ত"), .replace(.string("a"), content: ""),
        .replace(.string("a"), content: "|"), .replace(.string("B"), content: "া"),
      ]
    let count = Int.random(in: 0...6, using: &generator)
    var steps = (0..<count).compactMap { _ in choice.randomElement(using: &generator) }
    let place = Int.random(in: 0...steps.count, using: &generator)
    steps.insert(.nfkc(Bool.random(using: &generator) ? .icu : .unicode9), at: place)
    return steps
  }

  /// Makes tables until `count` lists of steps had one, and hands them out.
  static func forEachTable(
    seed: UInt64, _ count: Int,
    _ body: (Normalizer, inout SeededGenerator) throws -> Void
  ) throws {
    var generator = SeededGenerator(seed: seed)
    var made = 0
    for _ in 0..<count * 20 where made < count {
      let normalizer = try Normalizer(steps(&generator))
      guard normalizer.fused != nil else { continue }
      made += 1
      try body(normalizer, &generator)
    }
    #expect(made == count)
  }

  @Test(arguments: BengaliRepair.allCases)
  func `of the bengali preset without one of its repairs does the others`(repair: BengaliRepair)
    throws
  {
    let normalizer = try Normalizer(
      BengaliRepair.allCases.filter { $0 != repair }.flatMap(\.steps))
    var generator = SeededGenerator(seed: 70)
    for _ in 0..<100 {
      let input = DirtyText.string(upTo: 12, using: &generator)
      let fast = try normalizer.normalize(input)
      let slow = try `A normalizer`.plain(normalizer, input)
      #expect(
        Array(fast.text.utf8) == Array(slow.text.utf8), "\(input.unicodeScalars.map(\.value))")
    }
  }

  @Test(arguments: 0..<8)
  func `of any steps that can be fused gives what they give one by one`(seed: Int) throws {
    try Self.forEachTable(seed: UInt64(seed), 3) { normalizer, generator in
      for _ in 0..<250 {
        let input = DirtyText.string(upTo: 12, using: &generator)
        let fast = try normalizer.normalize(input)
        let slow = try `A normalizer`.plain(normalizer, input)
        let name: Comment = "\(normalizer.steps) of \(input.unicodeScalars.map(\.value))"
        #expect(Array(fast.text.utf8) == Array(slow.text.utf8), name)
        #expect(`A normalizer`.origins(fast) == `A normalizer`.origins(slow), name)
      }
    }
  }

  @Test func `is not made where a step is none that a table can say`() throws {
    for steps: [NormalizationStep] in [
      [], [.nfc()], [.nfkc(), .strip(left: true, right: true)], [.nfkc(), .prepend("x")],
      [.nfkc(), .stripAccents], [.nfkc(), .replace(.regex("[a-z]+"), content: "x")],
      [.nfkc(), .replace(.string("abc"), content: "x")],
      [.nfkc(), .lowercase, .replace(.string("ab"), content: "x")],
      [.replace(.regex(" {2,}"), content: " "), .nfkc()],
    ] {
      #expect(try Normalizer(steps).fused == nil, "\(steps)")
    }
  }

  @Test func `refuses broken bytes at the same place as the steps`() throws {
    var generator = SeededGenerator(seed: 71)
    let normalizer = try Normalizer.preset(named: "bengali")
    var worker = try normalizer.makeWorker()
    var output = ByteBuffer()
    for _ in 0..<500 {
      let start = Array(DirtyText.string(upTo: 8, using: &generator).utf8)
      let rest = Array(DirtyText.string(upTo: 8, using: &generator).utf8)
      for bad: [UInt8] in [[0x80], [0xE0, 0xA6], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0xAF]] {
        // A letter behind, so that what follows completes nothing.
        let bytes = start + bad + [0x61] + rest
        #expect(throws: NormalizationError.invalidUTF8(offset: start.count)) {
          try worker.normalize(bytes.span, into: &output)
        }
      }
    }
  }
}
