import Jukta
import JuktaCorpus
import JuktaTraining

/// The library's errors as the command tells them: the library names settings, people type options.
enum ErrorMessages {
  static func text(of error: any Error) -> String {
    switch error {
    case let error as TrainingError: training(error)
    case let error as UnigramTrainingError: unigram(error)
    case let error as BPETrainingError: bpe(error)
    case ExtensionError.badSetting(let name, let rule): badSetting(name, rule)
    case let error as ExtensionError:
      if case .tooFew = error {
        "\(error) (--add; --soft-vocab-limit takes as many as there are)"
      } else {
        "\(error)"
      }
    case let error as CorpusError: "\(error)" + remedy(error.reason)
    case let error as WeightedLines.BadLine:
      "\(error)" + (error.reason == .noTab ? ", as --weighted says" : "")
    case let error as CountFileError: "\(error)" + remedy(error.reason)
    case let error as SpillError: "\(error) (--memory, and TMPDIR in the environment)"
    case let error as FolderError: "\(error) -o names the folder."
    default: "\(error)"
    }
  }

  /// The option of a setting of the library: `maxPieceLength` is `--max-piece-length`.
  static func option(_ setting: String) -> String {
    let others = [
      "vocabularySize": "vocab-size", "vocabularySizes": "vocab-size",
      "isAksharaSafe": "akshara-safe", "requiredCharacters": "required-chars",
      "longestText": "max-sentence-length", "sample": "input-sentence-size", "addedPieces": "add",
    ]
    if let other = others[setting] { return "--" + other }
    return "--"
      + setting.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
  }

  private static func badSetting(_ name: String, _ rule: String) -> String {
    "\(option(name)) must be \(rule)."
  }

  private static func unigram(_ error: UnigramTrainingError) -> String {
    switch error {
    case .badSetting(let name, let rule): badSetting(name, rule)
    case .vocabularyTooSmall, .tooManyCharacters:
      "\(error) (--vocab-size, --character-coverage)"
    case .vocabularyTooLarge: "\(error) --soft-vocab-limit takes the largest possible."
    default: "\(error)"
    }
  }

  private static func bpe(_ error: BPETrainingError) -> String {
    switch error {
    case .badSetting(let name, let rule): badSetting(name, rule)
    case .vocabularyTooSmall: "\(error) (--vocab-size, --limit-alphabet, --character-coverage)"
    case .vocabularyTooLarge: "\(error) --soft-vocab-limit takes the largest possible."
    default: "\(error)"
    }
  }

  private static func training(_ error: TrainingError) -> String {
    switch error {
    case .badSetting(let name, let rule): badSetting(name, rule)
    case .wrongWords: "\(error) (--byte-level)"
    case .otherFrontEnd(let counted, let wanted) where counted.utf8.elementsEqual(wanted.utf8):
      "these words were counted with --preset \(counted), but cut in another way than this training cuts "
        + "them: pass the same --byte-level and --pattern, and the same options for rules and spaces, as to "
        + "jukta count, or count again with this version of jukta"
    case .otherFrontEnd(let counted, let wanted):
      "these words were counted with --preset \(counted), not \(wanted): leave --preset out, or count again"
    default: error.underlying.map(text) ?? "\(error)"
    }
  }

  private static func remedy(_ reason: CorpusError.Reason) -> String {
    switch reason {
    case .invalidUTF8, .nulByte: " (--skip-bad)"
    case .invalidJSON:
      " (--skip-bad leaves broken lines out; --layout lines reads plain text)"
    case .missingField(_, let others): others.first.map { ": use --field \($0)" } ?? " with --field"
    case .fieldIsNotText: " with --field"
    default: ""
    }
  }

  private static func remedy(_ reason: CountFileError.Reason) -> String {
    switch reason {
    case .notCounts: "; make one with jukta count, or train without --counts"
    case .trailing: " (jukta merge)"
    case .otherFrontEnd(let preset, _, let first) where preset.utf8.elementsEqual(first.utf8):
      " (--byte-level, --pattern)"
    default: ""
    }
  }
}
