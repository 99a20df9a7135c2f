/// What a training starts from at one size: the characters, the text in their symbols, the candidates.
struct TrainingStart {
  /// The entries of the vocabulary, fixed ones included.
  private(set) var size: Int
  private(set) var choice: SizeChoice
  let text: TrainingText
  let found: SeedFinder.Found
  let totals: TextTotals
  private let alphabet: Alphabet
  private let fixedCount: Int

  private init(
    _ size: Int, _ choice: SizeChoice, _ settings: UnigramSettings, _ counts: borrowing WordCounts,
    _ frequencies: ScalarTable<UInt64>
  ) throws(UnigramTrainingError) {
    (self.size, self.choice) = (size, choice)
    let meta = settings.metaPieces
    fixedCount = meta.count
    alphabet = try settings.alphabet(frequencies, size: size)
    guard alphabet.needed + meta.count <= size else {
      throw .vocabularyTooSmall(
        requested: size, smallest: alphabet.needed + meta.count, characters: alphabet.needed)
    }
    var builder = TextBuilder(
      alphabet, boundaries: settings.boundaries,
      fixedTokens: meta.filter { $0.kind != .byte }.map(\.text))
    text = try builder.build(counts)
    totals = builder.totals
    guard text.runCount > 0 else { throw .emptyCorpus }
    let all = SeedFinder(
      text: text, alphabetSize: alphabet.count, maxLength: settings.maxPieceLength,
      threads: settings.threads
    ).find()
    found = settings.byteFallback ? all.leavingOutBytePieces(text, alphabet) : all
  }

  /// The size that the settings ask for, or the largest that the corpus can fill.
  static func filled(
    _ settings: UnigramSettings, _ counts: borrowing WordCounts, _ frequencies: ScalarTable<UInt64>
  ) throws(UnigramTrainingError) -> TrainingStart {
    let choice = try settings.choice(frequencies)
    var start = try TrainingStart(choice.size, choice, settings, counts, frequencies)
    // Which rare characters of the corpus have pieces may depend on the size, and the candidates on
    // them: the fewer characters, the fewer candidates. So this ends with the largest.
    while start.capacity < start.size {
      let largest = start.capacity
      let smaller = try settings.alphabet(frequencies, size: largest)
      if smaller.present == start.alphabet.present {
        start.size = largest
        break
      }
      start = try TrainingStart(largest, choice, settings, counts, frequencies)
    }
    if start.size < choice.size {
      guard settings.sizing != .exact else {
        throw .vocabularyTooLarge(requested: settings.vocabularySize, largest: start.size)
      }
      start.choice = SizeChoice(size: start.size, reason: .largestPossible)
    }
    return start
  }

  /// The entries of the largest vocabulary: fixed ones, characters of the corpus and those to spare,
  /// and every candidate.
  private var capacity: Int {
    fixedCount + alphabet.count + alphabet.spare.count + found.candidates.count
  }

  /// The characters at `wanted` pieces: where the corpus has too few candidates, preferred characters
  /// fill up.
  func filledAlphabet(
    _ wanted: Int, _ settings: UnigramSettings, _ frequencies: ScalarTable<UInt64>
  ) throws(UnigramTrainingError) -> Alphabet {
    let alphabet = try settings.alphabet(frequencies, size: size)
    let missing = wanted - alphabet.count - found.candidates.count
    return missing > 0 ? try alphabet.adding(missing, frequencies) : alphabet
  }
}

extension UnigramSettings {
  /// The characters of a vocabulary of `size` entries.
  fileprivate func alphabet(
    _ frequencies: ScalarTable<UInt64>, size: Int
  ) throws(UnigramTrainingError) -> Alphabet {
    try Alphabet(
      frequencies, required: requiredCharacters, coverage: characterCoverage ?? 0.9995,
      preferred: PreferredCharacters(
        preferredCharacters, vocabularySize: size, room: size - metaPieces.count),
      rareLimit: characterCoverage == nil ? min(size / 40, size - metaPieces.count) : 0,
      excluded: fixedCharacters)
  }

  /// The size to try for.
  fileprivate func choice(
    _ frequencies: ScalarTable<UInt64>
  ) throws(UnigramTrainingError) -> SizeChoice {
    let everything = try alphabet(frequencies, size: 1 << 20)
    return SizeChoice(
      sizing, asked: vocabularySize, characters: frequencies.sum,
      alphabet: everything.count + metaPieces.count)
  }

  /// Characters that are tokens of their own already.
  var fixedCharacters: Set<UInt32> {
    Set(
      metaPieces.compactMap { piece in
        let scalars = piece.text.unicodeScalars
        return scalars.count == 1 ? scalars.first?.value : nil
      })
  }
}

extension SeedFinder.Found {
  /// Text that is spelled as a byte piece is can't be a piece of its own.
  fileprivate func leavingOutBytePieces(_ text: TrainingText, _ alphabet: Alphabet)
    -> SeedFinder.Found
  {
    let names = Set(
      (UInt8.min...UInt8.max).map { byte in
        byteToken(byte).unicodeScalars.map { alphabet.symbol(of: $0.value) }
      })
    let kept = candidates.filter { candidate in
      guard candidate.length == 6 else { return true }
      let start = Int(positions[Int(candidate.leaf)])
      return !names.contains((0..<6).map { text.symbols[start + $0] })
    }
    return SeedFinder.Found(candidates: kept, positions: positions, runs: runs)
  }
}
