// Trains on files and writes a folder: TrainFromFiles FOLDER FILES…
import Jukta
import JuktaCorpus
import JuktaTraining

let folder = CommandLine.arguments[1]
var job = TrainingJob(.unigram())
job.memory = 4 << 30
let results = try job.run(on: Corpus(Array(CommandLine.arguments.dropFirst(2))))
for result in results {
  try result.write(toFolder: folder)
  print(result.size, try result.tokenizer.encode("আমি বাংলায় গান গাই।").tokens)
}
