/// A tokenizer as a SentencePiece model, and what that changes.
///
///     let conversion = try SentencePieceConversion(tokenizer)
///     conversion.notes.filter { $0.effect == .lost }      // what a .model cannot say
///     SentencePieceFile.write(conversion.model, to: &file)
///
/// Ids are kept, all of them.
public struct SentencePieceConversion: Sendable {
  /// The model.
  public internal(set) var model: SentencePieceModel
  /// What is carried over, what differs, what is lost.
  public var notes: [ConversionNote] { log.all }
  var log = ConversionNotes()

  /// Converts `tokenizer`.
  /// - Parameter name: the name of the normaliser's rules in the file; nothing depends on it.
  /// - Throws: `ConversionError` where the format has no form for it at all: byte-level models, words
  ///   with prefixes or suffixes, vocabularies that SentencePiece refuses to load.
  public init(
    _ tokenizer: Tokenizer, named name: String = "user_defined"
  ) throws(ConversionError) {
    model = SentencePieceModel(pieces: [])
    if case .sentencePiece(let processor) = tokenizer.model {
      model = processor.vocabulary.model
      return
    }
    model.normalizer.name = name
    try setNormalizer(tokenizer.frontEnd)
    try setPieces(tokenizer)
    setSpecialTokens(tokenizer)
    setSurroundings(tokenizer)
  }

  private mutating func setPieces(_ tokenizer: Tokenizer) throws(ConversionError) {
    switch tokenizer.model {
    case .unigram(let unigram): try setPieces(unigram)
    case .bpe(let bpe): try setPieces(bpe)
    default:
      throw ConversionError(
        part: "model", reason: "only Unigram and BPE models have a form in SentencePiece")
    }
    try addTokens(tokenizer)
    hideUnreachable(tokenizer)
    if case .unigram(let unigram) = tokenizer.model { tellScores(unigram) }
    try checkPieces()
    model.trainer.vocabularySize = Int32(clamping: model.pieces.count)
    model.trainer.splitsByWhitespace = !model.hasPiecesAcrossSpaces(kinds: [.normal])
  }

  private mutating func setPieces(_ unigram: UnigramModel) throws(ConversionError) {
    model.trainer.algorithm = .unigram
    model.trainer.hasByteFallback = unigram.byteFallback && !unigram.byteIDs.contains(nil)
    model.pieces = zip(unigram.pieces, unigram.scores).map { .init($0, score: Float($1)) }
    if model.pieces.contains(where: { !$0.score.isFinite }) {
      throw ConversionError(part: "model.vocab", reason: "a score is not a finite number")
    }
    try setUnknown(unigram.unknownID)
    if model.trainer.hasByteFallback { setBytes(unigram.byteIDs) }
    if unigram.byteFallback, !model.trainer.hasByteFallback {
      log.carry("model.byte_fallback", "off: not all of the 256 byte pieces are there")
    }
  }

  /// Where scores do not say the same to both.
  private mutating func tellScores(_ unigram: UnigramModel) {
    if !Agreement.hasExactSums(model) {
      log.differ(
        .sums, "model",
        "SentencePiece adds scores in 32 bits over the whole line, tokenizers in 64 bits a word: of two "
          + "ways to cut a word whose scores agree to six digits the other may win")
    }
    let normal = model.pieces.lazy.filter { $0.kind == .normal }.map(\.score).min() ?? 0
    if Float(unigram.scores.min() ?? 0) < normal {
      log.differ(
        .unknownScore, "model",
        "the score of unknown characters: pieces that become special or unused have lower ones")
    }
  }

  private mutating func setUnknown(_ id: UInt32?) throws(ConversionError) {
    if let id {
      model.pieces[Int(id)].kind = .unknown
      model.pieces[Int(id)].score = 0
      model.trainer.unknownPiece = model.pieces[Int(id)].text
    } else if !model.trainer.hasByteFallback {
      throw ConversionError(
        part: "model", reason: "there is no unknown token, and SentencePiece asks for one")
    }
  }

  private mutating func setBytes(_ ids: [UInt32?]) {
    for id in ids.compactMap(\.self) {
      model.pieces[Int(id)].kind = .byte
      model.pieces[Int(id)].score = 0
    }
  }

  private mutating func setPieces(_ bpe: BPEModel) throws(ConversionError) {
    let options = bpe.options
    if options.isByteLevel {
      throw ConversionError(
        part: "model", reason: "a byte-level model, and SentencePiece knows characters only")
    }
    if !(options.continuingSubwordPrefix ?? "").isEmpty || !(options.endOfWordSuffix ?? "").isEmpty
    {
      throw ConversionError(
        part: "model",
        reason: "continuing_subword_prefix and end_of_word_suffix have no form in SentencePiece")
    }
    let order = BPEScores(bpe)
    model.trainer.algorithm = .bpe
    model.trainer.hasByteFallback = options.byteFallback && !bpe.byteIDs.contains(nil)
    model.pieces = zip(bpe.pieces, order.scores).map { .init($0, score: $1) }
    try setUnknown(bpe.unknownID)
    if model.trainer.hasByteFallback { setBytes(bpe.byteIDs) }
    if order.otherWays > 0 {
      log.differ(
        .joins, "model.merges",
        "SentencePiece joins any two neighbours that make a piece: \(order.otherWays) of "
          + "\(order.merged) merged pieces can also be joined from other parts than the merges name"
      )
    }
    if options.ignoresMerges {
      log.differ(.joins, "model.ignore_merges", "words are merged even where they are pieces")
    }
    if !options.fusesUnknown, !model.trainer.hasByteFallback {
      log.differ(.unknownRuns, "model.fuse_unk", "neighbouring unknown characters are one token")
    }
    if (options.dropout ?? 0) > 0 {
      log.lose("model.dropout", "a .model holds none; ask for it when encoding")
    }
  }

  /// What SentencePiece refuses when it loads a model.
  private func checkPieces() throws(ConversionError) {
    var seen = Set<[UInt8]>()
    for (id, piece) in model.pieces.enumerated() {
      func refuse(_ reason: String) -> ConversionError {
        ConversionError(part: "model.vocab[\(id)]", reason: reason + ": SentencePiece refuses it")
      }
      if piece.text.isEmpty { throw refuse("an empty piece") }
      if piece.text.utf8.count >= 8000 { throw refuse("a piece of 8000 bytes or more") }
      if piece.text.utf8.contains(0) { throw refuse("a piece with a NUL") }
      if !seen.insert(Array(piece.text.utf8)).inserted {
        throw refuse("a piece that is there twice")
      }
    }
  }

  /// Added tokens as control and user-defined pieces.
  private mutating func addTokens(_ tokenizer: Tokenizer) throws(ConversionError) {
    for token in tokenizer.addedTokens {
      let id = Int(token.id)
      guard id < 1 << 24 else {
        throw ConversionError(part: "added_tokens", reason: "the id \(id) is too large")
      }
      while model.pieces.count <= id {
        model.pieces.append(.init("<unused \(model.pieces.count)>", kind: .unused))
      }
      let text = model.pieces[id].text
      guard text.utf8.elementsEqual(token.content.utf8) || text == "<unused \(id)>" else {
        throw ConversionError(
          part: "added_tokens", reason: "'\(token.content)' has the id of the piece '\(text)'")
      }
      if model.pieces[id].kind == .unknown { continue }
      model.pieces[id] = .init(token.content, kind: token.isSpecial ? .control : .userDefined)
    }
  }

  /// Pieces that the pre-tokenizer never lets the model see whole must not be found by one that has no
  /// pre-tokenizer.
  private mutating func hideUnreachable(_ tokenizer: Tokenizer) {
    let stages = tokenizer.frontEnd.preTokenizer.flattened
    let known = Agreement.characters(tokenizer.model.pieces)
    if !model.trainer.hasByteFallback, Agreement.cutsUnknown(stages, known: known) {
      log.differ(
        .unknownRuns, "pre_tokenizer",
        "unknown characters on both sides of a place where it cuts are one token")
    }
    let cut = stages.filter {
      if case .metaspace = $0 { false } else { $0 != TextFrontEnd.markerBehind }
    }
    guard !cut.isEmpty else { return }
    let splitting = PlainSplitting(.sequence(cut))
    var hidden = 0
    for id in model.pieces.indices where model.pieces[id].kind == .normal {
      let bytes = Array(model.pieces[id].text.utf8)
      let parts = bytes.withUnsafeBufferPointer { buffer in
        let text = try? ScalarText(decoding: buffer, in: 0..<buffer.count)
        return text.flatMap { try? splitting.words(of: $0, isFirst: true).count } ?? 1
      }
      guard parts > 1 else { continue }
      hidden += 1
      model.pieces[id].kind = .unused
    }
    log.carry(
      "pre_tokenizer",
      hidden == 0
        ? "no piece reaches across a place where it cuts, so none can be found across one"
        : "\(hidden) pieces that reach across a place where it cuts become unused pieces")
    if hidden > 0, model.trainer.algorithm == .bpe {
      log.differ(.joins, "pre_tokenizer", "in BPE, unused pieces are joined and taken apart again")
    }
  }

  /// The roles of special tokens, as `spm_train` writes them.
  private mutating func setSpecialTokens(_ tokenizer: Tokenizer) {
    func id(_ names: [String], _ kind: SentencePieceModel.Kind) -> Int? {
      model.pieces.firstIndex { piece in
        piece.kind == kind && names.contains { $0.utf8.elementsEqual(piece.text.utf8) }
      }
    }
    let unknown = model.pieces.firstIndex { $0.kind == .unknown }
    let around = tokenizer.postProcessor?.around ?? (nil, nil)
    let begin = id([around.0].compactMap(\.self), .control) ?? id(["<s>", "[CLS]"], .control)
    let end = id([around.1].compactMap(\.self), .control) ?? id(["</s>", "[SEP]"], .control)
    let padding = id(["<pad>", "[PAD]"], .control)
    if let begin { model.trainer.beginPiece = model.pieces[begin].text }
    if let end { model.trainer.endPiece = model.pieces[end].text }
    if let padding { model.trainer.paddingPiece = model.pieces[padding].text }
    var fields = ProtobufWriter()
    let roles = [begin, end, padding].compactMap(\.self)
    for (id, piece) in model.pieces.enumerated()
    where piece.kind == .control && !roles.contains(id) {
      fields.write(30, piece.text)
    }
    for piece in model.pieces where piece.kind == .userDefined { fields.write(31, piece.text) }
    for (number, id) in [(40, unknown), (41, begin), (42, end), (43, padding)] {
      fields.write(UInt32(number), Int32(id ?? -1))
    }
    model.trainer.otherFields = fields.finish()
    tellSpecialTokens(tokenizer)
  }

  private mutating func tellSpecialTokens(_ tokenizer: Tokenizer) {
    let names = tokenizer.addedTokens.filter(\.isSpecial).map(\.content).joined(separator: " ")
    if !names.isEmpty {
      log.differ(
        .specialNames, "added_tokens",
        "\(names): control pieces are never found in a text, so their names in a text are text")
    }
    let symbols = tokenizer.addedTokens.filter { !$0.isSpecial }
    if !symbols.isEmpty {
      log.differ(
        .addedTokens, "added_tokens",
        "\(symbols.map(\.content).joined(separator: " ")): user-defined pieces do not part the text: "
          + "what stands behind one gets no space in front")
    }
    let choosy = tokenizer.addedTokens.filter { $0.singleWord || $0.stripsLeft || $0.stripsRight }
    if !choosy.isEmpty {
      log.differ(
        choosy.allSatisfy(\.isSpecial) ? .specialNames : .addedTokens, "added_tokens",
        "single_word, lstrip and rstrip have no form in SentencePiece")
    }
  }

  /// What is around the model in tokenizer.json.
  private mutating func setSurroundings(_ tokenizer: Tokenizer) {
    if let around = tokenizer.postProcessor?.around, let begin = around.0, let end = around.1 {
      log.carry(
        "post_processor",
        "\(begin) and \(end) are put around a text where bos and eos are asked for; pairs and types "
          + "have no form in SentencePiece")
    } else if tokenizer.postProcessor != nil {
      log.lose("post_processor", "what it puts around a text has no form in SentencePiece")
    }
    if tokenizer.truncation != nil || tokenizer.padding != nil {
      log.lose("truncation", "truncation and padding have no form in SentencePiece")
    }
    let usual: [Decoder?] = [
      .metaspace(), .sequence([.byteFallback, .metaspace()]),
      .metaspace(replacement: "\u{2581}", prependScheme: .never),
      .sequence([.byteFallback, .metaspace(replacement: "\u{2581}", prependScheme: .never)]),
    ]
    if !usual.contains(tokenizer.decoder) {
      log.differ(.decoding, "decoder", "SentencePiece decodes in its own way")
    }
  }
}

extension PostProcessor {
  /// The tokens before and after a single text, where there is one each.
  var around: (String?, String?)? {
    switch self {
    case .bert(let cls, let sep), .roberta(let cls, let sep, _, _):
      return (cls.content, sep.content)
    case .byteLevel: return nil
    case .sequence(let all): return all.lazy.compactMap(\.around).first
    case .template(let template):
      let parts = template.single
      guard parts.count == 3, case .special(let begin, _) = parts[0], case .first = parts[1],
        case .special(let end, _) = parts[2]
      else { return nil }
      return (
        template.special(named: begin)?.tokens.first, template.special(named: end)?.tokens.first
      )
    }
  }
}

extension SentencePieceModel {
  /// Whether a piece goes on behind a space, so that words must not be cut apart.
  func hasPiecesAcrossSpaces(kinds: [Kind]) -> Bool {
    pieces.contains { piece in
      let scalars = piece.text.unicodeScalars
      guard kinds.contains(piece.kind) else { return false }
      return trainer.treatsWhitespaceAsSuffix
        ? scalars.dropLast().contains("\u{2581}") : scalars.dropFirst().contains("\u{2581}")
    }
  }
}
