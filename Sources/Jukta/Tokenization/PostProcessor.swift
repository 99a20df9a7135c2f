/// What becomes of encoded texts at the end, under tokenizer.json's names: special tokens are put
/// around them, types are set, ranges are trimmed.
///
///     let around = PostProcessor.sequence([
///       .byteLevel(ByteLevelOffsets()), .template(.bert(cls: cls, sep: sep)),
///     ])
public indirect enum PostProcessor: Sendable, Equatable {
  /// Special tokens and types by a template.
  case template(Template)
  /// BERT's `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`; the second text and its end have type 1.
  case bert(cls: Token, sep: Token)
  /// RoBERTa's `<s> A </s>` and `<s> A </s></s> B </s>`, all of type 0. With `trimsOffsets`, ranges
  /// lose the spaces at their ends, as ByteLevel's do.
  case roberta(
    cls: Token, sep: Token, trimsOffsets: Bool = true, addsPrefixSpace: Bool = true)
  /// Ranges lose the spaces at their ends.
  case byteLevel(ByteLevelOffsets)
  /// Several, one after another: each works on what the one before left, part by part.
  case sequence([PostProcessor])

  /// A token that is put in.
  public struct Token: Sendable, Equatable {
    /// Its text.
    public var content: String
    /// Its id.
    public var id: UInt32

    /// Creates a token.
    public init(_ content: String, id: UInt32) {
      self.content = content
      self.id = id
    }

    /// An added token.
    public init(_ token: AddedToken) { self.init(token.content, id: token.id) }
  }

  /// How many tokens are put in.
  func addedCount(isPair: Bool) -> Int {
    switch self {
    case .template(let template): template.addedCount(isPair: isPair)
    case .bert: isPair ? 3 : 2
    case .roberta: isPair ? 4 : 2
    case .byteLevel: 0
    case .sequence(let all): all.reduce(0) { $0 + $1.addedCount(isPair: isPair) }
    }
  }

  /// How ranges are trimmed, for which the text is needed.
  var trims: [ByteLevelOffsets] {
    switch self {
    case .template, .bert: []
    case .roberta(_, _, let trims, let addsPrefixSpace):
      trims ? [ByteLevelOffsets(addsPrefixSpace: addsPrefixSpace)] : []
    case .byteLevel(let offsets): offsets.trims ? [offsets] : []
    case .sequence(let all): all.flatMap(\.trims)
    }
  }
}

/// A template that was given more texts than it knows: it stands behind another one.
public enum PostProcessorError: Error, Equatable, CustomStringConvertible {
  /// A template takes one text or two.
  case templateOfParts(Int)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .templateOfParts(let count):
      "post-processor: a template takes one text or two, but what stands before it left \(count) parts; put it first or leave one out"
    }
  }
}

/// What an encoding came from: needed where ranges are trimmed by characters.
enum SourceText {
  case unknown
  case text([UInt8])
  /// Words, each with ranges of its own.
  case words([[UInt8]])
}
