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
    ([heading] + learnt + choices + [spiece]).joined(separator: "\n  ")
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
          + Self.characters(
            seen.coveredCharacters, seen.addedCharacters, of: seen.distinctCharacters),
        "on this text \(fixed(figures.tokensPerWord, 3)) tokens a word, "
          + "\(fixed(figures.bitsPerCharacter, 3)) bits a character, "
          + "\(grouped(figures.unknownCharacters)) unknown characters",
      ]
    case .bpe(let seen, _):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + Self.characters(seen.alphabet, seen.addedCharacters, of: seen.distinctCharacters),
        "on this text \(fixed(seen.tokensPerWord, 3)) tokens a word; "
          + "the last pair merged occurs \(grouped(seen.lastCount)) times",
      ]
        + (seen.superwords > 0 ? ["\(grouped(seen.superwords)) entries span words"] : [])
    case .wordPiece(let seen):
      [
        "learnt from  \(grouped(seen.words)) words, \(grouped(seen.distinctWords)) distinct; "
          + Self.characters(seen.alphabet, seen.addedCharacters, of: seen.distinctCharacters)
      ]
    case .wordLevel(let words, let distinct):
      ["learnt from  \(grouped(words)) words, \(grouped(distinct)) distinct"]
    }
  }

  private static func characters(_ all: Int, _ added: Int, of distinct: Int) -> String {
    "\(grouped(all - added)) of \(grouped(distinct)) characters"
      + (added > 0 ? ", and \(grouped(added)) more (--alphabet)" : "")
  }

  /// The size where the program chose it, and what stays unknown.
  private var choices: [String] {
    switch result.details {
    case .unigram(let seen, _): Self.choices(seen.sizing, seen.unknown)
    case .bpe(let seen, _), .wordPiece(let seen): Self.choices(seen.sizing, seen.unknown)
    case .wordLevel: []
    }
  }

  private static func choices(_ sizing: SizeChoice, _ unknown: UnknownCharacters) -> [String] {
    [reason(sizing), listing(unknown)].compactMap { $0 }
  }

  private static func reason(_ choice: SizeChoice) -> String? {
    switch choice.reason {
    case .asked: nil
    case .corpusLength: "this size: one entry for every 50 characters of the text"
    case .alphabet: "this size: four times the alphabet, for a text so short"
    case .largestPossible: "this size: the largest that the text can fill"
    }
  }

  private static func listing(_ unknown: UnknownCharacters) -> String? {
    guard let coverage = unknown.coverageKeepingCommonest else { return nil }
    let listed = unknown.commonest.map {
      "\(InspectionText.visible(String($0.character))) \(grouped($0.count))"
    }
    return
      "unknown: \(grouped(unknown.distinct)) characters, \(grouped(unknown.occurrences)) times: "
      + listed.joined(separator: ", ") + (unknown.distinct > listed.count ? ", …" : "")
      + "; --character-coverage \(fixed(coverage, 6)) or --required-chars keeps these"
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
