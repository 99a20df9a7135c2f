import TestSupport
import Testing

@testable import Jukta

@Suite struct `Unigram search` {
  /// A model over two letters, with scores of few digits so that ties are common.
  static func model(_ generator: inout SeededGenerator) throws -> UnigramModel {
    var pieces: [(piece: String, score: Double)] = [("<unk>", 0)]
    for piece in ["ক", "খ", "কক", "কখ", "খক", "খখ", "ককখ", "খকক", "কখকখ"]
    where Bool.random(using: &generator) || piece.unicodeScalars.count == 1 && piece == "ক" {
      pieces.append((piece, -Double(Int.random(in: 1...6, using: &generator))))
    }
    return try UnigramModel(pieces: pieces, unknownID: 0)
  }

  /// The best sum of scores, by trying every way to cut.
  static func best(_ word: ArraySlice<String>, _ model: UnigramModel) -> Double {
    guard let first = word.first else { return 0 }
    var sums: [Double] = []
    for length in 1...word.count {
      let piece = word.prefix(length).joined()
      if let id = model.id(of: piece) {
        sums.append(model.scores[Int(id)] + best(word.dropFirst(length), model))
      }
    }
    if model.id(of: first) == nil {
      sums.append(model.unknownScore + best(word.dropFirst(), model))
    }
    return sums.max() ?? -.infinity
  }

  static func encode(_ words: [String], _ worker: inout WordWorker) throws -> [UInt32] {
    var buffer = WordBuffer()
    for word in words {
      Array(word.utf8).withUnsafeBufferPointer { buffer.bytes.append($0) }
      buffer.ends.append(UInt32(buffer.bytes.count))
    }
    worker.removeAll()
    try worker.encode(&buffer)
    return Array(worker.ids.ids(from: 0))
  }

  @Test func `finds the best of all ways to cut a word`() throws {
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<300 {
      let model = try Self.model(&generator)
      var worker = WordWorker(.unigram(model))
      let letters = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        ["ক", "খ", "গ"].randomElement(using: &generator) ?? "ক"
      }
      let ids = try Self.encode([letters.joined()], &worker)
      var sum = 0.0
      for id in ids where id != 0 { sum += model.scores[Int(id)] }
      // Each unknown letter costs as much, however many stand together as one token.
      let unknown = letters.count { model.id(of: $0) == nil }
      let known = ids.contains(0) ? Double(unknown) * model.unknownScore : 0
      if letters.allSatisfy({ model.id(of: $0) != nil }) || !ids.contains(0) {
        #expect(sum == Self.best(letters[...], model))
      } else {
        #expect(sum + known <= Self.best(letters[...], model) + 1e-9 || unknown > 1)
      }
    }
  }

  @Test func `gives the same ids from the cache, from an empty one, and word by word`() throws {
    var generator = SeededGenerator(seed: 32)
    let model = try Self.model(&generator)
    var warm = WordWorker(.unigram(model))
    let words = (0..<3000).map { _ in
      (0..<Int.random(in: 1...40, using: &generator)).map { _ in
        ["ক", "খ", "গ", "a"].randomElement(using: &generator) ?? "ক"
      }.joined()
    }
    let together = try Self.encode(words, &warm)
    #expect(try Self.encode(words, &warm) == together)
    var oneByOne: [UInt32] = []
    for word in words {
      var cold = UnigramLattice()
      var ids = IDBuffer()
      var lengths = IDBuffer()
      _ = try Array(word.utf8).withUnsafeBufferPointer {
        try cold.search($0, model, &ids, &lengths)
      }
      oneByOne += Array(ids.ids(from: 0))
      let total = Array(lengths.ids(from: 0)).reduce(0) { $0 + Int($1) }
      #expect(total == word.utf8.count)
    }
    #expect(oneByOne == together)
  }

  @Test func `tells canonically equivalent pieces apart`() throws {
    let model = try UnigramModel(
      pieces: [("<unk>", 0), ("য\u{9BC}", -1), ("\u{9DF}", -2), ("য", -3)], unknownID: 0)
    #expect(model.id(of: "য\u{9BC}") == 1)
    #expect(model.id(of: "\u{9DF}") == 2)
    #expect(model.id(of: "য") == 3)
    #expect(model.id(of: "\u{9BC}") == nil)
    #expect(model.id(of: "") == nil)
  }

  @Test func `without an unknown id refuses what it cannot say`() throws {
    let model = try UnigramModel(pieces: [("ক", -1)], unknownID: nil)
    var worker = WordWorker(.unigram(model))
    #expect(try Self.encode(["কক"], &worker) == [0, 0])
    #expect(throws: ModelError.unknownTokenMissing) { try Self.encode(["কগ"], &worker) }
  }

  @Test func `takes a word of a million letters`() throws {
    let model = try UnigramModel(pieces: [("<unk>", 0), ("ক", -1), ("কক", -1.5)], unknownID: 0)
    var worker = WordWorker(.unigram(model))
    let ids = try Self.encode([String(repeating: "ক", count: 1_000_000)], &worker)
    #expect(ids.count == 500_000)
  }
}

@Suite struct `N-best segmentations` {
  /// Every way to cut a word of known letters, with its score.
  static func all(_ word: ArraySlice<String>, _ model: UnigramModel) -> [(
    pieces: [String], score: Double
  )] {
    guard !word.isEmpty else { return [([], 0)] }
    var ways: [(pieces: [String], score: Double)] = []
    for length in 1...word.count {
      let piece = word.prefix(length).joined()
      guard let id = model.id(of: piece) else { continue }
      for rest in all(word.dropFirst(length), model) {
        ways.append(([piece] + rest.pieces, model.scores[Int(id)] + rest.score))
      }
    }
    return ways
  }

  @Test func `are the best of all ways, each once, the encoder's own first`() throws {
    var generator = SeededGenerator(seed: 71)
    let model = try UnigramModel(
      pieces: [
        ("<unk>", 0), ("ক", -2), ("খ", -3), ("কখ", -4), ("খক", -4.5), ("কক", -3.5), ("কখক", -6),
        ("খখক", -7),
      ], unknownID: 0)
    for _ in 0..<200 {
      let letters = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        ["ক", "খ"].randomElement(using: &generator) ?? "ক"
      }
      let word = letters.joined()
      let ways = Self.all(letters[...], model)
      let found = model.segmentations(of: word, limit: 5)
      #expect(found.count == min(5, ways.count))
      #expect(found.map(\.score) == Array(ways.map(\.score).sorted(by: >).prefix(5)))
      #expect(Set(found.map(\.pieces)).count == found.count)
      #expect(found.allSatisfy { $0.pieces.joined() == word })
      var worker = WordWorker(.unigram(model))
      #expect(try `Unigram search`.encode([word], &worker) == found.first?.ids.compactMap { $0 })
    }
  }

  @Test func `take neighbouring unknown characters for one`() throws {
    let model = try UnigramModel(pieces: [("<unk>", 0), ("ক", -2)], unknownID: 0)
    let found = model.segmentations(of: "কগঘক", limit: 3)
    #expect(found.map(\.pieces) == [["ক", "গঘ", "ক"]])
    #expect(found.first?.ids == [1, 0, 1])
    #expect(model.segmentations(of: "", limit: 3).map(\.pieces) == [[]])
    #expect(model.segmentations(of: "ক", limit: 0).isEmpty)
  }
}
