/// One thing that a conversion tells: what it carries over in another form, what will differ, and
/// what the other format cannot say.
public struct ConversionNote: Sendable, Equatable, CustomStringConvertible {
  /// What becomes of it.
  public enum Effect: String, Sendable {
    /// Said in another form; ids stay.
    case carried = "carried"
    /// Said nearly: the ids of some texts differ, and the note says which.
    case differs = "differs"
    /// Cannot be said.
    case lost = "lost"
  }

  /// Why the ids of some texts differ: all the reasons there are. A conversion whose notes name none of them
  /// gives the same ids for every text; `Tests/Conformance/convert.py` asks of each line that differs which of the
  /// reasons named it is.
  public enum Difference: String, Sendable, CaseIterable {
    /// A special token's name is found in a text by tokenizers; to SentencePiece it is text.
    case specialNames = "special-names"
    /// User-defined pieces and other added tokens part a text in tokenizers alone.
    case addedTokens = "added-tokens"
    /// SentencePiece adds scores in 32 bits over a line: where two ways to cut agree to six digits, the
    /// rounding of what stands before decides.
    case sums
    /// Unknown characters on both sides of a place where the pre-tokenizer cuts.
    case unknownRuns = "unknown-runs"
    /// The score of an unknown character.
    case unknownScore = "unknown-score"
    /// Pieces that BPE joins from other parts, or in another order.
    case joins
    /// Rules of a map for several characters, of scripts other than Indic ones.
    case severalCharacters = "several-characters"
    /// Grapheme clusters of under six bytes, of which tokenizers' Precompiled replaces all.
    case clusters
    /// Marks that are out of their canonical order, and rows of them.
    case markOrder = "mark-order"
    /// Spaces at the ends of a text.
    case outerSpaces = "outer-spaces"
    /// White space other than U+0020.
    case whiteSpace = "white-space"
    /// Texts made of ids, not ids.
    case decoding
  }

  /// What becomes of it.
  public let effect: Effect
  /// Why ids differ; nil where none do, or something is lost.
  public let difference: Difference?
  /// The part of the tokenizer, under tokenizer.json's name.
  public let part: String
  /// What happens, and to which texts.
  public let text: String

  /// The note as a line.
  public var description: String { "\(effect.rawValue)\t\(part)\t\(text)" }
}

/// The notes of one conversion, in the order of the parts.
struct ConversionNotes: Sendable {
  private(set) var all: [ConversionNote] = []

  mutating func carry(_ part: String, _ text: String) {
    all.append(ConversionNote(effect: .carried, difference: nil, part: part, text: text))
  }

  mutating func lose(_ part: String, _ text: String) {
    all.append(ConversionNote(effect: .lost, difference: nil, part: part, text: text))
  }

  mutating func differ(_ difference: ConversionNote.Difference, _ part: String, _ text: String) {
    all.append(ConversionNote(effect: .differs, difference: difference, part: part, text: text))
  }
}

/// A tokenizer that has no form at all in the other format.
public struct ConversionError: Error, Equatable, CustomStringConvertible {
  /// The part that has none, under tokenizer.json's name.
  public let part: String
  /// Why.
  public let reason: String

  /// Place and cause.
  public var description: String { "\(part): \(reason)" }
}
