import Jukta
import JuktaCorpus
import JuktaTraining

/// The article “Training a tokenizer”: from files to a tokenizer that encodes.
func train(on paths: [String], pieces: Int) throws -> Tokenizer {
  let frontEnd = TextFrontEnd(
    normalizer: try Normalizer.preset(named: "bengali"), preTokenizer: .bengali)

  var filters = CorpusFilters()
  filters.droppedWarnings = ["noisy", "footer"]
  let counted = try WordCounter(threads: 2).count(
    Files(paths, filters: filters), makeSplitter: { try frontEnd.makeWordSplitter() })
  print(counted.counts.distinctCount, "distinct words in", counted.bytes, "bytes")

  var settings = UnigramSettings()
  settings.vocabularySize = pieces
  settings.specialTokens = ["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"]
  settings.threads = 2
  let vocabulary = try UnigramTrainer(settings).train(counted.counts) { progress in
    if case .pruned(let left) = progress { print("down to", left) }
    return .proceed
  }
  let tokenizer = try vocabulary.tokenizer(frontEnd: frontEnd)

  // tokenizer.json and its companions, as transformers loads them.
  for file in try TransformersFolder.files(of: tokenizer) {
    print(file.name, file.bytes.count, "bytes")
  }
  return tokenizer
}

/// The same from texts in memory.
func trainInMemory(_ texts: [String]) throws -> Tokenizer {
  let frontEnd = TextFrontEnd(
    normalizer: try Normalizer.preset(named: "nfkc"), preTokenizer: .bengali)
  let counted = try WordCounter(threads: 1).count(
    Lines(texts), makeSplitter: { try frontEnd.makeWordSplitter() })
  var settings = UnigramSettings()
  settings.vocabularySize = 60
  settings.allowsSmallerVocabulary = true
  return try UnigramTrainer(settings).train(counted.counts).tokenizer(frontEnd: frontEnd)
}
