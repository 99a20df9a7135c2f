/// A SentencePiece model as a tokenizer that tokenizer.json can hold, and what that changes.
///
///     let conversion = try TokenizerConversion(model)
///     TokenizerJSON.write(conversion.tokenizer, to: &file)
///
/// Ids are kept, all of them.
public struct TokenizerConversion: Sendable {
  /// The tokenizer.
  public let tokenizer: Tokenizer
  /// What is carried over, what differs, what is lost.
  public let notes: [ConversionNote]

  /// Converts `model`.
  /// - Throws: `ConversionError` where tokenizer.json has no form for it at all: word
  ///   models; or what `Tokenizer` throws.
  public init(_ model: SentencePieceModel) throws {
    var parts = Parts(model)
    let frontEnd = try parts.frontEnd()
    let tokenizerModel = try parts.model()
    let added = parts.addedTokens()
    notes = parts.log.all
    tokenizer = try Tokenizer(
      frontEnd: frontEnd, model: tokenizerModel, addedTokens: added, decoder: parts.decoder)
  }

  /// What is converted, part by part.
  private struct Parts {
    let source: SentencePieceModel
    var log = ConversionNotes()

    init(_ source: SentencePieceModel) { self.source = source }

    private func count(_ kind: SentencePieceModel.Kind) -> Int {
      source.pieces.count { $0.kind == kind }
    }

    mutating func frontEnd() throws -> TextFrontEnd {
      let settings = source.normalizer
      guard settings.escapesWhitespace else {
        throw ConversionError(
          part: "normalizer", reason: "escape_whitespaces is off, which tokenizer.json cannot say")
      }
      var steps = try SentencePiecePipeline.steps(settings.precompiledMap, &log)
      let isBehind = source.trainer.treatsWhitespaceAsSuffix
      var options = SentencePieceNormalizer.Options()
      options.addsDummyPrefix = settings.addsDummyPrefix
      options.removesExtraWhitespace = settings.removesExtraWhitespace
      options.treatsWhitespaceAsSuffix = isBehind
      let hasPrefix = settings.addsDummyPrefix && !isBehind
      // A space in front becomes the marker that Metaspace would put there; where spaces are kept, Metaspace
      // leaves a text alone that begins with one, and SentencePiece never does.
      steps += SpaceSteps.steps(options, leavesFront: hasPrefix)
      var scheme = PreTokenizer.PrependScheme.never
      if hasPrefix, settings.removesExtraWhitespace {
        scheme = count(.userDefined) > 0 ? .first : .always
      }
      let split = !source.hasPiecesAcrossSpaces(kinds: [.normal, .userDefined])
      let known = Agreement.characters(source.pieces.lazy.map(\.text))
      if split, !source.trainer.hasByteFallback, !known.contains(0x2581) {
        log.differ(
          .unknownRuns, "pre_tokenizer",
          "▁ is no piece: unknown characters on both sides of a space are tokens of their own")
      }
      log.carry(
        "pre_tokenizer",
        split
          ? "words are cut at each ▁, as no piece has one inside"
          : "words are cut nowhere: some pieces have a ▁ inside")
      if isBehind {
        return TextFrontEnd(
          normalizer: try Normalizer(steps),
          preTokenizer: split ? TextFrontEnd.markerBehind : .sequence([]))
      }
      return TextFrontEnd(
        normalizer: try Normalizer(steps),
        preTokenizer: .metaspace(prependScheme: scheme, split: split))
    }

    var decoder: Decoder {
      let marker = Decoder.metaspace(
        replacement: "\u{2581}",
        prependScheme: source.normalizer.addsDummyPrefix && !source.trainer.treatsWhitespaceAsSuffix
          ? .always : .never)
      return source.trainer.hasByteFallback ? .sequence([.byteFallback, marker]) : marker
    }

    mutating func model() throws -> TokenizerModel {
      if count(.unused) > 0 {
        log.lose(
          "model.vocab",
          "\(count(.unused)) unused pieces: tokenizer.json gives them out like others")
      }
      let unknown = source.pieces.firstIndex { $0.kind == .unknown }
      switch source.trainer.algorithm {
      case .unigram: return try unigram(unknown)
      case .bpe: return try bpe(unknown)
      case .character:
        // Characters leave nothing to choose, so Unigram finds the same.
        let isPlain = source.pieces.allSatisfy {
          $0.kind != .normal || $0.text.unicodeScalars.count == 1
        }
        guard isPlain else {
          throw ConversionError(
            part: "model", reason: "a character model with a piece of several characters")
        }
        return try unigram(unknown)
      case .word:
        throw ConversionError(
          part: "model",
          reason:
            "word models have no form in tokenizer.json: unknown words side by side are one token")
      }
    }

    private mutating func unigram(_ unknown: Int?) throws -> TokenizerModel {
      if source.trainer.algorithm == .unigram, !Agreement.hasExactSums(source) {
        log.differ(
          .sums, "model",
          "tokenizers adds scores in 64 bits a word, SentencePiece in 32 bits over the whole line: of two "
            + "ways to cut a word whose scores agree to six digits the other may win")
      }
      let normal = source.pieces.lazy.filter { $0.kind == .normal }.map(\.score).min() ?? 0
      if source.pieces.contains(where: { $0.kind != .normal && $0.score < normal }) {
        log.differ(
          .unknownScore, "model", "the score of unknown characters: special pieces have lower ones")
      }
      return .unigram(
        try UnigramModel(
          pieces: source.pieces.map { ($0.text, Double($0.score)) }, unknownID: unknown,
          byteFallback: source.trainer.hasByteFallback))
    }

    private mutating func bpe(_ unknown: Int?) throws -> TokenizerModel {
      let merges = SentencePieceMergeList(source)
      log.carry(
        "model.merges",
        "\(merges.merges.count) merges: every way to join two pieces to a piece, by its score")
      if merges.hasEqualScores {
        log.differ(
          .joins, "model.merges", "pieces of one score are joined in the order of their ids")
      }
      var options = BPEOptions()
      options.unknownToken = unknown.map { source.pieces[$0].text }
      options.fusesUnknown = true
      options.byteFallback = source.trainer.hasByteFallback
      return .bpe(
        try BPEModel(pieces: source.pieces.map(\.text), merges: merges.merges, options: options))
    }

    mutating func addedTokens() -> [AddedToken] {
      var tokens: [AddedToken] = []
      for (id, piece) in source.pieces.enumerated() {
        guard [.unknown, .control, .userDefined].contains(piece.kind) else { continue }
        var token = AddedToken(piece.text, id: UInt32(id))
        token.isSpecial = piece.kind != .userDefined
        tokens.append(token)
      }
      let special = tokens.filter(\.isSpecial).map(\.content)
      if !special.isEmpty {
        log.differ(
          .specialNames, "added_tokens",
          "\(special.joined(separator: " ")): special tokens are found where a text holds their names; "
            + "SentencePiece takes them for text")
      }
      if count(.userDefined) > 0 {
        log.differ(
          .addedTokens, "added_tokens",
          "\(count(.userDefined)) user-defined pieces are always cut out, and spaces before them go; "
            + "SentencePiece takes a better piece that holds them, and keeps the spaces")
      }
      log.carry(
        "post_processor",
        "none: SentencePiece puts nothing around a text unless bos and eos are asked for")
      return tokens
    }
  }
}
