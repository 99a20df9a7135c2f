internal import Jukta

/// New pieces for a Unigram model: trained apart, on the stretches of the new scripts, until as many of
/// them are not the base's as were asked for.
///
/// Scores are those of that training: stretches of different scripts never share a piece but ▁, so only
/// their order among themselves matters. None goes below the base's lowest, which sets the price of
/// unknown text. (Estimating them again with the base's fixed gave the same tokens to 0.002 %.)
struct UnigramContinuation {
  private let base: Tokenizer
  private let settings: ExtensionSettings
  private let rule: PieceRule
  private let known: Set<[UInt8]>
  private let lowest: Double

  init(_ base: Tokenizer, _ settings: ExtensionSettings) {
    self.base = base
    self.settings = settings
    var rule = PieceRule(scripts: settings.scripts, isByteLevel: false)
    let pieces = base.model.pieces
    known = Set(
      pieces.indices.map { Array(pieces.utf8(of: $0)) }
        + base.addedTokens.map { Array($0.content.utf8) })
    switch base.model {
    case .sentencePiece(let processor):
      let model = processor.vocabulary.model
      rule.marksEnds = model.trainer.treatsWhitespaceAsSuffix
      lowest = Double(model.pieces.lazy.filter { $0.kind == .normal }.map(\.score).min() ?? 0)
    case .unigram(let model): lowest = model.scores.min() ?? 0
    default: lowest = 0
    }
    self.rule = rule
  }

  func learn(
    _ counts: borrowing WordCounts, _ progress: (Int) -> TrainingSignal
  ) throws -> LearnedPieces {
    let stretches = stretches(of: counts)
    guard stretches.distinctCount > 0 else { return LearnedPieces() }
    var trainer = UnigramSettings()
    trainer.maxPieceLength = settings.maxPieceLength
    trainer.characterCoverage = settings.scripts.isUnlimited ? 0.9995 : 1
    trainer.allowsSmallerVocabulary = true
    trainer.threads = max(settings.threads, 1)
    let overlap = known.count { rule.allows($0[...]) }
    var size = settings.addedPieces + 1 + (settings.scripts.isUnlimited ? 0 : overlap)
    var best: [UnigramPiece] = []
    // Each round asks for what the one before it fell short of: two or three are enough.
    for _ in 0..<12 {
      trainer.vocabularySize = size
      let vocabulary = try UnigramTrainer(trainer).train(stretches) { _ in progress(best.count) }
      let found = vocabulary.pieces.filter {
        $0.kind == .normal && !known.contains($0.bytes) && rule.allows($0.bytes[...])
      }
      if found.count > best.count { best = found }
      if found.count >= settings.addedPieces || vocabulary.pieces.count < size { break }
      size += max(settings.addedPieces - found.count, 1)
    }
    return LearnedPieces(pieces: choose(best).map(piece))
  }

  /// The best of too many: characters first, then by score.
  private func choose(_ found: [UnigramPiece]) -> [UnigramPiece] {
    guard found.count > settings.addedPieces else { return found }
    let characters = found.filter(isCharacter)
    let rest = found.filter { !isCharacter($0) }
    return Array((characters + rest).prefix(settings.addedPieces)).sorted { left, right in
      left.score != right.score
        ? left.score > right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }
  }

  private func isCharacter(_ piece: UnigramPiece) -> Bool {
    piece.bytes.count { $0 & 0xC0 != 0x80 } == 1
  }

  private func piece(_ found: UnigramPiece) -> NewPiece {
    NewPiece(
      piece: String(decoding: found.bytes, as: UTF8.self),
      text: PieceSpelling.unmarked(found.bytes), score: max(Double(found.score), lowest),
      isCharacter: isCharacter(found))
  }

  /// The parts of words that new pieces may come from: runs of allowed characters, with the mark of
  /// their word where they stand beside it.
  private func stretches(of counts: borrowing WordCounts) -> WordCounts {
    var result = WordCounts()
    let list = counts.sorted()
    for index in 0..<list.count {
      let word = list.word(at: index)
      guard !settings.scripts.isUnlimited else {
        result.add(word.span, count: list.counts[index])
        continue
      }
      for stretch in stretches(of: word) { result.add(stretch.span, count: list.counts[index]) }
    }
    return result
  }

  private func stretches(of word: ArraySlice<UInt8>) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var current: [UInt8] = []
    var mark: [UInt8] = []
    func end() {
      if !current.isEmpty { found.append(current) }
      current = []
    }
    for scalar in String(decoding: word, as: UTF8.self).unicodeScalars {
      let bytes = Array(String(Character(scalar)).utf8)
      if scalar.value == 0x2581 {
        if rule.marksEnds, !current.isEmpty { current += bytes }
        end()
        mark = rule.marksEnds ? [] : bytes
      } else if settings.scripts.contains(scalar.value) {
        if current.isEmpty { current = mark }
        current += bytes
        mark = []
      } else {
        end()
        mark = []
      }
    }
    end()
    return found
  }
}
