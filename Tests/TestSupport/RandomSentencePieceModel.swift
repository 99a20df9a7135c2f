public import Jukta

/// Vocabularies that no one would train: few letters, so that pieces overlap everywhere, and scores
/// that tie or nearly tie.
public enum RandomSentencePieceModel {
  /// How the scores of pieces lie.
  public enum Scores: CaseIterable, Sendable {
    /// Whole numbers: ties everywhere.
    case whole
    /// Sums over characters with a little noise, near the rounding of long sums.
    case nearTies
    /// Anything.
    case free
  }

  /// What kinds of pieces there are.
  public struct Shape: Sendable {
    /// The algorithm.
    public var algorithm = SentencePieceModel.Algorithm.unigram
    /// How scores lie.
    public var scores = Scores.free
    /// What all scores are multiplied by: large ones bring long sums on short texts.
    public var scale: Float = 1
    /// Whether pieces may hold ▁ anywhere.
    public var hasInnerSpaces = false
    /// Whether there are user-defined and unused pieces.
    public var hasKinds = false
    /// Whether unknown characters are spelled in bytes.
    public var hasBytes = false
    /// Creates the plainest shape.
    public init() {}
  }

  /// The letters of pieces and texts.
  public static let letters = ["ক", "খ", "া", "a", "."]

  /// A vocabulary of up to 60 pieces over these letters.
  public static func model(
    _ shape: Shape, using generator: inout some RandomNumberGenerator
  ) -> SentencePieceModel {
    var pieces: [SentencePieceModel.Piece] = [
      .init("<unk>", kind: .unknown), .init("<s>", kind: .control), .init("</s>", kind: .control),
    ]
    if shape.hasBytes {
      for byte in UInt8.min...UInt8.max {
        let digits = String(byte, radix: 16, uppercase: true)
        pieces.append(.init("<0x" + (byte < 16 ? "0" : "") + digits + ">", kind: .byte))
      }
    }
    var seen: Set<[UInt8]> = []
    for _ in 0..<Int.random(in: 5...60, using: &generator) {
      var text = String.UnicodeScalarView()
      if Int.random(in: 0..<3, using: &generator) == 0 { text.append("\u{2581}") }
      for _ in 0..<Int.random(in: text.isEmpty ? 1...5 : 0...5, using: &generator) {
        let isSpace = shape.hasInnerSpaces && Int.random(in: 0..<6, using: &generator) == 0
        let letter = isSpace ? "\u{2581}" : letters.randomElement(using: &generator) ?? "a"
        text.append(contentsOf: letter.unicodeScalars)
      }
      guard seen.insert(Array(String(text).utf8)).inserted else { continue }
      var kind = SentencePieceModel.Kind.normal
      if shape.hasKinds {
        kind =
          [.normal, .normal, .normal, .userDefined, .unused].randomElement(using: &generator)
          ?? .normal
      }
      let score = shape.scale * score(shape.scores, text.count, &generator)
      pieces.append(.init(String(text), score: score, kind: kind))
    }
    if !pieces.contains(where: { $0.kind == .normal }) { pieces.append(.init("ক", score: -1)) }
    var trainer = SentencePieceModel.TrainerSettings()
    trainer.algorithm = shape.algorithm
    trainer.hasByteFallback = shape.hasBytes
    return SentencePieceModel(pieces: pieces, trainer: trainer)
  }

  private static func score(
    _ scores: Scores, _ length: Int, _ generator: inout some RandomNumberGenerator
  ) -> Float {
    switch scores {
    case .whole: -Float(Int.random(in: 1...8, using: &generator))
    case .nearTies:
      -Float(length) * 3.3 + Float(Int.random(in: -3...3, using: &generator)) * 0.0005
    case .free: -Float.random(in: 1...15, using: &generator)
    }
  }

  /// A text over the letters, ▁ and now and then something unknown.
  public static func text(
    _ length: Int, using generator: inout some RandomNumberGenerator
  ) -> String {
    var text = String.UnicodeScalarView()
    while text.count < length {
      let letter =
        switch Int.random(in: 0..<24, using: &generator) {
        case 0..<5: "\u{2581}"
        case 5: "ж"
        case 6: "🙂"
        default: letters.randomElement(using: &generator) ?? "a"
        }
      // Runs of one letter are where permutations of the same pieces tie.
      let count = Int.random(in: 0..<12, using: &generator) == 0 ? 9 : 1
      for _ in 0..<count { text.append(contentsOf: letter.unicodeScalars) }
    }
    return String(text)
  }
}
