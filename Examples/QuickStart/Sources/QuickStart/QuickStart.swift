import Jukta

/// Shows each use once, on the sample corpus of the repository.
@main
struct QuickStart {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    let sample = arguments.first ?? "../../Resources/sample"
    try normalising()
    try damage()
    let tokenizer = try train(
      on: ["\(sample)/bn_part_1.jsonl.gz", "\(sample)/bn_meta_part_1.jsonl.zst"], pieces: 1500)
    try encoding(with: tokenizer)
    try await surface(of: tokenizer)
    try labels(with: tokenizer)
    try building()
    let small = try trainInMemory(["আমি যাই", "তুমি যাও", "সে যায়"])
    print(try small.encode("আমি যাব").tokens)
    print(try trainByHand(["আমি যাই", "তুমি যাও", "সে যায়"]).vocabularySize, "pieces")
    try substrings(with: tokenizer)
    if let model = arguments.dropFirst().first { try await readme(model: model) }
  }
}
