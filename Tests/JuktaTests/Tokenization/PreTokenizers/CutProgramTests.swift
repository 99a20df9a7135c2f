import TestSupport
import Testing

@testable import Jukta

@Suite struct `Compiled pre-tokenizers` {
  /// Words, and for each scalar of each word the original range that it came from.
  struct Result: Equatable {
    var words: [[UInt8]] = []
    var ranges: [[Range<Int>]] = []

    init(_ buffer: borrowing WordBuffer, _ alignment: Alignment) {
      let bytes = buffer.bytes.bytes
      var start = 0
      for end in buffer.ends.map(Int.init) {
        words.append(Array(bytes[start..<end]))
        var own: [Range<Int>] = []
        var place = start
        while place < end {
          var next = place + 1
          while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 }
          own.append(alignment.originalRange(of: place..<next))
          place = next
        }
        ranges.append(own)
        start = end
      }
    }
  }

  static func compiled(
    _ program: CutProgram, _ scratch: CutScratch, _ text: [UInt8], atStart: Int
  ) throws -> Result {
    var words = WordBuffer()
    var alignment: Alignment? = Alignment()
    var failure: (any Error)?
    text.withUnsafeBufferPointer {
      do {
        try program.split($0, atStart: atStart, scratch, into: &words, alignment: &alignment)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return Result(words, alignment ?? Alignment())
  }

  static func plain(_ splitting: PlainSplitting, _ text: [UInt8], atStart: Int) throws -> Result {
    var words = WordBuffer()
    var alignment: Alignment? = Alignment()
    let scalars = try text.withUnsafeBufferPointer {
      try ScalarText(decoding: $0, in: 0..<$0.count)
    }
    for word in try splitting.words(of: scalars, atStart: atStart) {
      word.write(to: &words.bytes, start: 0, alignment: &alignment)
      words.ends.append(UInt32(words.bytes.count))
    }
    return Result(words, alignment ?? Alignment())
  }

  static func text(_ generator: inout SeededGenerator) -> [UInt8] {
    if Int.random(in: 0..<3, using: &generator) == 0 {
      return Array(DirtyText.string(upTo: 14, using: &generator).utf8)
    }
    let parts = [
      " ", " ", "  ", "\n", "\t", "a", "B", "x1", "12", "৩৪", "।", ",", "!", "▁", "▁▁", "ক", "ক্ষ",
      "ি", "中", "文",
      "_", "'s", "é", "α", "\u{200D}", "\u{3000}", "😀", "\u{1D7D8}", "#", "|",
    ]
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 0...12, using: &generator) {
      text += Array((parts.randomElement(using: &generator) ?? "").utf8)
    }
    return text
  }

  static let behaviors: [PreTokenizer.SplitBehavior] = [
    .removed, .isolated, .mergedWithPrevious, .mergedWithNext, .contiguous,
  ]

  static func stage(_ generator: inout SeededGenerator) -> PreTokenizer {
    let behavior = behaviors.randomElement(using: &generator) ?? .isolated
    let patterns = [
      "\\s+", "[,।]", " ", "[ab]+", "\\p{L}+", "\\s?[A-Za-z]+", "\\s+$", "(?=[a-z])", "x*",
      "[^\\s]", "1|২",
      "(?<=\\s)\\S+", "(\\p{N})\\1", PublishedPatterns.gpt2, PublishedPatterns.tekken,
      PublishedPatterns.bloom,
      PublishedPatterns.clip,
    ]
    let flag = Bool.random(using: &generator)
    switch Int.random(in: 0..<16, using: &generator) {
    case 0, 1:
      let schemes: [PreTokenizer.PrependScheme] = [.always, .first, .never]
      let scheme = schemes.randomElement(using: &generator) ?? .always
      let marker: Unicode.Scalar = Int.random(in: 0..<5, using: &generator) == 0 ? "_" : "\u{2581}"
      return .metaspace(
        replacement: marker, prependScheme: scheme,
        split: Int.random(in: 0..<4, using: &generator) > 0)
    case 2, 3: return .digits(individual: flag)
    case 4, 5: return .punctuation(behavior)
    case 6: return .whitespaceSplit
    case 7: return .whitespace
    case 8: return .bert
    case 9:
      return .charDelimiterSplit(["a", "▁", " ", "।"].randomElement(using: &generator) ?? "a")
    case 10: return .unicodeScripts
    case 11: return .fixedLength(Int.random(in: 1...3, using: &generator))
    case 12:
      return .split(
        .string([" ", "▁", "ab", "১", ""].randomElement(using: &generator) ?? " "), behavior,
        inverts: flag)
    case 13: return .byteLevel(addsPrefixSpace: flag, usesRegex: Bool.random(using: &generator))
    default:
      return .split(
        .regex(patterns.randomElement(using: &generator) ?? " "), behavior, inverts: flag)
    }
  }

  @Test func `cut as their stages do one after another, with the range of every character`() throws
  {
    var generator = SeededGenerator(seed: 145)
    var programs = 0
    let scratch = CutScratch()
    for _ in 0..<400 {
      let stages = (0..<Int.random(in: 1...4, using: &generator)).map { _ in Self.stage(&generator)
      }
      let preTokenizer = PreTokenizer.sequence(stages)
      let spells = Bool.random(using: &generator)
      guard let program = CutProgram(preTokenizer, spellsBytes: spells) else { continue }
      programs += 1
      let splitting = PlainSplitting(preTokenizer, spellsBytes: spells, byICU: true)
      for _ in 0..<12 {
        let text = Self.text(&generator)
        let atStart = [1, 0, 4, .max].randomElement(using: &generator) ?? 1
        let fast = try Self.compiled(program, scratch, text, atStart: atStart)
        let slow = try Self.plain(splitting, text, atStart: atStart)
        let shown = String(decoding: text, as: UTF8.self).debugDescription
        #expect(fast == slow, "\(stages) \(spells) of \(shown) from \(atStart)")
        if fast != slow { return }
      }
    }
    #expect(programs > 100, "\(programs)")
  }

  @Test func `agree over all of Unicode, a scalar between two letters`() throws {
    let pipelines: [PreTokenizer] = [
      .bert, .whitespace, .unicodeScripts, .sequence([.whitespaceSplit, .metaspace()]),
      .sequence([.metaspace(), .digits(individual: true), .punctuation()]),
    ]
    for pipeline in pipelines {
      let program = try #require(CutProgram(pipeline, spellsBytes: false))
      let splitting = PlainSplitting(pipeline)
      let scratch = CutScratch()
      for start in stride(from: UInt32(0), to: 0x110000, by: 4096) {
        var scalars = String.UnicodeScalarView()
        for value in start..<start + 4096 {
          guard let scalar = Unicode.Scalar(value) else { continue }
          scalars.append(contentsOf: ["a", scalar])
        }
        let text = Array(String(scalars).utf8)
        let fast = try Self.compiled(program, scratch, text, atStart: 1)
        let slow = try Self.plain(splitting, text, atStart: 1)
        #expect(fast.words == slow.words, "\(pipeline) from \(start)")
      }
    }
  }

  static func split(
    _ pattern: String, _ behavior: PreTokenizer.SplitBehavior = .isolated, inverts: Bool = false
  )
    -> PreTokenizer
  { .split(.regex(pattern), behavior, inverts: inverts) }

  /// What each published shape must reach.
  @Test func `run published pre-tokenizers without ICU`() throws {
    let identity = try Normalizer([])
    let bytes = PreTokenizer.byteLevel(addsPrefixSpace: false, usesRegex: false)
    let shapes: [(String, PreTokenizer, String)] = [
      ("gpt2", .byteLevel(addsPrefixSpace: false), "automaton"),
      ("llama-3", .sequence([Self.split(PublishedPatterns.llama3), bytes]), "automaton"),
      ("qwen2", .sequence([Self.split(PublishedPatterns.qwen2), bytes]), "automaton"),
      ("mistral-nemo", .sequence([Self.split(PublishedPatterns.tekken), bytes]), "automaton"),
      ("bloom", .sequence([Self.split(PublishedPatterns.bloom), bytes]), "automaton"),
      (
        "deepseek",
        .sequence(
          PublishedPatterns.deepSeek.map { Self.split($0) } + [.digits(individual: true), bytes]),
        "classes automaton automaton automaton classes"
      ),
      (
        "deepseek-v3",
        .sequence([
          Self.split(#"\p{N}{1,3}"#), Self.split(PublishedPatterns.deepSeek[4]),
          Self.split(PublishedPatterns.deepSeek3),
          bytes,
        ]), "automaton classes automaton"
      ),
      ("bert", .bert, "classes"),
      ("t5, xlm-roberta, albert", .sequence([.whitespaceSplit, .metaspace()]), "classes"),
      ("gemma", .split(.string(" "), .mergedWithPrevious), "classes"),
      ("mistral-7b-v0.3", .metaspace(prependScheme: .first, split: false), "classes"),
    ]
    for (name, preTokenizer, expected) in shapes {
      let frontEnd = TextFrontEnd(normalizer: identity, preTokenizer: preTokenizer)
      let found = frontEnd.cutStrategies.map { $0.description.split(separator: " ")[0] }
      #expect(found.joined(separator: " ") == expected, "\(name)")
    }
    let clip = TextFrontEnd(
      normalizer: identity,
      preTokenizer: .sequence([
        Self.split(PublishedPatterns.clip, .removed, inverts: true),
        .byteLevel(addsPrefixSpace: false),
      ]),
      spellsBytes: true)
    #expect(clip.cutStrategies.count == 2 && !clip.cutStrategies.contains(.plain))
    let twice = TextFrontEnd(normalizer: identity, preTokenizer: Self.split(#"(a)\1"#))
    #expect(twice.cutStrategies == [.icu(because: "a reference to a group")])
  }
}
