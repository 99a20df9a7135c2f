import Jukta
import JuktaCorpus
import JuktaTraining

/// Counting that goes on where it was interrupted: a file of counts for each input, merged at the end.
///
/// Counting is a monoid, so the sum has the bytes of counting everything at once.
extension CountCommand {
  func runResuming(in path: String) throws {
    let folder = try ResumeFolder(path, command: "count", inputs: counting.files)
    // Whether the result can be written is found out before the work.
    var output = try Output.open(output)
    for (number, file) in counting.files.enumerated() {
      let part = folder.part(number, "counts")
      if folder.has(number, "counts") {
        if isWhole(part) { continue }
        if !counting.quiet { complain("jukta: \(part) is broken; \(file) is counted again") }
        folder.remove(number, "counts")
      }
      var one = self
      one.counting.files = [file]
      one.counting.quiet = true
      try one.count(to: part)
    }
    let line = ProgressLine(isQuiet: counting.quiet, total: nil)
    let parts = counting.files.indices.map { folder.part($0, "counts") }
    var encoder: CountFileEncoder?
    let sum = try countMerge(parts, line).forEachWord { header in
      let made = CountFileEncoder(header)
      try output.write { made.begin(&$0) }
      encoder = made
    } _: { word, count in
      try output.write { encoder?.append(word.span, count, to: &$0) }
    }
    var summary = sum
    try output.write { buffer in
      if let made = encoder { summary = made.end(sum, to: &buffer) }
    }
    try output.finish()
    line.clear()
    if !counting.quiet { report(summary, to: self.output) }
  }

  /// Whether a file of counts can be read to its end, which tells of all words before it.
  private func isWhole(_ path: String) -> Bool {
    do {
      _ = try countMerge([path], ProgressLine(isQuiet: true, total: nil)).forEachWord {
        _ in
      } _: { _, _ in
      }
      return true
    } catch {
      return false
    }
  }
}
