import Jukta
import JuktaCorpus
import JuktaTraining

/// The article “Training a tokenizer”: from files to tokenizers and their folders.
func train(on paths: [String], pieces: Int) throws -> Tokenizer {
  var options = Corpus.Options()
  options.filters.droppedWarnings = ["noisy", "footer"]

  var job = TrainingJob(.unigram(), recipe: .bengali)
  job.vocabularySizes = [pieces]
  job.memory = 1 << 30
  let results = try job.run(on: Corpus(paths, options: options)) { progress in
    if case .unigram(.pruned(let left), let wanted) = progress {
      print("down to", left, "of", wanted)
    }
    return .proceed
  }
  let result = results[0]
  print(result.recipe.corpus.distinctWords, "distinct words")
  if let figures = result.figures { print(figures.evaluation.fertility, "tokens a word") }
  for file in try result.files() { print(file.name, file.bytes.count, "bytes") }
  return result.tokenizer
}

/// The same from texts in memory, with a small vocabulary.
func trainInMemory(_ texts: [String]) throws -> Tokenizer {
  var settings = UnigramSettings.usual
  settings.vocabularySize = 60
  settings.allowsSmallerVocabulary = true
  return try TrainingJob(.unigram(settings), recipe: .preset("unicode-nfkc"))
    .run(on: texts)[0].tokenizer
}

/// The same step by step, for those who want to change one.
func trainByHand(_ texts: [String]) throws -> Tokenizer {
  let frontEnd = try FrontEndRecipe.bengali.frontEnd()
  let counted = try WordCounter(threads: 2).count(
    TextSource(texts), makeSplitter: { try frontEnd.makeWordSplitter() })
  var settings = UnigramSettings.usual
  settings.allowsSmallerVocabulary = true
  return try UnigramTrainer(settings).train(counted.counts).tokenizer(frontEnd: frontEnd)
}
