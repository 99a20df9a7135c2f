import ArgumentParser
import Jukta
import JuktaCorpus
import JuktaTraining

extension TrainingOptions {
  /// The job that the options ask for.
  /// - Parameter recipe: makes the recipe of a preset.
  func job(
    _ model: TrainingJob.Model, sizes: VocabularySizes?, alphabet: TrainingAlphabet,
    recipe: (_ preset: String) throws -> FrontEndRecipe
  ) throws -> TrainingJob {
    var job = TrainingJob(
      model, recipe: try recipe(counting.spaces.preset(counting.preset)))
    job.vocabularySizes = sizes?.sizes ?? []
    job.alphabet = alphabet
    job.threads = workers
    job.memory = counting.memory?.bytes
    job.temporaryFolder = temporaryFolder()
    job.longestText = counting.maxSentenceLength
    job.sample = counting.sample
    job.writesLossySentencePiece = lossySpiece
    if !heldOut.isEmpty { job.heldOut = Corpus(heldOut, callers: 1) }
    return job
  }

  /// Checks a job before anything is read.
  func check(_ job: TrainingJob) throws {
    do {
      try job.validate()
    } catch {
      throw ValidationError(ErrorMessages.text(of: error))
    }
  }

  /// Runs a job, writes a folder for each size, and tells what came out.
  func run(
    _ job: TrainingJob, _ corpus: CorpusOptions,
    recipe: (_ preset: String) throws -> FrontEndRecipe
  ) throws {
    let start = monotonicSeconds()
    let names = folders(job.vocabularySizes)
    let folders = try names.map { try AtomicFolder($0) }
    let results =
      counts ? try trainOnCounts(job, recipe) : try trainOnText(job, counting.input(corpus))
    for (index, result) in results.enumerated() {
      let files = try result.files().map { ($0.name, $0.bytes) }
      try Interruption.holdOff { () throws(FolderError) in try folders[index].commit(files) }
    }
    guard !quiet else { return }
    let seconds = monotonicSeconds() - start
    for (name, result) in zip(names, results) {
      print(TrainingSummary(result, folder: name, seconds: seconds).text)
    }
  }

  private func trainOnText(_ job: TrainingJob, _ input: CountingInput) throws -> [TrainedTokenizer]
  {
    let display = TrainingDisplay(ProgressLine(isQuiet: quiet, total: input.size), input)
    let results = try job.run(on: input.source) {
      display.show($0)
      return .proceed
    }
    display.line.clear()
    if !quiet {
      input.report()
      if let corpus = results.first?.recipe.corpus {
        CountingInput.report(corpus.leftOut, corpus.drawnFrom, longest: job.longestText)
        tellDropped(corpus)
      }
    }
    return results
  }

  private func trainOnCounts(
    _ job: TrainingJob, _ recipe: (String) throws -> FrontEndRecipe
  ) throws -> [TrainedTokenizer] {
    let display = TrainingDisplay(ProgressLine(isQuiet: quiet, total: nil), nil)
    let results = try job.run(
      counts: countFiles(counting.files), open: countFileOpener(display.line),
      recipe: { header in
        if let wanted = counting.preset, !wanted.utf8.elementsEqual(header.preset.utf8) {
          throw TrainingError.otherFrontEnd(counted: header.preset, wanted: wanted)
        }
        return try recipe(header.preset)
      },
      progress: {
        display.show($0)
        return .proceed
      })
    display.line.clear()
    if !quiet, let corpus = results.first?.recipe.corpus { tellDropped(corpus) }
    return results
  }

  private func tellDropped(_ corpus: CorpusSummary) {
    guard corpus.droppedWords > 0 else { return }
    complain(
      "jukta: --memory left no room for \(grouped(corpus.droppedWords)) rare words, "
        + "\(grouped(corpus.droppedOccurrences)) occurrences in all")
  }
}
