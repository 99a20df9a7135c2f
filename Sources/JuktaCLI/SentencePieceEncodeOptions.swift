import ArgumentParser
import Jukta

/// What `jukta encode` takes for SentencePiece models alone.
struct SentencePieceEncodeOptions: ParsableArguments {
  @Flag(help: "Put the model's piece for the beginning in front of each text.")
  var addBos = false
  @Flag(help: "Put the model's piece for the end behind each text.")
  var addEos = false
  @Flag(help: "Turn the order of the pieces around; bos and eos keep their places.")
  var reverse = false
  @Option(
    name: .customLong("n-best"),
    help: "Unigram: write the N best ways to cut each text, or draw among them with --sample.")
  var nBest: Int?
  @Flag(help: "Cut each text at random; BPE leaves merges out with probability --alpha.")
  var sample = false
  @Option(help: "How steep --sample is: 0 takes all ways alike (default: 0.1).")
  var alpha: Float?

  func validate() throws {
    if let nBest, !(1...512).contains(nBest) {
      throw ValidationError("--n-best must be between 1 and 512, not \(nBest).")
    }
    if alpha != nil, !sample { throw ValidationError("--alpha needs --sample.") }
    if let alpha, !alpha.isFinite { throw ValidationError("--alpha must be a finite number.") }
  }

  /// The number of ways to write for each text; nil for one without more ado.
  var waysWritten: Int? { sample ? nil : nBest }

  /// Whether nothing is asked for.
  private var isDefault: Bool { !addBos && !addEos && !reverse && nBest == nil && !sample }

  /// The tokenizer with these options.
  func apply(to tokenizer: Tokenizer) throws -> Tokenizer {
    guard !isDefault else { return tokenizer }
    var options: [SentencePieceProcessor.Option] = []
    if reverse { options.append(.reverse) }
    if addBos { options.append(.bos) }
    if addEos { options.append(.eos) }
    let sampling =
      sample ? SentencePieceProcessor.Sampling(nBest: nBest ?? -1, alpha: alpha ?? 0.1) : nil
    do {
      if waysWritten != nil,
        tokenizer.model.sentencePiece.map({ !$0.hasNBest }) ?? false
      {
        throw SentencePieceProcessorError.nBestNeedsUnigram
      }
      return try tokenizer.withSentencePiece(options: options, sampling: sampling)
    } catch let error as SentencePieceProcessorError {
      throw ValidationError("\(error)")
    }
  }
}
