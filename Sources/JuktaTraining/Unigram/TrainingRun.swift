import Jukta

/// One training under way: the words, the pieces that are left and their probabilities.
struct TrainingRun {
  private let settings: UnigramSettings
  private let text: TrainingText
  private let alphabet: Alphabet
  private var diagnostics = UnigramDiagnostics()
  private var trie: PieceTrie
  private(set) var pieces: PieceTable
  private(set) var logs: FlatArray<Double>

  /// How many pieces training has to choose: all entries but the fixed ones.
  var wanted: Int { settings.vocabularySize - settings.metaPieces.count }

  init(_ settings: UnigramSettings, _ counts: borrowing WordCounts) throws(UnigramTrainingError) {
    self.settings = settings
    let frequencies = characterFrequencies(of: counts)
    alphabet = try Alphabet(
      frequencies, required: settings.requiredCharacters, coverage: settings.characterCoverage)
    let meta = settings.metaPieces
    guard alphabet.count + meta.count <= settings.vocabularySize else {
      throw .vocabularyTooSmall(
        requested: settings.vocabularySize, smallest: alphabet.count + meta.count,
        characters: alphabet.count)
    }
    var builder = TextBuilder(
      alphabet, boundaries: settings.boundaries,
      fixedTokens: meta.filter { $0.kind != .byte }.map(\.text))
    let unordered = try builder.build(counts)
    guard unordered.runCount > 0 else { throw .emptyCorpus }
    let found = SeedFinder(
      text: unordered, alphabetSize: alphabet.count, maxLength: settings.maxPieceLength,
      threads: settings.threads
    ).find()
    let seeds = Seeds(
      found, text: unordered, alphabet: alphabet, frequencies: frequencies,
      limit: settings.effectiveSeedSize)
    text = unordered.reordered(found.runs, sortedDepth: settings.maxPieceLength)
    pieces = seeds.pieces
    logs = FlatArray(seeds.logs, padding: 0)
    trie = PieceTrie(pieces, alphabetSize: alphabet.count)
    diagnostics.distinctWords = counts.distinctCount
    diagnostics.words = builder.totals.words
    diagnostics.characters = builder.totals.characters
    diagnostics.unknownCharacters = builder.totals.unknownCharacters
    diagnostics.distinctCharacters = alphabet.distinctCharacters
    diagnostics.coveredCharacters = alphabet.count
    diagnostics.candidates = seeds.candidateCount
    diagnostics.seeds = pieces.count
  }

  private var pass: RunPass {
    RunPass(
      text: text, trie: trie, pieceCount: pieces.count, longestPiece: settings.maxPieceLength,
      threads: settings.threads)
  }

  /// One round of EM. Pieces that are hardly expected go at once, single characters excepted.
  mutating func estimate() -> UnigramDiagnostics.Round {
    let result = pass.expectedCounts(logs)
    let round = UnigramDiagnostics.Round(
      pieces: pieces.count, objective: -result.logLikelihood / Double(max(diagnostics.words, 1)),
      tokens: result.total)
    diagnostics.rounds.append(round)
    maximize(result)
    return round
  }

  /// The M step with a sparse Dirichlet prior: log probabilities ψ(*c*) − ψ(Σ *c*).
  private func maximize(_ result: PassResult) {
    var total = 0.0
    for piece in 0..<pieces.count where isKept(piece, result) { total += count(piece, result) }
    let normalizer = digamma(total)
    for piece in 0..<pieces.count {
      logs[piece] =
        isKept(piece, result) ? digamma(count(piece, result)) - normalizer : -.infinity
    }
  }

  @inline(__always)
  private func isKept(_ piece: Int, _ result: PassResult) -> Bool {
    pieces.length(piece) == 1 || result.count(piece) >= 0.5
  }

  /// A character always stays possible, so that every run has a segmentation.
  @inline(__always)
  private func count(_ piece: Int, _ result: PassResult) -> Double { max(result.count(piece), 0.5) }

  /// Drops the pieces that are missed least until at most `keep` are left.
  mutating func prune(to keep: Int) {
    let best = pass.bestCounts(logs)
    let losses = Pruning(
      pieces: pieces, logs: logs, trie: trie, tokenCost: settings.tokenCost,
      threads: settings.threads
    ).losses(best)
    self.keep(survivors(losses, keep: keep))
  }

  private mutating func keep(_ kept: [Bool]) {
    let oldLogs = logs
    let left = (0..<pieces.count).filter { kept[$0] }
    logs = FlatArray(left.map { oldLogs[$0] }, padding: 0)
    pieces = pieces.filtered { kept[$0] }
    trie = PieceTrie(pieces, alphabetSize: alphabet.count)
  }

  /// The vocabulary: fixed entries, then pieces by score.
  func finish() throws(UnigramTrainingError) -> UnigramVocabulary {
    var found: [UnigramPiece] = []
    for piece in 0..<pieces.count where logs[piece] > -.infinity {
      let score = UnigramVocabulary.rounded(logs[piece])
      found.append(.init(bytes: bytes(of: piece), score: score, kind: .normal))
    }
    let meta = settings.metaPieces
    if found.count < wanted, !settings.allowsSmallerVocabulary {
      throw .vocabularyTooLarge(
        requested: settings.vocabularySize, largest: found.count + meta.count)
    }
    found.sort { left, right in
      left.score != right.score
        ? left.score > right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }
    let fixed = meta.map { UnigramPiece(bytes: Array($0.text.utf8), score: 0, kind: $0.kind) }
    return UnigramVocabulary(pieces: fixed + found, diagnostics: diagnostics)
  }

  private func bytes(of piece: Int) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for symbol in pieces.symbols(of: piece) {
      if let scalar = Unicode.Scalar(alphabet.scalars[Int(symbol)]) { text.append(scalar) }
    }
    return Array(String(text).utf8)
  }
}
