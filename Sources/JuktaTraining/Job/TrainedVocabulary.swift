internal import Jukta

/// What a job needs of a vocabulary of any kind: a new trainer gives this and nothing else changes.
struct TrainedVocabulary {
  /// The kind of model, as recipe.json names it.
  let kind: String
  /// Entries.
  let size: Int
  /// The entries' texts, in the order of their ids.
  let texts: [String]
  /// Whether words are cut only where pieces end, and unknown characters joined, where spiece.model is
  /// written: both files then give the same ids.
  let sharesCuts: Bool
  /// The settings, what training did, and figures on its words, for recipe.json.
  let settings: JSONValue
  let training: JSONValue
  let figures: JSONValue
  /// What the kind alone has.
  let details: TrainedTokenizer.Details
  /// Makes the tokenizer with a front end.
  let makeTokenizer: (_ frontEnd: TextFrontEnd, _ fusesUnknown: Bool) throws -> Tokenizer

  init(
    kind: String, size: Int, texts: [String], sharesCuts: Bool, settings: JSONValue,
    training: JSONValue, figures: JSONValue, details: TrainedTokenizer.Details,
    makeTokenizer: @escaping (_ frontEnd: TextFrontEnd, _ fusesUnknown: Bool) throws -> Tokenizer
  ) {
    (self.kind, self.size, self.texts, self.sharesCuts) = (kind, size, texts, sharesCuts)
    (self.settings, self.training, self.figures) = (settings, training, figures)
    (self.details, self.makeTokenizer) = (details, makeTokenizer)
  }

  /// The tokenizer as tokenizer.json says it, and what becomes of spiece.model.
  func tokenizer(
    _ frontEnd: TextFrontEnd, preset: String, isLossy: Bool
  ) throws -> (Tokenizer, SentencePieceOutcome) {
    let shared = sharesCuts ? frontEnd.cutting(onlyAt: texts) : frontEnd
    var spiece = SentencePieceOutcome(
      try makeTokenizer(shared, sharesCuts), preset: preset, isLossy: isLossy)
    let isShared = spiece.model != nil
    let form = try (isShared ? shared : frontEnd).tokenizerJSONForm()
    spiece.add(form.notes)
    return (try makeTokenizer(form.frontEnd, isShared && sharesCuts), spiece)
  }
}
