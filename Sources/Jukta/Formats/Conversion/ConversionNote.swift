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

  /// What becomes of it.
  public let effect: Effect
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

  mutating func add(_ effect: ConversionNote.Effect, _ part: String, _ text: String) {
    all.append(ConversionNote(effect: effect, part: part, text: text))
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
