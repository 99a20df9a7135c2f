public import Jukta

/// One entry of a trained BPE vocabulary.
public struct BPEToken: Sendable, Equatable {
  /// What an entry stands for.
  public enum Kind: Sendable, Hashable {
    /// Text of the corpus.
    case normal
    /// Any character outside the alphabet.
    case unknown
    /// A mark that stands for no text, as `[CLS]`.
    case control
    /// A string that is always one token.
    case userDefined
    /// One byte of a character outside the alphabet.
    case byte
  }

  /// The text of the token, UTF-8; of byte-level tokens, in `ByteAlphabet`.
  public let bytes: [UInt8]
  /// What it stands for.
  public let kind: Kind

  /// Creates an entry.
  public init(bytes: [UInt8], kind: Kind) {
    self.bytes = bytes
    self.kind = kind
  }
}

/// A trained BPE vocabulary: its entries in the order of their ids, and its merges by rank.
public struct BPEVocabulary: Sendable, Equatable {
  /// Special tokens and byte pieces as asked; the alphabet by code point; then what merges made, in
  /// their order.
  public let tokens: [BPEToken]
  /// The merges, the most frequent pair first. Two may make the same token, and a pair can be there
  /// twice, as in the reference; the later one counts.
  public let merges: [BPEMerge]
  /// What training saw.
  public let diagnostics: BPEDiagnostics
}

/// What a BPE training saw, for reports.
public struct BPEDiagnostics: Sendable, Equatable {
  /// Distinct words.
  public internal(set) var distinctWords = 0
  /// Words of the pre-tokenizer in all, which are not words between white space.
  public internal(set) var words: UInt64 = 0
  /// Characters of the words in all; bytes, in byte-level training.
  public internal(set) var characters: UInt64 = 0
  /// Distinct characters; bytes, in byte-level training.
  public internal(set) var distinctCharacters = 0
  /// Characters of the alphabet.
  public internal(set) var alphabet = 0
  /// Those of them that the corpus does not have.
  public internal(set) var addedCharacters = 0
  /// Characters, in all, outside the alphabet.
  public internal(set) var droppedCharacters: UInt64 = 0
  /// The characters of the corpus outside the alphabet.
  public internal(set) var unknown = UnknownCharacters()
  /// The size, and why it was chosen.
  public internal(set) var sizing = SizeChoice(size: 0, reason: .asked)
  /// The tokens of all words after the last merge, characters outside the alphabet left out.
  public internal(set) var tokens: UInt64 = 0
  /// Tokens a word of the text, as `SegmentationStatistics` counts them; 0 until a job has done so.
  public internal(set) var tokensPerWord = 0.0
  /// Distinct pairs seen while merging.
  public internal(set) var pairs = 0
  /// Entries that span words.
  public internal(set) var superwords = 0
  /// How often the pair merged last occurs.
  public internal(set) var lastCount: UInt64 = 0
}
