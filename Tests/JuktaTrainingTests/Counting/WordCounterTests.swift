import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Word counter` {
  static let texts = (0..<200).map { index in
    `Word counts`.randomWords(UInt64(index), count: index % 17).joined(separator: " ")
  }

  static func listing(_ texts: [String], threads: Int, batchSize: Int) throws -> WordList {
    try WordCounter(threads: threads).count(TextSource(texts, batchSize: batchSize)) {
      SpaceSplitter()
    }.counts.sorted()
  }

  @Test(arguments: [1, 2, 7], [1, 13])
  func `the counts depend neither on threads nor on batches nor on order`(
    _ threads: Int, _ batchSize: Int
  ) throws {
    var generator = SeededGenerator(seed: 5)
    let expected = try Self.listing(Self.texts, threads: 1, batchSize: 1000)
    let shuffled = Self.texts.shuffled(using: &generator)
    #expect(try Self.listing(shuffled, threads: threads, batchSize: batchSize) == expected)
  }

  @Test func `documents and bytes are reported`() throws {
    let counted = try WordCounter(threads: 3).count(TextSource(Self.texts, batchSize: 9)) {
      SpaceSplitter()
    }
    #expect(counted.documents == 200)
    #expect(counted.bytes == Self.texts.reduce(0) { $0 + $1.utf8.count })
    #expect(counted.counts.totalCount == (0..<200).reduce(0) { $0 + UInt64($1 % 17) })
  }

  @Test(arguments: [1, 4])
  func `an error of the source is thrown`(_ threads: Int) {
    #expect(throws: SourceFailure()) {
      _ = try WordCounter(threads: threads).count(FailingSource()) { SpaceSplitter() }.documents
    }
  }

  @Test func `counting stops when asked to`() {
    #expect(throws: CancellationError.self) {
      _ = try WordCounter(threads: 2).count(
        TextSource(Self.texts, batchSize: 1), makeSplitter: { SpaceSplitter() },
        progress: { $0.documents > 10 ? .cancel : .proceed }
      ).documents
    }
  }
}
