/// Puts a tokenizer together from its parts, in the order in which text goes through them.
///
///     let tokenizer = try TokenizerBuilder(.unigram(model))
///       .normalizer(.nmt, .nfkc(), .lowercase)
///       .preTokenizer(.metaspace(), .digits(individual: true), .punctuation())
///       .specialTokens("<pad>", "<unk>", "[CLS]", "[SEP]", .init("[MASK]", stripsLeft: true))
///       .template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B:1 [SEP]:1")
///       .decoder(.metaspace())
///       .truncation(to: 512)
///       .padding(with: "<pad>")
///       .build()
///
/// Each part may be left out; one that is given twice takes the place of the first, but tokens add
/// up. Nothing is checked before `build()`. Added tokens get their ids there: the model's where it
/// knows them, else the next free ones.
public struct TokenizerBuilder: Sendable {
  private var model: TokenizerModel
  private var normalizer = NormalizerPart.steps([])
  private var stages: [PreTokenizer] = []
  private var given: [AddedToken] = []
  private var tokens: [(definition: AddedToken.Definition, isSpecial: Bool)] = []
  private var processors: [Processor] = []
  private var decoder: Decoder?
  private var truncation: Truncation?
  private var padding: (rule: Padding, hasID: Bool)?

  private enum NormalizerPart {
    case steps([NormalizationStep])
    /// One that is there: a SentencePiece model's has no steps.
    case whole(Normalizer)

    func make() throws(NormalizationError) -> Normalizer {
      switch self {
      case .steps(let steps): try Normalizer(steps)
      case .whole(let normalizer): normalizer
      }
    }
  }

  private enum Processor {
    case whole(PostProcessor)
    case template(single: String, pair: String)
  }

  /// Starts from a model.
  public init(_ model: TokenizerModel) { self.model = model }

  /// Starts from a tokenizer whose parts are to be changed.
  public init(copying tokenizer: Tokenizer) {
    model = tokenizer.model
    normalizer = .whole(tokenizer.frontEnd.normalizer)
    stages = [tokenizer.frontEnd.preTokenizer]
    given = tokenizer.addedTokens
    processors = tokenizer.postProcessor.map { [.whole($0)] } ?? []
    decoder = tokenizer.decoder
    truncation = tokenizer.truncation
    padding = tokenizer.padding.map { ($0, true) }
  }

  private func with(_ change: (inout TokenizerBuilder) -> Void) -> TokenizerBuilder {
    var changed = self
    change(&changed)
    return changed
  }

  /// Normalises text by these steps, one after another.
  public func normalizer(_ steps: NormalizationStep...) -> TokenizerBuilder {
    with { $0.normalizer = .steps(steps) }
  }

  /// Normalises text by a preset or a pipeline that there is.
  public func normalizer(_ normalizer: Normalizer) -> TokenizerBuilder {
    with { $0.normalizer = .whole(normalizer) }
  }

  /// Cuts normalised text into words by these, one after another.
  public func preTokenizer(_ stages: PreTokenizer...) -> TokenizerBuilder {
    with { $0.stages = stages }
  }

  /// Adds tokens that are left out of decoded text where that is asked for.
  public func specialTokens(_ definitions: AddedToken.Definition...) -> TokenizerBuilder {
    with { $0.tokens += definitions.map { ($0, true) } }
  }

  /// Adds tokens that are cut out of the text before the model sees it.
  public func addedTokens(_ definitions: AddedToken.Definition...) -> TokenizerBuilder {
    with { $0.tokens += definitions.map { ($0, false) } }
  }

  /// Post-processes with these, one after another.
  public func postProcessor(_ processors: PostProcessor...) -> TokenizerBuilder {
    with { $0.processors = processors.map { .whole($0) } }
  }

  /// Puts tokens around texts, behind what is there of post-processors.
  ///
  /// Parts are parted by spaces: `$A` and `$B` for the texts, others for tokens by their content;
  /// `:1` gives a part a type. The tokens must have been added, or be the model's.
  /// - Parameter pair: what stands around a pair.
  public func template(
    single: String, pair: String = "$A $B:1"
  ) -> TokenizerBuilder {
    with { builder in
      builder.processors.removeAll { if case .template = $0 { true } else { false } }
      builder.processors.append(.template(single: single, pair: pair))
    }
  }

  /// Decodes with these, one after another; without any, tokens are joined with spaces.
  public func decoder(_ decoders: Decoder...) -> TokenizerBuilder {
    with { $0.decoder = decoders.count == 1 ? decoders[0] : .sequence(decoders) }
  }

  /// Cuts texts to a length.
  public func truncation(
    to maximumLength: Int, _ strategy: Truncation.Strategy = .longestFirst, stride: Int = 0,
    direction: Truncation.Direction = .right
  ) -> TokenizerBuilder {
    with {
      $0.truncation = Truncation(
        maximumLength: maximumLength, strategy: strategy, stride: stride, direction: direction)
    }
  }

  /// Fills encodings up with a token, which must have been added or be the model's.
  public func padding(
    with token: String, to length: Padding.Length = .longest, multipleOf multiple: Int? = nil,
    direction: Padding.Direction = .right, typeID: UInt32 = 0
  ) -> TokenizerBuilder {
    with {
      $0.padding = (
        Padding(
          length: length, direction: direction, multiple: multiple, typeID: typeID, token: token),
        false
      )
    }
  }

  /// The tokenizer.
  /// - Throws: `TokenizerBuildError` where a token that is named does not exist, or a template makes
  ///   no sense; `NormalizationError` where a pattern does not compile; `ModelError`.
  public func build() throws -> Tokenizer {
    let preTokenizer = stages.count == 1 ? stages[0] : PreTokenizer.sequence(stages)
    let model = try model(behind: preTokenizer)
    var list = AddedTokenList(model, given)
    for (definition, isSpecial) in tokens {
      _ = list.add(definition.content) { definition.token(id: $0, isSpecial: isSpecial) }
    }
    func id(of token: String) throws(TokenizerBuildError) -> UInt32 {
      guard let id = list.id(of: token) else { throw .unknownToken(token) }
      return id
    }
    let processors = try processors.map { processor throws(TokenizerBuildError) in
      switch processor {
      case .whole(let whole): whole
      case .template(let single, let pair):
        PostProcessor.template(try Template(single: single, pair: pair, ids: id))
      }
    }
    var padding = padding?.rule
    if let token = padding?.token, self.padding?.hasID == false { padding?.id = try id(of: token) }
    return try Tokenizer(
      frontEnd: TextFrontEnd(
        normalizer: normalizer.make(), preTokenizer: preTokenizer, spellsBytes: !model.takesBytes),
      model: model, addedTokens: list.tokens,
      postProcessor: processors.count < 2 ? processors.first : .sequence(processors),
      decoder: decoder, truncation: truncation, padding: padding)
  }

  /// The model, told whether words reach it as bytes: that is for the pre-tokenizer to say, unless the
  /// model must see their spelling.
  private func model(behind preTokenizer: PreTokenizer) throws(ModelError) -> TokenizerModel {
    guard case .bpe(let bpe) = model else { return model }
    var options = bpe.options
    options.isByteLevel = preTokenizer.isByteLevel && bpe.canTakeBytes
    guard options.isByteLevel != bpe.options.isByteLevel else { return model }
    return .bpe(try BPEModel(pieces: bpe.pieces, merges: bpe.merges, options: options))
  }
}

/// Parts that do not go together.
public enum TokenizerBuildError: Error, Equatable, CustomStringConvertible {
  /// A template or padding names a token that nobody knows.
  case unknownToken(String)
  /// A part of a template that is no text, token or type.
  case badTemplatePart(String)
  /// A template for a single text that asks for a second, or one for a pair without both.
  case wrongTexts(String)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .unknownToken(let token):
      "the token '\(token)' is neither added nor in the model's vocabulary; add it with specialTokens(\"\(token)\")"
    case .badTemplatePart(let part):
      "template: '\(part)' is no part; expected $A, $B or a token, and perhaps a type, as in [SEP]:1"
    case .wrongTexts(let template):
      "template: '\(template)': a single text is $A, and a pair has both $A and $B"
    }
  }
}
