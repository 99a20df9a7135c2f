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
  let wanted: Int

  init(_ settings: UnigramSettings, _ counts: borrowing WordCounts) throws(UnigramTrainingError) {
    self.settings = settings
    let frequencies = characterFrequencies(of: counts)
    let start = try TrainingStart.filled(settings, counts, frequencies)
    wanted = start.size - settings.metaPieces.count
    alphabet = try start.filledAlphabet(wanted, settings, frequencies)
    let seeds = Seeds(
      start.found, text: start.text, alphabet: alphabet, frequencies: frequencies,
      limit: max(settings.seedSize(for: start.size), wanted))
    text = start.text.reordered(start.found.runs, sortedDepth: settings.maxPieceLength)
    pieces = seeds.pieces
    logs = FlatArray(seeds.logs, padding: 0)
    trie = PieceTrie(pieces, alphabetSize: alphabet.count)
    let alphabet = alphabet
    diagnostics.sizing = start.choice
    diagnostics.unknown = UnknownCharacters(
      frequencies, excluded: settings.fixedCharacters
    ) { alphabet.symbol(of: $0) != 0 }
    diagnostics.distinctWords = counts.distinctCount
    diagnostics.words = start.totals.words
    diagnostics.characters = start.totals.characters
    diagnostics.unknownCharacters = start.totals.unknownCharacters
    diagnostics.distinctCharacters = alphabet.distinctCharacters
    diagnostics.coveredCharacters = alphabet.present
    diagnostics.addedCharacters = alphabet.count - alphabet.present
    diagnostics.candidates = seeds.candidateCount
    diagnostics.seeds = pieces.count
  }

  private var pass: RunPass {
    RunPass(
      text: text, trie: trie, pieceCount: pieces.count, longestPiece: settings.maxPieceLength,
      threads: settings.threads)
  }

  /// One round of EM.
  ///
  /// - Parameter keepsAll: whether all pieces stay. Else those that are hardly expected go at once,
  ///   single characters excepted.
  mutating func estimate(keepsAll: Bool = false) -> UnigramDiagnostics.Round {
    let result = pass.expectedCounts(logs)
    let round = UnigramDiagnostics.Round(
      pieces: pieces.count, objective: -result.logLikelihood / Double(max(diagnostics.words, 1)),
      tokens: result.total)
    diagnostics.rounds.append(round)
    maximize(result, keepsAll)
    return round
  }

  /// The M step with a sparse Dirichlet prior: log probabilities ψ(*c*) − ψ(Σ *c*).
  ///
  /// A piece that goes keeps the last one it had, so that it can come back where pieces are few.
  private func maximize(_ result: PassResult, _ keepsAll: Bool) {
    var total = 0.0
    for piece in 0..<pieces.count where keepsAll || isKept(piece, result) {
      total += count(piece, result)
    }
    let normalizer = digamma(total)
    for piece in 0..<pieces.count {
      if keepsAll || isKept(piece, result) {
        logs[piece] = digamma(count(piece, result)) - normalizer
      } else {
        logs[piece] = DroppedPiece.marked(logs[piece])
      }
    }
  }

  @inline(__always)
  private func isKept(_ piece: Int, _ result: PassResult) -> Bool {
    pieces.length(piece) == 1 || result.count(piece) >= 0.5
  }

  /// What stays always stays possible: so does every run, by its characters.
  @inline(__always)
  private func count(_ piece: Int, _ result: PassResult) -> Double { max(result.count(piece), 0.5) }

  /// Drops the pieces that are missed least until `keep` are left, and those that are of no use, but
  /// never so many that fewer than wanted are left.
  mutating func prune(to keep: Int) {
    let best = pass.bestCounts(logs)
    let losses = Pruning(
      pieces: pieces, logs: logs, trie: trie, tokenCost: settings.tokenCost,
      threads: settings.threads
    ).losses(best)
    self.keep(survivors(losses, keep: keep, atLeast: wanted))
  }

  private mutating func keep(_ kept: [Bool]) {
    let oldLogs = logs
    let left = (0..<pieces.count).filter { kept[$0] }
    logs = FlatArray(left.map { DroppedPiece.unmarked(oldLogs[$0]) }, padding: 0)
    pieces = pieces.filtered { kept[$0] }
    trie = PieceTrie(pieces, alphabetSize: alphabet.count)
  }

  /// The vocabulary: fixed entries, then pieces by score.
  func finish() -> UnigramVocabulary {
    var found = (0..<pieces.count).map { piece in
      let score = UnigramVocabulary.rounded(DroppedPiece.unmarked(logs[piece]))
      return UnigramPiece(bytes: bytes(of: piece), score: score, kind: .normal)
    }
    found.sort { left, right in
      left.score != right.score
        ? left.score > right.score : left.bytes.lexicographicallyPrecedes(right.bytes)
    }
    let fixed = settings.metaPieces.map {
      UnigramPiece(bytes: Array($0.text.utf8), score: 0, kind: $0.kind)
    }
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

/// Pieces that take no part any more but are not yet given up: their logarithms are moved below all
/// others, in one order with one another.
enum DroppedPiece {
  private static let distance = 1e6
  /// Below this all is dropped. No logarithm of a probability is: counts are of 64 bits.
  static let bound = -1e5

  @inline(__always)
  static func marked(_ log: Double) -> Double { log > bound ? log - distance : log }

  @inline(__always)
  static func unmarked(_ log: Double) -> Double { log > bound ? log : log + distance }
}
