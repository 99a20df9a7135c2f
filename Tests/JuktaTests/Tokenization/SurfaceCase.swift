import TestSupport

@testable import Jukta

/// One case of a surface file: what Jukta does, told as the file tells it. Each function says what
/// differs, or nil.
enum SurfaceCase {
  static func encode(_ row: [JSONValue], _ tokenizer: Tokenizer) throws -> String? {
    let input = EncodingInput(sequence(row[1]), pair: row[2] == .null ? nil : sequence(row[2]))
    let special = row[3] == .bool(true)
    guard let encoding = try? tokenizer.encode(input, addsSpecialTokens: special) else {
      return row[4] == .null ? nil : "an error"
    }
    if row[4] == .null { return "no error" }
    let texts = [row[1], row[2]]
    if let difference = difference(encoding, row[4], texts) { return difference }
    if let difference = lookUps(encoding, row[5], texts) { return difference }
    return try idsAlone(row, tokenizer, encoding, addsSpecialTokens: special)
  }

  /// One text's ids by the fast way.
  private static func idsAlone(
    _ row: [JSONValue], _ tokenizer: Tokenizer, _ encoding: Encoding, addsSpecialTokens: Bool
  ) throws -> String? {
    guard let text = row[1].text, row[2] == .null else { return nil }
    var encoder = try tokenizer.makeEncoder()
    var ids: [UInt32] = [7]
    let bytes = Array(text.utf8)
    try encoder.encode(bytes.span, addsSpecialTokens: addsSpecialTokens, into: &ids)
    if ids != [7] + encoding.ids { return "ids alone: \(ids)" }
    var ranges: [Range<Int>] = []
    ids = []
    try encoder.encode(
      bytes.span, addsSpecialTokens: addsSpecialTokens, into: &ids, ranges: &ranges)
    return ids == encoding.ids && ranges == encoding.ranges ? nil : "ids and ranges: \(ids)"
  }

  static func batch(_ row: [JSONValue], _ tokenizer: Tokenizer) async throws -> String? {
    let special = row[2] == .bool(true)
    let pairs = row[1].items.map(\.items)
    let inputs = pairs.map { EncodingInput.text($0[0].text ?? "", pair: $0[1].text) }
    let batch = try? await tokenizer.encodeBatch(inputs, addsSpecialTokens: special, threads: 2)
    let expected = row[3] == .null ? nil : row[3].items
    guard batch?.count == expected?.count else { return "batch: error or not" }
    for (place, encoding) in (batch ?? []).enumerated() {
      if let difference = difference(encoding, expected?[place] ?? .null, pairs[place]) {
        return "batch, \(place): \(difference)"
      }
    }
    let texts = pairs.map { $0[0].text ?? "" }
    let ids = try? await tokenizer.encodeIDs(texts, addsSpecialTokens: special, threads: 2)
    let expectedIDs = row[4] == .null ? nil : row[4].items.map { $0.items.map(\.whole) }
    return ids?.map { $0.map { Int($0) as Int? } } == expectedIDs ? nil : "ids of a batch"
  }

  static func decode(_ row: [JSONValue], _ tokenizer: Tokenizer) -> String? {
    let ids = row[1].items.compactMap { $0.whole.flatMap(UInt32.init(exactly:)) }
    let skips = row[2] == .bool(true)
    guard let expected = row[3].text else { return nil }
    let text = tokenizer.decode(ids, skipsSpecialTokens: skips)
    var stream = tokenizer.makeStreamingDecoder(skipsSpecialTokens: skips)
    let streamed = ids.map { stream.push($0) }.joined() + stream.finish()
    guard streamed.utf8.elementsEqual(expected.utf8) else {
      return "streamed \(streamed.debugDescription), not \(expected.debugDescription)"
    }
    return text.utf8.elementsEqual(expected.utf8)
      ? nil : "decoded \(text.debugDescription), not \(expected.debugDescription)"
  }

  private static func sequence(_ value: JSONValue) -> EncodingInput.Sequence {
    value.text.map { .text($0) } ?? .words(value.items.map { $0.text ?? "" })
  }

  // MARK: Encodings

  private static func difference(
    _ encoding: Encoding, _ expected: JSONValue, _ texts: [JSONValue]
  ) -> String? {
    let fields = expected.items
    guard fields.count == 10 else { return "not an encoding" }
    func whole(_ index: Int) -> [Int?] { fields[index].items.map(\.whole) }
    let found: [(String, [Int?], Int)] = [
      ("ids", encoding.ids.map { Int($0) }, 0), ("types", encoding.typeIDs.map { Int($0) }, 1),
      ("words", encoding.wordIDs, 4), ("sequences", encoding.sequenceIDs, 5),
      ("special", encoding.specialTokensMask.map { Int($0) }, 6),
      ("attention", encoding.attentionMask.map { Int($0) }, 7),
      ("sequence count", [encoding.sequenceCount], 8),
    ]
    for (name, ours, index) in found {
      let theirs = index == 8 ? [fields[8].whole] : whole(index)
      if ours != theirs { return "\(name): \(ours), not \(theirs)" }
    }
    let tokens = fields[2].items.map { Array(($0.text ?? "").utf8) }
    if encoding.tokens.map({ Array($0.utf8) }) != tokens { return "tokens: \(encoding.tokens)" }
    for (index, theirs) in fields[3].items.enumerated() {
      guard agrees(encoding.ranges[index], theirs, ofToken: index, encoding, texts) else {
        return "offset \(index): \(encoding.ranges[index]), not \(theirs)"
      }
    }
    let overflowing = fields[9].items
    guard overflowing.count == encoding.overflowing.count else {
      return "overflowing: \(encoding.overflowing.count), not \(overflowing.count)"
    }
    for (part, other) in zip(encoding.overflowing, overflowing) {
      if let difference = difference(part, other, texts) { return "overflowing: \(difference)" }
    }
    return nil
  }

  /// Whether a range of bytes is `theirs` in scalars of the text that the token came from.
  private static func agrees(
    _ range: Range<Int>?, _ theirs: JSONValue, ofToken index: Int, _ encoding: Encoding,
    _ texts: [JSONValue]
  ) -> Bool {
    guard let range, let word = encoding.wordIDs[index] else { return range == theirs.range }
    return textNumbers(ofToken: index, encoding, texts).contains { number in
      let text = texts[number]
      let source = text.text ?? (word < text.items.count ? text.items[word].text : nil) ?? ""
      let bytes = Array(source.utf8)
      let map = OffsetMap(bytes.span, unit: .scalars)
      return map.offset(of: range.lowerBound)..<map.offset(of: range.upperBound) == theirs.range
    }
  }

  /// Which of the texts a token came from. Where processors stand one behind another, sequence ids
  /// name parts instead, and nothing tells: then either is taken.
  private static func textNumbers(
    ofToken index: Int, _ encoding: Encoding, _ texts: [JSONValue]
  ) -> [Int] {
    if texts[1] == .null { return [0] }
    // Nothing but types is known of what overflows where there is no post-processor.
    if encoding.sequenceRanges.isEmpty { return [encoding.typeIDs[index] == 1 ? 1 : 0] }
    let others = encoding.sequenceRanges.keys.contains { $0 > 1 }
    let sequence = encoding.sequenceIDs[index]
    guard let sequence, !others, encoding.sequenceRanges.count == 2 else { return [0, 1] }
    return [sequence]
  }

  // MARK: Look-ups

  private static func lookUps(
    _ encoding: Encoding, _ expected: JSONValue, _ texts: [JSONValue]
  ) -> String? {
    let tokens = expected.items[0].items
    // A token in several sequences: the reference names one by chance.
    let clear = encoding.ids.indices.filter { index in
      encoding.sequenceRanges.values.count { $0.contains(index) } < 2
    }
    for index in clear {
      let theirs = (0..<3).map { tokens[$0].items[index] }
      guard encoding.sequence(ofToken: index) == theirs[0].whole else { return "token_to_sequence" }
      guard encoding.word(ofToken: index) == theirs[1].whole else { return "token_to_word" }
      let range = encoding.range(ofToken: index)
      guard agrees(range, theirs[2], ofToken: index, encoding, texts) else {
        return "token_to_chars"
      }
    }
    for (sequence, answers) in expected.items[1].items.map(\.items).enumerated() {
      if let difference = places(encoding, answers, texts, sequence) { return difference }
    }
    return nil
  }

  private static func places(
    _ encoding: Encoding, _ answers: [JSONValue], _ texts: [JSONValue], _ sequence: Int
  ) -> String? {
    for (word, theirs) in answers[0].items.enumerated() {
      guard encoding.tokens(ofWord: word, inSequence: sequence) == theirs.range else {
        return "word_to_tokens(\(word), \(sequence))"
      }
    }
    for (word, theirs) in answers[1].items.enumerated() {
      let range = encoding.range(ofWord: word, inSequence: sequence)
      let tokens = encoding.tokens(ofWord: word, inSequence: sequence)
      let index = tokens?.lowerBound ?? 0
      guard
        range == nil && theirs.range == nil
          || agrees(range, theirs, ofToken: index, encoding, texts)
      else {
        return "word_to_chars(\(word), \(sequence))"
      }
    }
    guard let text = texts[sequence].text else { return nil }
    var offset = 0
    for (place, scalar) in text.unicodeScalars.enumerated() {
      guard encoding.token(at: offset, inSequence: sequence) == answers[2].items[place].whole else {
        return "char_to_token(\(place), \(sequence))"
      }
      guard encoding.word(at: offset, inSequence: sequence) == answers[3].items[place].whole else {
        return "char_to_word(\(place), \(sequence))"
      }
      offset += UTF8.width(scalar)
    }
    return nil
  }
}
