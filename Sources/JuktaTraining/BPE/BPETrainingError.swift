/// Why a BPE vocabulary could not be trained.
public enum BPETrainingError: Error, Equatable, CustomStringConvertible {
  /// A setting is out of range.
  case badSetting(name: String, rule: String)
  /// Two special tokens or byte pieces are spelled alike.
  case duplicateSymbol(String)
  /// There is no word to learn from.
  case emptyCorpus
  /// Characters and fixed entries alone need more room than the vocabulary has.
  case vocabularyTooSmall(requested: Int, smallest: Int, characters: Int)
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
    case .corpusTooLarge(let symbols):
      "the distinct words hold \(symbols) characters, more than the 4,294,967,000 that training can index. Drop rare words or take a sample."
    }
  }
}
