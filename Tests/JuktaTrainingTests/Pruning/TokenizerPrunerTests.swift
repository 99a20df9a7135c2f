import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

@Suite struct `Pruning a tokenizer` {
  typealias Base = `Extending a tokenizer`.Base

  struct Case {
    let base: Tokenizer
    let lines: [String]
    let others: [String]
    let usage: TokenUsage
  }

  static func make(_ kind: Base, _ seed: UInt64) throws -> Case {
    var source = RandomLines(seed: seed, letters: `Extending a tokenizer`.english)
    let base = try `Extending a tokenizer`.base(kind, source.lines(400))
    let lines = source.lines(12)
    let usage = try TokenUsage(of: base, in: TextSource(lines, batchSize: 3), threads: 2)
    return Case(base: base, lines: lines, others: source.lines(60), usage: usage)
  }

  static func tokens(_ lines: [String], _ tokenizer: Tokenizer) throws -> [[String?]] {
    try `Extending a tokenizer`.ids(lines, tokenizer).map { $0.map { tokenizer.token(withID: $0) } }
  }

  @Test(arguments: Base.allCases, [1, 2] as [UInt64])
  func `without its unused pieces it encodes the text as before`(
    _ kind: Base, _ seed: UInt64
  ) throws {
    let made = try Self.make(kind, seed)
    let pruned = try TokenizerPruner(made.base).prune(made.usage, to: .unused)
    #expect(pruned.tokenizer.vocabularySize < made.base.vocabularySize)
    #expect(pruned.lostUses == 0)
    let before = try `Extending a tokenizer`.ids(made.lines, made.base)
    let after = try `Extending a tokenizer`.ids(made.lines, pruned.tokenizer)
    #expect(after == before.map { $0.map { pruned.newIDs[Int($0)] } })
  }

  @Test(arguments: Base.allCases)
  func `it comes down to just the size asked for, and keeps what it must`(_ kind: Base) throws {
    let made = try Self.make(kind, 3)
    let failure = #expect(throws: PruningError.self) {
      try TokenizerPruner(made.base).prune(made.usage, to: .size(1))
    }
    guard case .tooSmall(1, let smallest)? = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    for size in [smallest, smallest + 17, made.base.vocabularySize - 5] {
      let pruned = try TokenizerPruner(made.base).prune(made.usage, to: .size(size))
      #expect(pruned.tokenizer.vocabularySize == size)
      #expect(pruned.newIDs.compactMap(\.self) == Array(0..<UInt32(size)))
      for (old, new) in pruned.newIDs.enumerated() {
        guard let new else { continue }
        #expect(pruned.tokenizer.token(withID: new) == made.base.token(withID: UInt32(old)))
      }
      for token in made.base.addedTokens {
        #expect(pruned.tokenizer.id(of: token.content) != nil)
      }
      // Nothing that was known becomes unknown.
      let decoded = try `Extending a tokenizer`.ids(made.others, pruned.tokenizer)
        .map { pruned.tokenizer.decode($0) }
      let expected = try `Extending a tokenizer`.ids(made.others, made.base)
        .map { made.base.decode($0) }
      #expect(decoded == expected)
    }
  }

  @Test func `usage does not depend on threads or order`() throws {
    let made = try Self.make(.byteLevel, 4)
    let other = try TokenUsage(
      of: made.base, in: TextSource(made.lines.reversed(), batchSize: 1), threads: 5)
    #expect(other == made.usage)
    #expect(made.usage.documents == made.lines.count)
    let ids = try `Extending a tokenizer`.ids(made.lines, made.base)
    #expect(made.usage.total == UInt64(ids.joined().count))
  }

  @Test func `specials that a template names are numbered anew`() throws {
    let pieces = ["a", "b", "ab", "ba", "[CLS]", "[SEP]", "abb"]
    let merges = [
      BPEMerge(left: 0, right: 1), BPEMerge(left: 1, right: 0), BPEMerge(left: 2, right: 1),
    ]
    let tokenizer = try TokenizerBuilder(.bpe(BPEModel(pieces: pieces, merges: merges)))
      .specialTokens("[CLS]", "[SEP]")
      .template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B [SEP]")
      .padding(with: "[SEP]")
      .build()
    var usage = TokenUsage(vocabularySize: tokenizer.vocabularySize)
    usage.counts[6] = 3
    let pruned = try TokenizerPruner(tokenizer).prune(usage, to: .unused)
    #expect(pruned.newIDs == [0, 1, 2, nil, 3, 4, 5])
    #expect(try pruned.tokenizer.encode("abb").ids == [3, 5, 4])
    #expect(pruned.tokenizer.padding?.id == 4)
    #expect(String(decoding: pruned.mapLines, as: UTF8.self).contains(#"{"old":3,"new":null}"#))
    #expect(pruned.mapNumbers.count == 7 * 4)
    #expect(throws: PruningError.usageOfAnotherTokenizer(ids: 3, expected: 7)) {
      try TokenizerPruner(tokenizer).prune(TokenUsage(vocabularySize: 3), to: .unused)
    }
  }
}
