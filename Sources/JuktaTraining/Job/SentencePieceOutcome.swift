public import Jukta

/// What becomes of `spiece.model` and `spiece.vocab` in a training: made where the format can say what
/// the tokenizer does, else left out with the reason.
public struct SentencePieceOutcome: Sendable {
  /// Why the files are left out.
  public enum Reason: Sendable, Equatable, CustomStringConvertible {
    /// SentencePiece has no byte-level models.
    case byteLevel
    /// No map can say steps of the preset: so many.
    case steps(Int, preset: String)
    /// What a conversion would lose.
    case lost([String])
    /// The vocabulary has no form in SentencePiece's format.
    case impossible(String)

    /// In words.
    public var description: String {
      switch self {
      case .byteLevel: "SentencePiece has no byte-level models"
      case .steps(let count, let preset): "no map can say \(count) steps of the preset \(preset)"
      case .lost(let texts): texts.joined(separator: "; ")
      case .impossible(let text): text
      }
    }

    /// Whether the files can be written all the same, with a loss (`TrainingJob.writesLossySentencePiece`).
    public var canBeForced: Bool {
      switch self {
      case .byteLevel, .impossible: false
      case .steps, .lost: true
      }
    }
  }

  /// The model; nil where it is left out.
  public private(set) var model: SentencePieceModel?
  /// What happens to the parts of the tokenizer.
  public private(set) var notes: [ConversionNote] = []
  /// Why the files are left out; nil where they are not.
  public private(set) var reason: Reason?

  /// - Parameters:
  ///   - tokenizer: with the front end by which its words were counted.
  ///   - isLossy: Whether the files are made even where something is lost.
  init(_ tokenizer: Tokenizer, preset: String, isLossy: Bool) {
    let front = tokenizer.frontEnd
    guard !front.preTokenizer.isByteLevel else {
      reason = .byteLevel
      return
    }
    let lost = SentencePieceConversion.inexpressibleSteps(of: front.normalizer)
    guard isLossy || lost.isEmpty else {
      reason = .steps(lost.count, preset: preset)
      return
    }
    do throws(ConversionError) {
      let conversion = try SentencePieceConversion(tokenizer, named: preset)
      notes = conversion.notes
      let lost = notes.filter { $0.effect == .lost }
      if isLossy || lost.isEmpty {
        model = conversion.model
      } else {
        reason = .lost(lost.map(\.text))
      }
    } catch {
      reason = .impossible("\(error)")
    }
  }

  var files: [TransformersFolder.File] { model.map(SentencePieceFile.files) ?? [] }

  /// Takes in what tokenizer.json, which is written beside, says in its own way.
  mutating func add(_ more: [ConversionNote]) {
    if model != nil { notes += more }
  }

  /// Why the two files may give other ids for a text, each reason once.
  public var differences: [ConversionNote.Difference] {
    let all = notes.compactMap(\.difference)
    return ConversionNote.Difference.allCases.filter(all.contains)
  }

  /// For the recipe.
  var json: JSONValue {
    .object([
      .init("written", .bool(model != nil)),
      .init("left_out", reason.map { .string($0.description) } ?? .null),
      .init("differences", .array(differences.map { .string($0.rawValue) })),
      .init("notes", .array(notes.map { .string($0.description) })),
    ])
  }
}
