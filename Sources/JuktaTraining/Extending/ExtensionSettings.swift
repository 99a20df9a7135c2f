/// How to go on from a tokenizer.
public struct ExtensionSettings: Sendable, Equatable {
  /// The number of new pieces.
  public var addedPieces = 8_000
  /// What new pieces may be made of.
  public var scripts = ExtensionScripts.bengali
  /// Pairs (or, of Unigram models, pieces) that occur less often are not taken; at least 1.
  public var minFrequency: UInt64 = 2
  /// Whether fewer pieces are taken where the corpus cannot fill the number asked for.
  public var allowsFewer = false
  /// The longest new piece, in characters, of Unigram models.
  public var maxPieceLength = 16
  /// The number of threads; 0 for as many as there are cores.
  public var threads = 0

  /// Creates the default settings.
  public init() {}

  func validate() throws(ExtensionError) {
    guard (1...2_000_000).contains(addedPieces) else {
      throw .badSetting(name: "addedPieces", rule: "1 to 2,000,000")
    }
    guard minFrequency >= 1, minFrequency <= 1 << 62 else {
      throw .badSetting(name: "minFrequency", rule: "1 to 2^62")
    }
    guard (1...1_000).contains(maxPieceLength) else {
      throw .badSetting(name: "maxPieceLength", rule: "1 to 1,000")
    }
  }
}

/// Why a tokenizer could not be extended.
public enum ExtensionError: Error, Equatable, CustomStringConvertible {
  /// A setting is out of range.
  case badSetting(name: String, rule: String)
  /// A model that cannot be gone on from.
  case unsupported(model: String)
  /// The corpus gives fewer new pieces than were asked for.
  case tooFew(requested: Int, largest: Int)
  /// There is no word to learn from.
  case emptyCorpus
  /// The extended tokenizer, read again, gives an old token another id.
  case renumbered(token: String, old: UInt32, new: UInt32?)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .badSetting(let name, let rule): "\(name) is out of range: it must be \(rule)."
    case .unsupported(let model):
      "\(model) cannot be extended; BPE models (byte-level ones and SentencePiece's too) and Unigram models can."
    case .tooFew(let requested, let largest):
      "\(requested) new pieces are more than this corpus gives: the most are \(largest). Ask for that many, or give more text."
    case .emptyCorpus:
      "there is no word to learn from: is the corpus empty, or does it hold none of the scripts that new pieces are made of?"
    case .renumbered(let token, let old, let new):
      "the token \"\(token)\" had the id \(old) and would have \(new.map { "\($0)" } ?? "none") in the new file; nothing was written."
    }
  }
}
