/// One step of a normaliser pipeline, under the names of tokenizer.json's normalizers.
public indirect enum NormalizationStep: Sendable, Equatable {
  /// Which version of Unicode a normal form knows.
  public enum Repertoire: Sendable, Equatable {
    /// All that the linked ICU knows.
    case icu
    /// What Hugging Face's crate knows: characters younger than Unicode 9.0 are inert starters.
    case unicode9
  }

  /// What a replacement looks for.
  public enum Pattern: Sendable, Equatable {
    /// These characters, as they stand.
    case string(String)
    /// A regular expression in tokenizer.json's syntax, which is Oniguruma's for Ruby; see
    /// <doc:RegularExpressions>.
    case regex(String)
  }

  /// SentencePiece's clean-up as Hugging Face has it: 30 controls are removed, 15 other characters
  /// (tabs, line ends, **ZWJ and ZWNJ**, U+2581 …) become spaces.
  case nmt
  /// Canonical composition (UAX #15).
  case nfc(Repertoire = .icu)
  /// Canonical decomposition (UAX #15).
  case nfd(Repertoire = .icu)
  /// Compatibility composition (UAX #15).
  case nfkc(Repertoire = .icu)
  /// Compatibility decomposition (UAX #15).
  case nfkd(Repertoire = .icu)
  /// The full lower case mapping of each character by itself: no final sigma, no locale.
  case lowercase
  /// Every match of a pattern becomes `content`, taken literally.
  case replace(Pattern, content: String)
  /// White space goes from the start, the end, or both.
  case strip(left: Bool, right: Bool)
  /// Every mark goes, **Bengali vowel signs, nukta and hasanta among them**.
  case stripAccents
  /// This string goes in front of a text that is not empty.
  case prepend(String)
  /// SentencePiece's compiled map as Hugging Face applies it, **which is not as SentencePiece does**:
  /// by grapheme clusters, and sources of several Bengali characters are not found.
  case precompiled(PrecompiledMap)
  /// BERT's clean-up, **which deletes Bengali joiners, and with its accents the signs ু ূ ্ ়**.
  case bert(BertNormalization = BertNormalization())
  /// Each byte of the text becomes its character in `ByteAlphabet`.
  case byteLevel
  /// Several steps, one after another.
  case sequence([NormalizationStep])

  /// This step as a flat list, sequences taken apart.
  var flattened: [NormalizationStep] {
    if case .sequence(let steps) = self { steps.flatMap(\.flattened) } else { [self] }
  }
}
