internal import Jukta

extension TrainingReport {
  /// The characters that have no piece, and what would keep them.
  var unknown: String { "" }
}
