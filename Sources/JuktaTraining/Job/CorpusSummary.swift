internal import Jukta

/// What was counted, without the counts.
public struct CorpusSummary: Sendable, Equatable {
  /// Texts: lines that are not blank.
  public let documents: Int
  /// Their bytes, before normalisation.
  public let bytes: Int
  /// Words.
  public let words: UInt64
  /// Distinct words.
  public let distinctWords: Int
  /// A fingerprint of the words and their counts.
  public let digest: String
  /// Distinct words that the bound on memory left no room for: the rarest.
  public let droppedWords: Int
  /// How often those occur, together.
  public let droppedOccurrences: UInt64
  /// Texts that were left out as too long.
  public internal(set) var leftOut = LimitedDocuments.Tally()
  /// How many texts were drawn from; nil where all were counted.
  public internal(set) var drawnFrom: Int?

  init(_ corpus: borrowing CountedCorpus) {
    documents = corpus.documents
    bytes = corpus.bytes
    words = corpus.counts.totalCount
    distinctWords = corpus.counts.distinctCount
    digest = corpus.counts.digest
    droppedWords = corpus.droppedWords
    droppedOccurrences = corpus.droppedOccurrences
  }

  var json: JSONValue {
    .object([
      .init("documents", .integer(documents)), .init("bytes", .integer(bytes)),
      .init("words", .integer(words)), .init("distinct_words", .integer(distinctWords)),
      .init("digest", .string(digest)),
    ])
  }
}
