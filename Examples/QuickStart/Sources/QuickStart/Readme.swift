import Jukta

/// What README.md shows, with a model of yours: `swift run QuickStart SAMPLE MODEL`.
func readme(model: String) async throws {
  let tokenizer = try Tokenizer(contentsOf: model)
  let encoding = try tokenizer.encode("আমি বাংলায় গান গাই।")
  print(encoding.tokens, encoding.ids)
  print(encoding.ranges)
  print(tokenizer.decode(encoding.ids))

  let clean = try Normalizer.preset(named: "bengali").normalize("অামি  যাব ৷")
  print(clean.text)
  print(clean.alignment.originalRange(of: 10..<19))

  var encoder = try tokenizer.makeEncoder()
  var ids: [UInt32] = []
  try encoder.encode("আরেকটি লাইন".utf8Span.span, into: &ids)
  print(ids)

  let pair = try tokenizer.encode("কে গান গায়?", pair: "মেয়েটি গান গায়।")
  print(pair.typeIDs, pair.sequenceIDs)
  let batch = try await tokenizer.encodeBatch(["এক", "দুই"])
  print(batch.map(\.ids))
  print(encoding.ranges(in: "আমি বাংলায় গান গাই।").count)
  var stream = tokenizer.makeStreamingDecoder()
  print(ids.map { stream.push($0) }, stream.finish())
}
