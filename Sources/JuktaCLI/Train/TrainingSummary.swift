import Jukta
import JuktaTraining

/// What a training tells of one folder.
struct TrainingSummary {
  private let result: TrainedTokenizer
  private let folder: String
  private let seconds: Double

  /// - Parameter seconds: how long all took.
  init(_ result: TrainedTokenizer, folder: String, seconds: Double) {
    (self.result, self.folder, self.seconds) = (result, folder, seconds)
  }

  var text: String {
    ([heading] + learnt + [spiece]).joined(separator: "\n  ")
  }

  private var heading: String {
    switch result.details {
    case .unigram: "\(folder): \(grouped(result.size)) pieces\(time)"
    case .bpe(_, let merges):
      "\(folder): \(grouped(result.size)) entries, \(grouped(merges)) merges\(time)"
    case .wordPiece: "\(folder): \(grouped(result.size)) pieces\(time)"
    case .wordLevel: "\(folder): \(grouped(result.size)) words\(time)"
    }
  }

  private var time: String { " in \(fixed(seconds, 1)) s" }

  private var learnt: [String] {
    switch result.details {
    case .unigram(let seen, let figures):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + "\(grouped(seen.coveredCharacters)) of \(grouped(seen.distinctCharacters)) characters",
        "on this text \(fixed(figures.tokensPerWord, 3)) tokens a word, "
          + "\(fixed(figures.bitsPerCharacter, 3)) bits a character, "
          + "\(grouped(figures.unknownCharacters)) unknown characters",
      ]
    case .bpe(let seen, _):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + "\(grouped(seen.alphabet)) of \(grouped(seen.distinctCharacters)) characters",
        "on this text \(fixed(seen.tokensPerWord, 3)) tokens a word; "
          + "the last pair merged occurs \(grouped(seen.lastCount)) times",
      ]
        + (seen.superwords > 0 ? ["\(grouped(seen.superwords)) entries span words"] : [])
    case .wordPiece(let seen):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + "\(grouped(seen.alphabet)) of \(grouped(seen.distinctCharacters)) characters"
      ]
    case .wordLevel(let words, let distinct):
      ["learnt from  \(grouped(words)) words, \(grouped(distinct)) distinct"]
    }
  }

  private var spiece: String {
    let outcome = result.sentencePiece
    if let reason = outcome.reason {
      return "spiece.model left out: \(reason)"
        + (reason.canBeForced ? " (--lossy-spiece writes it all the same)" : "")
    }
    let told = outcome.differences.filter { $0 != .specialNames && $0 != .decoding }
      .map(\.rawValue)
    return "spiece.model and tokenizer.json give the same ids"
      + (told.isEmpty
        ? "" : ", but for: \(told.joined(separator: ", ")) (see the notes in recipe.json)")
  }
}
