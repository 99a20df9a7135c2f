public import Jukta

/// A tokenizer with new pieces behind its old ones.
public struct TokenizerExtension: Sendable {
  /// A new id, and what its text was before.
  public struct NewID: Sendable, Equatable {
    /// The id.
    public let id: UInt32
    /// The piece, as the vocabulary spells it.
    public let piece: String
    /// The bytes of text that it stands for: with a space for its mark. A piece of a byte-level model
    /// may end inside a character.
    public let text: [UInt8]
    /// The ids of that text in the base: where a row of an embedding matrix may start from.
    public let base: [UInt32]
  }

  /// The tokenizer.
  public let tokenizer: Tokenizer
  /// The new ids, in order.
  public let newIDs: [NewID]
  /// What training saw.
  public let diagnostics: Diagnostics

  /// What an extension saw, for reports.
  public struct Diagnostics: Sendable, Equatable {
    /// Distinct words.
    public internal(set) var distinctWords = 0
    /// Words in all.
    public internal(set) var words: UInt64 = 0
    /// Tokens of all words, by the base.
    public internal(set) var tokensBefore: UInt64 = 0
    /// Tokens of all words, by the extended tokenizer.
    public internal(set) var tokensAfter: UInt64 = 0
    /// New single characters, which the base spelled in bytes or did not know.
    public internal(set) var newCharacters = 0
    /// Distinct words that are cut otherwise when each new id is replaced by its base ids. 0 for BPE.
    public internal(set) var changedWords = 0
  }
}

extension TokenizerExtension {
  /// The lines of `new_ids.jsonl`: `{"id":…,"piece":…,"text":…,"from":[…]}`, in the order of the ids.
  ///
  /// `text` holds U+FFFD where a piece ends inside a character; `from` are ids of the base.
  public var newIDLines: [UInt8] {
    var output: [UInt8] = []
    for new in newIDs {
      var writer = JSONWriter()
      writer.value(
        .object([
          .init("id", .integer(Int(new.id))), .init("piece", .string(new.piece)),
          .init("text", .string(String(decoding: new.text, as: UTF8.self))),
          .init("from", .array(new.base.map { .integer(Int($0)) })),
        ]))
      output += writer.output.bytes
      output.append(0x0A)
    }
    return output
  }
}
