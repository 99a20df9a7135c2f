// Trains on strings in memory and encodes with what comes out.
import Jukta
import JuktaTraining

let texts = ["আমি বাংলায় গান গাই।", "তুমি কি গান গাও?", "সে রোজ গান শোনে।"]
let result = try TrainingJob(.bpe()).run(on: texts)[0]
let encoding = try result.tokenizer.encode("আমি গান শুনি।")
print(result.size, encoding.tokens)
print(result.tokenizer.decode(encoding.ids))
