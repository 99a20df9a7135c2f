import Jukta

/// What becomes of `spiece.model` and `spiece.vocab` in a training: written where the format can say
/// what the tokenizer does, else left out with the reason.
struct SentencePieceFiles {
  private(set) var model: SentencePieceModel?
  private(set) var notes: [ConversionNote] = []
  /// Why the files are left out; nil where they are not.
  private(set) var reason: String?
  /// Whether `--lossy-spiece` would help.
  private var canBeForced = true

  /// - Parameters:
  ///   - tokenizer: with the front end by which its words were counted.
  ///   - isLossy: Whether the files are written even where something is lost.
  init(_ tokenizer: Tokenizer, preset: String, isLossy: Bool) {
    let front = tokenizer.frontEnd
    guard !front.preTokenizer.isByteLevel else {
      reason = "SentencePiece has no byte-level models"
      canBeForced = false
      return
    }
    let lost = SentencePieceConversion.inexpressibleSteps(of: front.normalizer)
    guard isLossy || lost.isEmpty else {
      reason = "no map can say \(lost.count) steps of the preset \(preset)"
      return
    }
    do throws(ConversionError) {
      let conversion = try SentencePieceConversion(tokenizer, named: preset)
      notes = conversion.notes
      if isLossy || !notes.contains(where: { $0.effect == .lost }) {
        model = conversion.model
      } else {
        reason = notes.filter { $0.effect == .lost }.map(\.text).joined(separator: "; ")
      }
    } catch {
      reason = "\(error)"
      canBeForced = false
    }
  }

  var files: [TransformersFolder.File] { model.map(SentencePieceFile.files) ?? [] }

  /// Takes in what tokenizer.json, which is written beside, says in its own way.
  mutating func add(_ more: [ConversionNote]) {
    if model != nil { notes += more }
  }

  /// Why the two files may give other ids for a text, each reason once.
  private var differences: [ConversionNote.Difference] {
    let all = notes.compactMap(\.difference)
    return ConversionNote.Difference.allCases.filter(all.contains)
  }

  /// One line for people.
  var line: String {
    if let reason {
      return "spiece.model left out: \(reason)"
        + (canBeForced ? " (--lossy-spiece writes it all the same)" : "")
    }
    let told = differences.filter { $0 != .specialNames && $0 != .decoding }.map(\.rawValue)
    return "spiece.model and tokenizer.json give the same ids"
      + (told.isEmpty
        ? "" : ", but for: \(told.joined(separator: ", ")) (see the notes in recipe.json)")
  }

  /// For the recipe.
  var json: JSONValue {
    .object([
      .init("written", .bool(model != nil)),
      .init("left_out", reason.map { .string($0) } ?? .null),
      .init("differences", .array(differences.map { .string($0.rawValue) })),
      .init("notes", .array(notes.map { .string($0.description) })),
    ])
  }
}
