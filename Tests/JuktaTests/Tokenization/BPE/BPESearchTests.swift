import TestSupport
import Testing

@testable import Jukta

/// A random model: letters, and merges of pieces that are there already.
private func randomModel(
  _ seed: UInt64, letters: String = "কখগa", merges count: Int = 60, _ options: BPEOptions = .init()
) throws -> BPEModel {
  var generator = SeededGenerator(seed: seed)
  var pieces = ["<unk>"] + letters.unicodeScalars.map { String(Character($0)) }
  var merges: [BPEMerge] = []
  for _ in 0..<count {
    let left = Int.random(in: 1..<pieces.count, using: &generator)
    let right = Int.random(in: 1..<pieces.count, using: &generator)
    let text = pieces[left] + pieces[right]
    guard text.unicodeScalars.count < 12 else { continue }
    if !pieces.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { pieces.append(text) }
    merges.append(BPEMerge(left: UInt32(left), right: UInt32(right)))
  }
  return try BPEModel(pieces: pieces, merges: merges, options: options)
}

/// Merging by its definition: again and again the pair of the lowest rank, of two the leftmost.
private func naive(_ word: String, _ model: BPEModel) -> [UInt32] {
  var ids = word.unicodeScalars.map { model.id(of: String(Character($0))) ?? 0 }
  var ranks: [BPEMerge: Int] = [:]
  for (rank, merge) in model.merges.enumerated() { ranks[merge] = rank }
  while true {
    var best: (rank: Int, place: Int)?
    for place in ids.indices.dropLast() {
      if let rank = ranks[BPEMerge(left: ids[place], right: ids[place + 1])],
        rank < best?.rank ?? .max
      {
        best = (rank, place)
      }
    }
    guard let best else { return ids }
    let merge = model.merges[best.rank]
    let text = model.pieces[Int(merge.left)] + model.pieces[Int(merge.right)]
    ids.replaceSubrange(best.place...best.place + 1, with: [model.id(of: text) ?? 0])
  }
}

private func search(
  _ word: String, _ model: BPEModel, heapAlways: Bool = false, seed: UInt64 = 0
) throws -> (ids: [UInt32], lengths: [UInt32]) {
  var search = BPESearch()
  search.seed(seed)
  var ids = IDBuffer()
  var lengths = IDBuffer()
  let bytes = Array(word.utf8)
  _ = try bytes.withUnsafeBufferPointer {
    try search.search($0, model, &ids, &lengths, heapAlways: heapAlways)
  }
  return (Array(ids.ids(from: 0)), Array(lengths.ids(from: 0)))
}

private func randomWord(_ generator: inout SeededGenerator, letters: String, _ length: Int)
  -> String
{
  let scalars = Array(letters.unicodeScalars)
  var word = String.UnicodeScalarView()
  for _ in 0..<length { word.append(scalars[Int.random(in: 0..<scalars.count, using: &generator)]) }
  return String(word)
}

@Suite struct `BPE search` {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func `heap and scan give what the definition gives`(_ seed: UInt64) throws {
    let model = try randomModel(seed)
    var generator = SeededGenerator(seed: seed + 1000)
    for length in [1, 2, 3, 7, 20, 39, 40, 41, 100] {
      let word = randomWord(&generator, letters: "কখগa", length)
      let expected = naive(word, model)
      #expect(try search(word, model).ids == expected)
      #expect(try search(word, model, heapAlways: true).ids == expected)
      #expect(try search(word, model).lengths.reduce(0, +) == word.utf8.count)
    }
  }

  @Test func `a repeated letter merges from the left`() throws {
    let model = try BPEModel(
      pieces: ["a", "aa", "aaa"],
      merges: [BPEMerge(left: 0, right: 0), BPEMerge(left: 1, right: 0)])
    #expect(try search("aaaaa", model).ids == [1, 2])
    #expect(try search("aaaaa", model, heapAlways: true).ids == [1, 2])
  }

  @Test func `a megabyte of one word is merged`() throws {
    let model = try randomModel(7)
    var generator = SeededGenerator(seed: 8)
    for word in [
      String(repeating: "ক", count: 50_000), randomWord(&generator, letters: "কখগa", 50_000),
    ] {
      let found = try search(word, model)
      #expect(found.lengths.reduce(0) { $0 + Int($1) } == word.utf8.count)
      #expect(found.ids.map { model.pieces[Int($0)] }.joined() == word)
    }
  }

  @Test func `unknown characters are dropped, told, told as one or spelled, as asked`() throws {
    let pieces = ["<unk>", "a", "b", "<0x7A>"]
    func ids(_ word: String, _ options: BPEOptions) throws -> [UInt32] {
      try search(word, try BPEModel(pieces: pieces, merges: [], options: options)).ids
    }
    var options = BPEOptions()
    #expect(try ids("ayyb", options) == [1, 2])
    options.unknownToken = "<unk>"
    #expect(try ids("ayyb", options) == [1, 0, 0, 2])
    options.fusesUnknown = true
    #expect(try ids("ayyb", options) == [1, 0, 2])
    options.byteFallback = true
    // As the reference does: the byte overtakes the unknown token.
    #expect(try ids("ayzb", options) == [1, 3, 0, 2])
    options.unknownToken = "<none>"
    #expect(throws: ModelError.unknownTokenNotInVocabulary("<none>")) { try ids("y", options) }
  }

  @Test func `prefix and suffix tell where a character stands`() throws {
    var options = BPEOptions()
    options.continuingSubwordPrefix = "##"
    options.endOfWordSuffix = "</w>"
    let model = try BPEModel(
      pieces: ["a", "##a", "##a</w>", "a</w>", "a##", "aa"],
      merges: [BPEMerge(left: 0, right: 1)], options: options)
    #expect(try search("a", model).ids == [3])
    let found = try search("aaa", model)
    #expect(found.ids == [5, 2])
    #expect(found.lengths == [2, 1])
  }

  @Test func `a word that is a piece is taken whole where merges are ignored`() throws {
    var options = BPEOptions()
    let pieces = ["a", "b", "ab"]
    #expect(
      try search("ab", try BPEModel(pieces: pieces, merges: [], options: options)).ids == [0, 1])
    options.ignoresMerges = true
    #expect(try search("ab", try BPEModel(pieces: pieces, merges: [], options: options)).ids == [2])
  }

  @Test func `dropout is fixed by its seed, none and all at its ends`() throws {
    var options = BPEOptions()
    options.dropout = 0.5
    func model() throws -> BPEModel {
      try BPEModel(
        pieces: ["<unk>", "ক", "খ", "গ", "কখ", "কখগ"],
        merges: [BPEMerge(left: 1, right: 2), BPEMerge(left: 4, right: 3)], options: options)
    }
    let half = try model()
    let word = String(repeating: "কখগ", count: 30)
    let first = try search(word, half, seed: 1).ids
    #expect(try search(word, half, seed: 1).ids == first)
    #expect(Set(try (1...20).map { try search(word, half, seed: $0).ids }).count > 5)
    options.dropout = 1
    #expect(try search(word, model()).ids.count == 90)
    options.dropout = 0
    #expect(try search(word, model()).ids == naive(word, half))
    options.dropout = 1.5
    #expect(throws: ModelError.dropoutOutOfRange(1.5)) { _ = try randomModel(3, options) }
  }

  @Test func `merges of pieces that are not there are refused`() throws {
    #expect(throws: ModelError.mergeMakesNoPiece(rank: 0, piece: "ab")) {
      _ = try BPEModel(pieces: ["a", "b"], merges: [BPEMerge(left: 0, right: 1)])
    }
    #expect(throws: ModelError.mergeOfMissingPieces(rank: 0)) {
      _ = try BPEModel(pieces: ["a", "b"], merges: [BPEMerge(left: 0, right: 2)])
    }
  }
}
