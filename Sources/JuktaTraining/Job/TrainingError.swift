internal import Jukta

/// Why a training job came to no end.
public enum TrainingError: Error, CustomStringConvertible {
  /// The settings of a Unigram training, or what it met in the words.
  case unigram(UnigramTrainingError)
  /// The settings of a BPE training, or what it met in the words.
  case bpe(BPETrainingError)
  /// A setting of the job is out of range.
  case badSetting(name: String, rule: String)
  /// The model is of another kind than the words: bytes and characters.
  case wrongWords(isByteLevel: Bool)
  /// The front end cannot be made.
  case frontEnd(name: String, any Error)
  /// A file of counts that is damaged, or does not go with the others.
  case counts(CountFileError)
  /// Words that were counted by another front end than the job's: `counted` and `wanted` are the names of
  /// the presets, which may be the same, with words cut otherwise.
  case otherFrontEnd(counted: String, wanted: String)
  /// No room for counts beside memory.
  case space(SpillError)
  /// What the source of texts met: a `CorpusError` of a corpus.
  case source(any Error)
  /// The progress callback asked to stop.
  case cancelled
  /// Something else that should not happen, as a vocabulary of which no tokenizer can be made.
  case tokenizer(any Error)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .unigram(let error): "\(error)"
    case .bpe(let error): "\(error)"
    case .badSetting(let name, let rule): "\(name) is out of range: it must be \(rule)."
    case .wrongWords(let isByteLevel):
      isByteLevel
        ? "these words are bytes, and this model is trained on characters: choose another recipe, or train BPE"
        : "these words are characters, and byte-level BPE is trained on bytes: choose a byte-level recipe"
    case .frontEnd(_, let error): "\(error)"
    case .counts(let error): "\(error)"
    case .otherFrontEnd(let counted, let wanted):
      counted.utf8.elementsEqual(wanted.utf8)
        ? "these words were counted with the preset \(counted), but cut in another way than this training "
          + "cuts them: choose the recipe that they were counted with, or count again"
        : "these words were counted with the preset \(counted), not \(wanted): choose that one, or count again"
    case .space(let error): "\(error)"
    case .source(let error): "\(error)"
    case .cancelled: "the training was cancelled"
    case .tokenizer(let error): "\(error)"
    }
  }

  /// The error that it stands for; nil where it is one by itself.
  public var underlying: (any Error)? {
    switch self {
    case .unigram(let error): error
    case .bpe(let error): error
    case .frontEnd(_, let error), .source(let error), .tokenizer(let error): error
    case .counts(let error): error
    case .space(let error): error
    case .badSetting, .wrongWords, .otherFrontEnd, .cancelled: nil
    }
  }

  /// Sorts an error of the work into its case; what is not ours comes from the source.
  init(_ error: any Error) {
    switch error {
    case let error as TrainingError: self = error
    case let error as UnigramTrainingError: self = .unigram(error)
    case let error as BPETrainingError: self = .bpe(error)
    case let error as CountFileError: self = .counts(error)
    case let error as SpillError: self = .space(error)
    case is CancellationError: self = .cancelled
    default: self = .source(error)
    }
  }
}
