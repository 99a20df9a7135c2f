import Jukta

/// The articles “Pairs, lengths and labels” and “Streaming text”.
func surface(of tokenizer: Tokenizer) async throws {
  let pair = try tokenizer.encode("কে গান গায়?", pair: "মেয়েটি গান গায়।")
  print(pair.typeIDs, pair.sequenceIDs)
  let words = try tokenizer.encode(words: ["মেয়েটি", "গান", "গায়"])
  print(words.wordIDs)

  var tokenizer = tokenizer
  tokenizer.truncation = Truncation(maximumLength: 8, stride: 2)
  tokenizer.padding = Padding(id: 0, token: "<pad>")
  let encoding = try tokenizer.encode("মেয়েটি গান গায়, ছেলেটি শোনে, পাখিরাও শোনে।")
  let windows = [encoding] + encoding.overflowing
  print(windows.map { $0.tokens.joined() })
  let batch = try await tokenizer.encodeBatch(["এক", "দুই তিন"])
  print(batch.map(\.attentionMask))
  print(try await tokenizer.encodeIDs(["এক", "দুই তিন"]))

  var decoder = tokenizer.makeStreamingDecoder()
  for id in encoding.ids { print(decoder.push(id), terminator: "|") }
  print(decoder.finish())
}

/// Named entities: marked in a string, learnt by token, and read back.
func labels(with tokenizer: Tokenizer) throws {
  let text = "রবীন্দ্রনাথ ঠাকুর শিলাইদহে ছিলেন।"
  let encoding = try tokenizer.encode(text)
  let ranges = encoding.ranges(in: text)

  var labels = [String](repeating: "O", count: encoding.count)
  if let name = text.firstRange(of: "রবীন্দ্রনাথ ঠাকুর"),
    let tokens = encoding.tokens(overlapping: name, of: text)
  {
    for index in tokens { labels[index] = index == tokens.lowerBound ? "B-PER" : "I-PER" }
    print(text[ranges[tokens.lowerBound].lowerBound..<ranges[tokens.upperBound - 1].upperBound])
  }
  print(zip(encoding.tokens, labels).map { "\($0)/\($1)" }.joined(separator: " "))
}

/// The article “Building a tokenizer”.
func building() throws {
  let pieces = ["<unk>", "▁", "▁আমি", "▁গান", "গাই", "।"]
  let model = try UnigramModel(
    pieces: pieces.enumerated().map { ($1, -Double($0)) }, unknownID: 0, byteFallback: false)
  var tokenizer = try TokenizerBuilder(.unigram(model))
    .normalizer(.nmt, .nfkc(), .lowercase)
    .preTokenizer(.metaspace(), .digits(individual: true), .punctuation())
    .specialTokens("<pad>", "<unk>", "[CLS]", "[SEP]", .init("[MASK]", stripsLeft: true))
    .template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B:1 [SEP]:1")
    .decoder(.metaspace())
    .truncation(to: 512)
    .padding(with: "<pad>")
    .build()
  print(try tokenizer.encode("আমি [MASK] গাই।").tokens)
  try tokenizer.addTokens(["জুক্ত", .init("#বাংলা", singleWord: true)])
  try tokenizer.addSpecialTokens(["<|user|>", "<|assistant|>"])
  print(tokenizer.addedTokens.map { "\($0.id) \($0.content)" })
}

/// Parts of a text, and ranges that hold whole letters.
func substrings(with tokenizer: Tokenizer) throws {
  let document = "শিরোনাম\nঅামি  বাংলায় গান গাই। তুমিও গাও।"
  for line in document.split(separator: "\n") {
    for sentence in SentenceSegmenter.bengali.sentences(in: line) {
      let encoding = try tokenizer.encode(sentence)
      for range in encoding.ranges(in: sentence, widenedTo: .aksharas) {
        print(sentence[range], terminator: "|")
      }
      print(sentence.aksharas.count, "aksharas")
    }
  }
  let clean = try Normalizer.bengali.normalize(document)
  if let word = clean.text.utf8.firstIndex(of: UInt8(ascii: " ")) {
    let start = clean.text.utf8.distance(from: clean.text.startIndex, to: word)
    let bytes = clean.alignment.originalRange(of: 0..<start)
    print(document[document.range(ofBytes: bytes, widenedTo: .aksharas)])
  }
}
