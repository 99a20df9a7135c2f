public import Jukta

/// Takes pieces out of a tokenizer that a text does not use, or uses least.
///
///     let usage = try TokenUsage(of: tokenizer, in: corpus, threads: 2)
///     let pruned = try TokenizerPruner(tokenizer).prune(usage, to: .unused)
///     pruned.newIDs[17]                  // the new id of 17, or nil
///
/// What stays: special and added tokens, byte pieces and the alphabet, every piece that another one is
/// merged from, and of Unigram models the piece with the lowest score, which sets the price of unknown
/// text. So with `.unused` a BPE or Unigram model encodes the text of `usage` as before.
public struct TokenizerPruner: Sendable {
  /// What to take out.
  public enum Target: Sendable, Equatable {
    /// What the text does not use.
    case unused
    /// As much as it takes to come down to so many ids: first what nothing is merged from, the rarest
    /// first.
    case size(Int)
  }

  /// A smaller tokenizer.
  public struct Result: Sendable {
    /// The tokenizer.
    public let tokenizer: Tokenizer
    /// For each old id its new one; nil for those that are gone.
    public let newIDs: [UInt32?]
    /// Tokens of the text that used a piece that is gone.
    public let lostUses: UInt64
  }

  /// The tokenizer to prune.
  public let tokenizer: Tokenizer

  /// Creates a pruner.
  public init(_ tokenizer: Tokenizer) { self.tokenizer = tokenizer }

  /// Prunes.
  /// - Throws: `PruningError`, or what building the smaller tokenizer throws.
  public func prune(_ usage: TokenUsage, to target: Target) throws -> Result {
    guard usage.counts.count == tokenizer.vocabularySize else {
      throw PruningError.usageOfAnotherTokenizer(
        ids: usage.counts.count, expected: tokenizer.vocabularySize)
    }
    var choice = PruningChoice(tokenizer, usage)
    switch target {
    case .unused: choice.dropUnused()
    case .size(let size):
      guard size >= choice.protectedCount else {
        throw PruningError.tooSmall(requested: size, smallest: choice.protectedCount)
      }
      choice.drop(to: size)
    }
    let pruned = PrunedVocabulary(tokenizer, keeps: choice.keeps)
    let lost = usage.counts.indices.reduce(UInt64(0)) {
      choice.keeps[$1] ? $0 : saturatingSum($0, usage.counts[$1])
    }
    return Result(tokenizer: try pruned.tokenizer(), newIDs: pruned.newIDs, lostUses: lost)
  }
}

extension TokenizerPruner.Result {
  /// The files of a folder for it: tokenizer.json or SentencePiece's files, or both, and the map of ids as
  /// `id_map.jsonl` and `id_map.u32`.
  /// - Returns: the files, and why tokenizer.json is left out where SentencePiece's model has no form in it.
  /// - Throws: `TokenizerFileError`.
  public func files() throws -> (files: [TransformersFolder.File], leftOut: String?) {
    let (files, leftOut) = try TokenizerExtension.files(of: tokenizer)
    return (
      files + [
        .init(name: "id_map.jsonl", bytes: mapLines), .init(name: "id_map.u32", bytes: mapNumbers),
      ], leftOut
    )
  }

  /// The lines of `id_map.jsonl`: `{"old":…,"new":…}` for each id, `null` for those that are gone.
  public var mapLines: [UInt8] {
    var output: [UInt8] = []
    for (old, new) in newIDs.enumerated() {
      output += Array("{\"old\":\(old),\"new\":\(new.map { "\($0)" } ?? "null")}\n".utf8)
    }
    return output
  }

  /// The same as numbers: a little-endian `u32` for each old id, 2³² − 1 for those that are gone.
  public var mapNumbers: [UInt8] {
    newIDs.flatMap { id in (0..<4).map { UInt8(truncatingIfNeeded: (id ?? .max) >> UInt32(8 * $0)) }
    }
  }
}

/// Why a tokenizer could not be pruned.
public enum PruningError: Error, Equatable, CustomStringConvertible {
  /// The usage is not that of the tokenizer.
  case usageOfAnotherTokenizer(ids: Int, expected: Int)
  /// What has to stay is more than was asked for.
  case tooSmall(requested: Int, smallest: Int)
  /// The pruned tokenizer, read again, gives a token another id.
  case renumbered(token: String)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .usageOfAnotherTokenizer(let ids, let expected):
      "the usage is of \(ids) ids, and the tokenizer has \(expected): count with the same tokenizer."
    case .tooSmall(let requested, let smallest):
      "a vocabulary of \(requested) is too small: special tokens, characters and byte pieces alone need \(smallest). Ask for that many or more."
    case .renumbered(let token):
      "the token \"\(token)\" would get another id when the file is read; nothing was written."
    }
  }
}
