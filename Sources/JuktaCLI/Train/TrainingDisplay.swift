import JuktaTraining

/// How far a training has come, on a terminal's last line.
struct TrainingDisplay: Sendable {
  let line: ProgressLine

  func show(_ progress: TrainingProgress, wanted: Int) {
    switch progress {
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
