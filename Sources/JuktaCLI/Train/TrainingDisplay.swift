import JuktaTraining

/// How far a training has come, on a terminal's last line.
struct TrainingDisplay: Sendable {
  let line: ProgressLine
  private let input: CountingInput?

  /// - Parameter input: what is read, where text is.
  init(_ line: ProgressLine, _ input: CountingInput?) { (self.line, self.input) = (line, input) }

  func show(_ progress: TrainingJob.Progress) {
    switch progress {
    case .counting:
      if let input { line.show(input.bytesRead, what: "counting") }
    case .unigram(let step, let wanted): show(step, wanted)
    case .bpe(let entries, let wanted):
      line.write("training   \(grouped(entries)) entries of \(grouped(wanted)) wanted")
    }
  }

  private func show(_ step: TrainingProgress, _ wanted: Int) {
    switch step {
    case .seeded(let pieces): line.write("training   \(grouped(pieces)) candidates")
    case .estimated(let round):
      line.write(
        "training   \(grouped(round.pieces)) pieces of \(grouped(wanted)) wanted, "
          + "\(fixed(round.objective, 3)) nats a word")
    case .pruned(let pieces):
      line.write("training   \(grouped(pieces)) pieces of \(grouped(wanted)) wanted")
    }
  }
}
