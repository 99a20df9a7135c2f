public import Jukta

/// A training from texts to folders: counts words, trains as many sizes as wanted, and gives tokenizers that can be
/// used and written.
///
///     var job = TrainingJob(.unigram())
///     job.vocabularySizes = [8_000, 32_000]
///     for result in try job.run(on: Corpus(["bn.jsonl.gz"])) {
///       try result.write(toFolder: "bn-\(result.size)")
///     }
///
/// The command `jukta train` runs one: the same texts and settings give the same bytes from both, whatever the
/// threads, the bound on memory and the order of texts.
public struct TrainingJob: Sendable {
  /// What is trained, and how.
  public enum Model: Sendable {
    /// A Unigram vocabulary.
    case unigram(UnigramSettings = .usual)
    /// Merges of characters, or of bytes where the recipe makes words of bytes.
    case bpe(BPESettings = .usual)
    /// Pieces without merges, as BERT has them; the recipe is `FrontEndRecipe.words()`.
    case wordPiece(WordPieceSettings = WordPieceSettings())
    /// Whole words; the recipe is `FrontEndRecipe.words()`.
    case wordLevel(WordLevelSettings = WordLevelSettings())
  }

  /// Texts drawn from all.
  public struct Sample: Sendable, Equatable {
    /// How many are drawn; all where there are no more.
    public var count: Int
    /// Another seed draws others.
    public var seed: UInt64

    /// So many lines, the same ones whatever the order they come in.
    public static func lines(_ count: Int, seed: UInt64 = 0) -> Sample {
      Sample(count: count, seed: seed)
    }
  }

  /// What is trained, and how. Sizes and threads of the settings are set from those of the job.
  public var model: Model
  /// How words are made.
  public var recipe: FrontEndRecipe
  /// The entries of each tokenizer, special tokens included; none for the size that the settings say,
  /// which for `usual` ones is what fits the texts.
  public var vocabularySizes: [Int] = []
  /// Which characters have entries whatever the texts, where the settings name none.
  public var alphabet = TrainingAlphabet.bengali
  /// Workers. Has no effect on the result.
  public var threads = TrainingJob.coreCount
  /// The bytes that counting may take; nil for as many as it needs. More goes to disk.
  public var memory: Int?
  /// Where that goes.
  public var temporaryFolder = "/tmp"
  /// Longer texts, in bytes, are left out; nil leaves none out.
  public var longestText: Int?
  /// Train on some of the texts only; nil for all.
  public var sample: Sample?
  /// Texts that are not trained on, by which the report measures; at most 10,000 lines of them, drawn by content.
  /// Nil for lines of the training text.
  public var heldOut: (any DocumentSource)?
  /// The share of each vocabulary that may span words, more than 0 and less than 1; nil for none. For BPE, on
  /// texts (counts of words do not say which of them follow one another).
  public var superwords: Double?
  /// Whether spiece.model is made even where it cannot say all that the recipe does.
  public var writesLossySentencePiece = false

  /// Creates a job.
  public init(_ model: Model, recipe: FrontEndRecipe = .bengali) {
    self.model = model
    self.recipe = recipe
  }

  /// Workers where nobody says how many: one a core.
  public static let coreCount = processorCount()

  /// How far a job has come.
  public enum Progress: Sendable {
    /// Texts have been counted.
    case counting(CountingProgress)
    /// A step of a Unigram training of `wanted` pieces.
    case unigram(TrainingProgress, wanted: Int)
    /// BPE has so many entries of `wanted`.
    case bpe(entries: Int, wanted: Int)
  }

  /// Checks all settings, before anything is read.
  /// - Throws: `TrainingError`: `unigram` and `bpe` for settings of the model, `badSetting`, `wrongWords`.
  public func validate() throws(TrainingError) {
    func require(_ holds: Bool, _ name: String, _ rule: String) throws(TrainingError) {
      if !holds { throw .badSetting(name: name, rule: rule) }
    }
    try require((1...1024).contains(threads), "threads", "1 to 1024")
    try require((memory ?? .max) >= 16 << 20, "memory", "16 MiB or more")
    try require((longestText ?? 10) >= 10, "longestText", "10 bytes or more")
    try require((sample?.count ?? 1) >= 1, "sample", "1 text or more")
    try require(
      Set(vocabularySizes).count == vocabularySizes.count, "vocabularySizes", "sizes that differ")
    for model in models {
      switch model {
      case .unigram(let settings):
        guard !recipe.isByteLevel else { throw .wrongWords(isByteLevel: true) }
        do throws(UnigramTrainingError) {
          _ = try UnigramTrainer(settings)
        } catch {
          throw .unigram(error)
        }
      case .bpe(let settings):
        do throws(BPETrainingError) {
          _ = try BPETrainer(settings)
        } catch {
          throw .bpe(error)
        }
        if let superwords {
          do throws(BPETrainingError) {
            _ = try SuperwordTrainer(settings, share: superwords)
          } catch {
            throw .bpe(error)
          }
        }
      case .wordPiece(let settings):
        guard !recipe.isByteLevel else { throw .wrongWords(isByteLevel: true) }
        do throws(BPETrainingError) {
          _ = try WordPieceTrainer(settings)
        } catch {
          throw .bpe(error)
        }
      case .wordLevel(let settings):
        guard !recipe.isByteLevel else { throw .wrongWords(isByteLevel: true) }
        do throws(BPETrainingError) {
          _ = try WordLevelTrainer(settings)
        } catch {
          throw .bpe(error)
        }
      }
      if superwords != nil, case .bpe = model { continue }
      try require(superwords == nil, "superwords", "left out: they are for BPE alone")
    }
  }

  /// The model once for each size, with what the job says.
  var models: [Model] {
    func sized(_ size: Int?) -> Model {
      switch model {
      case .unigram(var settings):
        settings.threads = threads
        if let size {
          settings.vocabularySize = size
          if settings.sizing == .fitting { settings.sizing = .exact }
        }
        return .unigram(settings)
      case .bpe(var settings):
        settings.isByteLevel = recipe.isByteLevel
        // Every byte is known.
        if recipe.isByteLevel { settings.unknownToken = nil }
        if let size {
          settings.vocabularySize = size
          if settings.sizing == .fitting { settings.sizing = .exact }
        }
        return .bpe(settings)
      case .wordPiece(var settings):
        if let size { settings.vocabularySize = size }
        return .wordPiece(settings)
      case .wordLevel(var settings):
        if let size { settings.vocabularySize = size }
        return .wordLevel(settings)
      }
    }
    return vocabularySizes.isEmpty ? [sized(nil)] : vocabularySizes.map(sized)
  }

  /// The models with the characters of the alphabet as `frontEnd` writes them.
  func spelledModels(_ frontEnd: TextFrontEnd) throws -> [Model] {
    let characters = recipe.isByteLevel ? "" : try alphabet.characters(writtenBy: frontEnd)
    return models.map { model in
      switch model {
      case .unigram(var settings):
        if settings.preferredCharacters.isEmpty { settings.preferredCharacters = characters }
        return .unigram(settings)
      case .bpe(var settings):
        if settings.preferredCharacters.isEmpty { settings.preferredCharacters = characters }
        return .bpe(settings)
      case .wordPiece(var settings):
        if settings.preferredCharacters.isEmpty { settings.preferredCharacters = characters }
        return .wordPiece(settings)
      case .wordLevel: return model
      }
    }
  }
}

/// The special tokens that the command gives a tokenizer where none are named, in the order of their ids.
private let usualSpecialTokens = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]

extension UnigramSettings {
  /// The default settings with the special tokens of BERT: `<pad>`, `<unk>`, `[CLS]`, `[SEP]`, `[MASK]`.
  public static var usual: UnigramSettings {
    var settings = UnigramSettings()
    settings.specialTokens = usualSpecialTokens
    settings.sizing = .fitting
    return settings
  }
}

extension BPESettings {
  /// The default settings with the special tokens of BERT: `<pad>`, `<unk>`, `[CLS]`, `[SEP]`, `[MASK]`.
  public static var usual: BPESettings {
    var settings = BPESettings()
    settings.specialTokens = usualSpecialTokens
    settings.sizing = .fitting
    settings.unknownToken = "<unk>"
    return settings
  }
}
