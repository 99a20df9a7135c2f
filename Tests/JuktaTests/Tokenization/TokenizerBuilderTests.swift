import TestSupport
import Testing

@testable import Jukta

@Suite struct `Building a tokenizer` {
  static func model() throws -> TokenizerModel {
    let pieces = ["<unk>", "[CLS]", "▁", "▁আমি", "▁গান", "গা", "ই", "গাই", "।"]
    return .unigram(
      try UnigramModel(
        pieces: pieces.enumerated().map { ($1, $0 == 0 ? 0 : -Double($0)) }, unknownID: 0,
        byteFallback: false))
  }

  static func bert() throws -> TokenizerBuilder {
    TokenizerBuilder(try model())
      .normalizer(.nfkc(), .lowercase)
      .preTokenizer(.metaspace(), .punctuation())
      .specialTokens("<unk>", "[CLS]", "[SEP]", .init("[MASK]", stripsLeft: true))
      .addedTokens("জুক্ত")
      .template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B:1 [SEP]:1")
      .decoder(.metaspace())
      .truncation(to: 8, stride: 2)
      .padding(with: "[SEP]", multipleOf: 4, direction: .left)
  }

  @Test func `joins the parts, and gives added tokens the model's ids or the next ones`() throws {
    let tokenizer = try Self.bert().build()
    #expect(tokenizer.addedTokens.map(\.id) == [0, 1, 9, 10, 11])
    #expect(tokenizer.addedTokens.map(\.content) == ["<unk>", "[CLS]", "[SEP]", "[MASK]", "জুক্ত"])
    #expect(tokenizer.addedTokens.map(\.isSpecial) == [true, true, true, true, false])
    #expect(tokenizer.addedTokens.map(\.isNormalized) == [false, false, false, false, true])
    let encoding = try tokenizer.encode("আমি [MASK] গাই")
    #expect(
      encoding.tokens == ["[SEP]", "[SEP]", "[CLS]", "▁আমি", " [MASK]", "▁", "গাই", "[SEP]"])
    #expect(encoding.ids == [9, 9, 1, 3, 10, 2, 7, 9])
    #expect(tokenizer.padding?.id == 9 && tokenizer.truncation?.stride == 2)
  }

  @Test func `is written to tokenizer.json and read back the same`() throws {
    let tokenizer = try Self.bert().build()
    var file = ByteBuffer()
    try TokenizerJSON.write(tokenizer, to: &file)
    let again = try TokenizerJSON.read(file.span)
    #expect(again.postProcessor == tokenizer.postProcessor)
    #expect(again.truncation == tokenizer.truncation && again.padding == tokenizer.padding)
    #expect(again.addedTokens == tokenizer.addedTokens && again.decoder == tokenizer.decoder)
    #expect(try again.encode("আমি গাই।", pair: "গান") == tokenizer.encode("আমি গাই।", pair: "গান"))
    var copy = ByteBuffer()
    try TokenizerJSON.write(TokenizerBuilder(copying: tokenizer).build(), to: &copy)
    #expect(copy.bytes == file.bytes)
  }

  @Test func `may leave out everything but the model`() throws {
    let tokenizer = try TokenizerBuilder(Self.model()).build()
    #expect(try tokenizer.encode("▁আমি▁গান").tokens == ["▁আমি", "▁গান"])
    #expect(tokenizer.decode([3, 4]) == "▁আমি ▁গান")
    #expect(tokenizer.addedTokens.isEmpty && tokenizer.postProcessor == nil)
  }

  @Test func `takes parts of templates as the reference writes them`() throws {
    let ids: (String) throws(TokenizerBuildError) -> UInt32 = { _ in 7 }
    let template = try Template(single: "$0 x:3 $2", pair: "$b:2 $ $A:5 x", ids: ids)
    #expect(template.single == [.first(typeID: 0), .special("x", typeID: 3), .first(typeID: 2)])
    #expect(
      template.pair == [
        .second(typeID: 2), .first(typeID: 0), .first(typeID: 5), .special("x", typeID: 0),
      ])
    #expect(template.specials == [.init(name: "x", ids: [7], tokens: ["x"])])
  }

  @Test(arguments: [
    ("[CLS] $A [END]", "$A $B", "the token '[END]' is neither added nor in the model's vocabulary"),
    ("$A $C", "$A $B", "'$C' is no part"), ("$A:x", "$A $B", "'$A:x' is no part"),
    ("$A [CLS]:1:2", "$A $B", "'[CLS]:1:2' is no part"),
    ("$A $B", "$A $B", "a single text is $A"), ("$A", "$B", "a pair has both $A and $B"),
  ])
  func `says what is wrong with a template`(single: String, pair: String, says: String) throws {
    let builder = try Self.bert().template(single: single, pair: pair)
    let error = #expect(throws: TokenizerBuildError.self) { try builder.build() }
    #expect(error?.description.contains(says) == true, "\(String(describing: error))")
  }

  @Test func `says which token padding lacks`() throws {
    let builder = try Self.bert().padding(with: "<pad>")
    #expect(throws: TokenizerBuildError.unknownToken("<pad>")) { try builder.build() }
  }

  @Test func `has a BPE model take words as its pre-tokenizer gives them`() throws {
    let pieces = ByteAlphabet.scalars.map { String($0) } + ["à¦"]
    let merge = BPEMerge(left: 0xE0, right: 0xA6)
    let model = try BPEModel(pieces: pieces, merges: [merge], options: BPEOptions())
    let tokenizer = try TokenizerBuilder(.bpe(model))
      .preTokenizer(.byteLevel(addsPrefixSpace: false)).decoder(.byteLevel()).build()
    #expect(try tokenizer.encode("ক").tokens == ["à¦", "ķ"])
    #expect(tokenizer.decode(try tokenizer.encode("ক খ").ids) == "ক খ")
  }

  @Test func `keeps a normaliser of SentencePiece, given or copied`() throws {
    let rules = Normalizer(
      try SentencePieceNormalizer(
        map: SentencePieceRuleSet.nmtNFKCCaseFolded.map, options: .mapOnly))
    let tokenizer = try TokenizerBuilder(Self.model()).normalizer(rules)
      .preTokenizer(.metaspace()).build()
    #expect(tokenizer.frontEnd.normalizer.sentencePiece != nil)
    #expect(try tokenizer.frontEnd.normalizer.normalize("Ａ").text == "a")
    let copy = try TokenizerBuilder(copying: tokenizer).build()
    #expect(try copy.frontEnd.normalizer.normalize("Ａ").text == "a")
    // And steps take its place, as any part that is given twice.
    let steps = try TokenizerBuilder(copying: tokenizer).normalizer(.nfc()).build()
    #expect(steps.frontEnd.normalizer.sentencePiece == nil)
    #expect(steps.frontEnd.normalizer.steps == [.nfc()])
  }

  /// CLIP's shape: byte-level words, and a suffix on the last byte of each.
  private static func clip() throws -> TokenizerModel {
    let letters = ByteAlphabet.scalars.map { String($0) }
    var options = BPEOptions()
    options.endOfWordSuffix = "</w>"
    options.unknownToken = letters[0]
    return .bpe(
      try BPEModel(
        pieces: letters + letters.map { $0 + "</w>" } + ["ab</w>"],
        merges: [BPEMerge(left: 0x61, right: 0x100 + 0x62)], options: options))
  }

  @Test func `copies tokenizers whose models see the spelling of bytes`() throws {
    let piece = WordPieceModel(
      pieces: Pieces(["[UNK]"] + ByteAlphabet.scalars.flatMap { [String($0), "##" + String($0)] }))
    for model in [try Self.clip(), .wordPiece(piece)] {
      let built = try TokenizerBuilder(model).preTokenizer(.byteLevel(addsPrefixSpace: false))
        .build()
      var file = ByteBuffer()
      try TokenizerJSON.write(built, to: &file)
      let read = try TokenizerJSON.read(file.span)
      let copy = try TokenizerBuilder(copying: read).build()
      for text in ["ab", "ক", "ab é ab"] {
        let expected = try read.encode(text)
        #expect(try copy.encode(text) == expected, "\(text)")
        #expect(try built.encode(text) == expected, "\(text)")
        #expect(!expected.tokens.contains("[UNK]"))
      }
    }
  }
}
