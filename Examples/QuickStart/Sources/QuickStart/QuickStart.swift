import Foundation
import Jukta

/// Shows each use once: `swift run QuickStart [SAMPLE]`, where SAMPLE is the sample corpus.
@main
struct QuickStart {
  static func main() throws {
    let sample = CommandLine.arguments.dropFirst().first ?? "../../Resources/sample"
    try normalising()
    try damage()
    let tokenizer = try train(
      on: ["\(sample)/bn_part_1.jsonl.gz", "\(sample)/bn_meta_part_1.jsonl.zst"], pieces: 1500)
    try encoding(with: tokenizer)
    let small = try trainInMemory(["আমি যাই", "তুমি যাও", "সে যায়"])
    print(try small.encode("আমি যাব").tokens)

    let folder = NSTemporaryDirectory() + "jukta-quickstart-\(getpid())"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try save(tokenizer, to: folder)
    try readme(model: folder)
  }
}
