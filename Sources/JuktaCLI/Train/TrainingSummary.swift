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
    ([heading] + learnt + [unknown, spiece].compactMap(\.self)).joined(separator: "\n  ")
  }

  private var heading: String {
    let chosen = result.sizing.explanation.map { " (\($0))" } ?? ""
    let time = " in \(fixed(seconds, 1)) s"
    return switch result.details {
    case .unigram: "\(folder): \(grouped(result.size)) pieces\(chosen)\(time)"
    case .bpe(_, _, let merges):
      "\(folder): \(grouped(result.size)) entries\(chosen), \(grouped(merges)) merges\(time)"
    }
  }

  private var learnt: [String] {
    switch result.details {
    case .unigram(let seen, let figures):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + "\(grouped(seen.coveredCharacters)) of \(grouped(seen.distinctCharacters)) characters"
          + added(seen.addedCharacters),
        "on this text \(fixed(figures.tokensPerWord, 3)) tokens a word, "
          + "\(fixed(figures.bitsPerCharacter, 3)) bits a character",
      ]
    case .bpe(let seen, let figures, _):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + "\(grouped(seen.alphabet - seen.addedCharacters)) of "
          + "\(grouped(seen.distinctCharacters)) characters" + added(seen.addedCharacters),
        "on this text \(fixed(figures.tokensPerWord, 3)) tokens a word; "
          + "the last pair merged occurs \(grouped(seen.lastCount)) times",
      ]
    }
  }

  private func added(_ count: Int) -> String {
    count == 0 ? "" : ", and \(grouped(count)) more (--alphabet)"
  }

  private var unknown: String? {
    let unknown = result.unknown
    guard unknown.distinct > 0 else { return nil }
    let shown = unknown.commonest.prefix(5).map {
      "\(visibleText(String($0.character))) \(grouped($0.count))"
    }.joined(separator: ", ")
    let coverage = unknown.coverageKeepingCommonest.map {
      "--character-coverage \(fixed($0, 6)) or "
    }
    return "unknown      \(grouped(unknown.occurrences)) characters, of "
      + "\(grouped(unknown.distinct)) kinds: \(shown)"
      + (unknown.distinct > 5 ? " …" : "")
      + "; \(coverage ?? "")--required-chars keeps them, --byte-fallback spells them"
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
