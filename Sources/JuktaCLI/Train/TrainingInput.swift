import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

/// The words to train on and how they were made.
struct TrainingInput: ~Copyable {
  let corpus: CountedCorpus
  let preset: String
  let frontEnd: TextFrontEnd
}

extension TrainingOptions {
  /// Counts the words of the text, or loads them where they have been counted.
  ///
  /// - Parameter frontEnd: makes the front end of a preset.
  func read(
    _ options: CorpusOptions, _ frontEnd: (String) throws -> TextFrontEnd
  ) throws -> TrainingInput {
    if counts { return try load(frontEnd) }
    let preset = counting.spaces.preset(counting.preset)
    let frontEnd = try frontEnd(preset)
    let input = counting.input(options)
    let line = ProgressLine(isQuiet: quiet, total: input.size)
    let corpus = try counting.counter.count(
      input.source, makeSplitter: { try frontEnd.makeWordSplitter() },
      progress: { _ in
        line.show(input.bytesRead, what: "counting")
        return .proceed
      })
    line.clear()
    tellDropped(corpus.droppedWords, corpus.droppedOccurrences)
    if !quiet { input.report() }
    return TrainingInput(corpus: corpus, preset: preset, frontEnd: frontEnd)
  }

  private func load(_ makeFrontEnd: (String) throws -> TextFrontEnd) throws -> TrainingInput {
    let line = ProgressLine(isQuiet: quiet, total: nil)
    var preset = ""
    var frontEnd: TextFrontEnd?
    let corpus = try countMerge(counting.files, line).load(memory: counting.memory?.bytes) {
      header in
      preset = header.preset
      if let wanted = counting.preset, !wanted.utf8.elementsEqual(preset.utf8) {
        throw FrontEndMismatch(preset: preset, wanted: wanted)
      }
      let made = try makeFrontEnd(preset)
      guard made.json.utf8.elementsEqual(header.frontEnd.utf8) else {
        throw FrontEndMismatch(preset: preset, wanted: nil)
      }
      frontEnd = made
    }
    line.clear()
    tellDropped(corpus.droppedWords, corpus.droppedOccurrences)
    guard let frontEnd else { throw FrontEndMismatch(preset: preset, wanted: nil) }
    return TrainingInput(corpus: corpus, preset: preset, frontEnd: frontEnd)
  }

  private func tellDropped(_ words: Int, _ occurrences: UInt64) {
    guard words > 0, !quiet else { return }
    complain(
      "jukta: --memory left no room for \(grouped(words)) rare words, "
        + "\(grouped(occurrences)) occurrences in all")
  }
}

/// Counts of words that were made in another way than this training makes them.
struct FrontEndMismatch: Error, CustomStringConvertible {
  let preset: String
  let wanted: String?

  var description: String {
    if let wanted {
      return "these words were counted with --preset \(preset), not \(wanted): "
        + "leave --preset out, or count again"
    }
    return "these words were counted with --preset \(preset), but cut in another way than this "
      + "training cuts them: pass the same --byte-level and --pattern, and the same options for rules and "
      + "spaces, as to jukta count, or count again with this version of jukta"
  }
}
