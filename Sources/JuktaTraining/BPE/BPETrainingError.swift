/// Why a BPE vocabulary could not be trained.
public enum BPETrainingError: Error, Equatable, CustomStringConvertible {
  /// A setting is out of range: its name in `BPESettings`, and what it must be.
  case badSetting(name: String, rule: String)
  /// Two special tokens or byte pieces are spelled alike.
  case duplicateSymbol(String)
  /// There is no word to learn from.
  case emptyCorpus
  /// Characters and fixed entries alone need more room than the vocabulary has.
  case vocabularyTooSmall(requested: Int, smallest: Int, characters: Int)
  /// The corpus has fewer pairs to merge than asked for. The largest size can be trained with the same
  /// settings.
  case vocabularyTooLarge(requested: Int, largest: Int)
  /// More text in distinct words than positions can number.
  case corpusTooLarge(symbols: Int)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .badSetting(let name, let rule):
      "\(name) is out of range: it must be \(rule)."
    case .duplicateSymbol(let symbol):
      "the token \"\(symbol)\" is given twice: special tokens and byte pieces must all differ."
    case .emptyCorpus:
      "there is no word to learn from: is the corpus empty, or did the filters drop everything?"
    case .vocabularyTooSmall(let requested, let smallest, let characters):
      "a vocabulary of \(requested) is too small: \(characters) characters and the special tokens alone need \(smallest). Ask for more, or limit the alphabet."
    case .vocabularyTooLarge(let requested, let largest):
      "a vocabulary of \(requested) is larger than this corpus can fill: the largest possible is \(largest). Ask for at most that, or add text."
    case .corpusTooLarge(let symbols):
      "the distinct words hold \(symbols) characters, more than the 4,294,967,000 that training can index. Drop rare words or take a sample."
    }
  }
}
