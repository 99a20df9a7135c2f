import TestSupport
import Testing

@testable import Jukta

/// Cutting texts before they are merged, against merging them whole.
@Suite("BPE cuts")
struct BPECutsTests {
  /// Of one, two and three bytes, letters and stops; z has no token.
  private static let letters: [Unicode.Scalar] = ["a", "ক", "▁", ",", "z"]

  /// What a model does with characters that it does not know.
  private enum Unknown: CaseIterable {
    case token, fused, bytes
  }

  private static func model(_ seed: UInt64, _ unknown: Unknown) throws -> BPEModel {
    var generator = SeededGenerator(seed: seed)
    var pieces = ["<unk>"] + letters.dropLast().map { String($0) }
    // Some models know one character less.
    if seed % 3 == 0 { pieces.remove(at: 1 + Int(seed / 3) % 4) }
    let known = pieces.count
    if unknown == .bytes { pieces += (UInt8.min...UInt8.max).map { ByteFallback.token($0) } }
    var mergeable = Array(1..<known)
    var merges: [BPEMerge] = []
    for _ in 0..<Int.random(in: 1...14, using: &generator) {
      guard let left = mergeable.randomElement(using: &generator),
        let right = mergeable.randomElement(using: &generator)
      else { continue }
      let text = pieces[left] + pieces[right]
      guard text.unicodeScalars.count < 8 else { continue }
      // As in published models: the marker leads, most of the time.
      if text.unicodeScalars.dropFirst().contains("▁"), !generator.next().isMultiple(of: 4) {
        continue
      }
      if !pieces.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
        mergeable.append(pieces.count)
        pieces.append(text)
      }
      merges.append(BPEMerge(left: UInt32(left), right: UInt32(right)))
    }
    var options = BPEOptions()
    options.unknownToken = "<unk>"
    options.fusesUnknown = unknown == .fused
    options.byteFallback = unknown == .bytes
    return try BPEModel(pieces: pieces, merges: merges, options: options)
  }

  private struct Result: Equatable {
    var ids: [UInt32] = []
    var lengths: [UInt32] = []
  }

  private static func whole(
    _ text: ArraySlice<UInt8>, _ model: BPEModel, _ search: inout BPESearch
  ) throws -> Result {
    var ids = IDBuffer()
    var lengths = IDBuffer()
    _ = try text.withUnsafeBufferPointer { try search.search($0, model, &ids, &lengths) }
    return Result(ids: Array(ids.ids(from: 0)), lengths: Array(lengths.ids(from: 0)))
  }

  /// The parts of a text merged apart.
  private static func parts(
    _ text: [UInt8], _ model: BPEModel, _ cuts: BPECuts, limit: Int, _ search: inout BPESearch
  ) throws -> (result: Result, count: Int) {
    let padded = text + [UInt8](repeating: 0x20, count: BPECuts.padding)
    var ends = IDBuffer()
    padded.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return }
      cuts.cut(base, 0..<text.count, limit: limit, into: &ends)
    }
    var result = Result()
    var start = 0
    for end in ends.ids(from: 0) {
      let part = try whole(text[start..<Int(end)], model, &search)
      result.ids += part.ids
      result.lengths += part.lengths
      start = Int(end)
    }
    #expect(start == text.count)
    return (result, ends.count)
  }

  private static func check(
    _ text: [UInt8], _ model: BPEModel, _ cuts: BPECuts, _ search: inout BPESearch
  ) throws -> Int {
    let expected = try whole(text[...], model, &search)
    var count = 0
    for limit in [0, .max] {
      let found = try parts(text, model, cuts, limit: limit, &search)
      if found.result != expected {
        Issue.record(
          "\(String(decoding: text, as: UTF8.self)) in \(model.merges): \(found.result) for \(expected)"
        )
      }
      count += found.count - 1
    }
    return count
  }

  private static func text(_ number: Int, _ length: Int) -> [UInt8] {
    var text = ""
    var rest = number
    for _ in 0..<length {
      text.unicodeScalars.append(letters[rest % letters.count])
      rest /= letters.count
    }
    return Array(text.utf8)
  }

  @Test("Parts give the ids and lengths of the whole, for every text of up to five characters")
  func exhaustive() throws {
    var count = 0
    var search = BPESearch()
    for seed in 0..<4 as Range<UInt64> {
      for unknown in Unknown.allCases {
        let model = try Self.model(seed, unknown)
        let cuts = try #require(model.cuts)
        var texts = 1
        for length in 1...5 {
          texts *= Self.letters.count
          for number in 0..<texts {
            count += try Self.check(Self.text(number, length), model, cuts, &search)
          }
        }
      }
    }
    #expect(count > 50_000)
  }

  @Test("Parts give the ids and lengths of the whole, for random models and longer texts")
  func random() throws {
    var count = 0
    var search = BPESearch()
    var generator = SeededGenerator(seed: 5)
    for seed in 100..<400 as Range<UInt64> {
      let model = try Self.model(seed, Unknown.allCases[Int(seed % 3)])
      let cuts = try #require(model.cuts)
      for _ in 0..<4 {
        let number = Int.random(in: 0..<1 << 60, using: &generator)
        let text = Self.text(number, Int.random(in: 6...26, using: &generator))
        count += try Self.check(text + text + text, model, cuts, &search)
      }
    }
    #expect(count > 10_000)
  }

  @Test("A worker gives the ids, lengths and ends of words, however long they are")
  func worker() throws {
    var generator = SeededGenerator(seed: 9)
    var search = BPESearch()
    for seed in 500..<560 as Range<UInt64> {
      let model = try Self.model(seed, Unknown.allCases[Int(seed % 3)])
      var worker = WordWorker(.bpe(model))
      for _ in 0..<3 {
        var words = WordBuffer()
        var expected = Result()
        var wordEnds: [UInt32] = []
        for _ in 0..<20 {
          let long = generator.next().isMultiple(of: 3)
          let scalars = (0..<Int.random(in: 1...(long ? 200 : 12), using: &generator)).map { _ in
            Self.letters.randomElement(using: &generator) ?? "a"
          }
          let word = Array(String(String.UnicodeScalarView(scalars)).utf8)
          let one = try Self.whole(word[...], model, &search)
          expected.ids += one.ids
          expected.lengths += one.lengths
          wordEnds.append(UInt32(expected.ids.count))
          word.withUnsafeBufferPointer { words.bytes.append($0) }
          words.ends.append(UInt32(words.bytes.count))
        }
        worker.removeAll()
        try worker.encodeWithLengths(&words)
        #expect(Array(worker.ids.ids(from: 0)) == expected.ids)
        #expect(Array(worker.lengths.ids(from: 0)) == expected.lengths)
        #expect(Array(worker.wordEnds.ids(from: 0)) == wordEnds)
        worker.removeAll()
        try worker.encode(&words)
        #expect(Array(worker.ids.ids(from: 0)) == expected.ids)
      }
    }
  }

  @Test("Models that must see their words whole have no cuts")
  func refused() throws {
    func cuts(
      _ pieces: [String] = ["<unk>", "a", "b", "ab"], _ merge: BPEMerge = .init(left: 1, right: 2),
      _ change: (inout BPEOptions) -> Void
    ) throws -> BPECuts? {
      var options = BPEOptions()
      options.unknownToken = "<unk>"
      change(&options)
      return try BPEModel(pieces: pieces, merges: [merge], options: options).cuts
    }
    #expect(try cuts { _ in } != nil)
    #expect(try cuts { $0.unknownToken = nil } == nil)
    #expect(try cuts { $0.ignoresMerges = true } == nil)
    #expect(try cuts { $0.dropout = 0.5 } == nil)
    #expect(try cuts { $0.isByteLevel = true } == nil)
    let suffixed = ["<unk>", "a</w>", "b", "ba</w>"]
    #expect(
      try cuts(suffixed, .init(left: 2, right: 1)) { $0.endOfWordSuffix = "</w>" } == nil)
    let prefixed = ["<unk>", "a", "##b", "ab"]
    #expect(
      try cuts(prefixed, .init(left: 1, right: 2)) { $0.continuingSubwordPrefix = "##" } == nil)
    let bytes = ["<unk>", "a", "<0x41>", "a<0x41>"]
    #expect(try cuts(bytes, .init(left: 1, right: 2)) { $0.byteFallback = true } == nil)
  }
}
