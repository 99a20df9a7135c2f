/// What can be encoded: a text, or words that someone has cut already; alone or as a pair.
public struct EncodingInput: Sendable, Equatable {
  /// One side of a pair, or all there is.
  public enum Sequence: Sendable, Equatable {
    /// A text.
    case text(String)
    /// Words: each is encoded by itself, and `wordIDs` count these.
    case words([String])
  }

  /// The first sequence, or the only one.
  public var first: Sequence
  /// The second sequence of a pair.
  public var second: Sequence?

  /// Creates an input.
  public init(_ first: Sequence, pair second: Sequence? = nil) {
    self.first = first
    self.second = second
  }

  /// A text, or a pair of texts.
  public static func text(_ text: String, pair: String? = nil) -> EncodingInput {
    EncodingInput(.text(text), pair: pair.map { .text($0) })
  }

  /// Words, or a pair of lists of words.
  public static func words(_ words: [String], pair: [String]? = nil) -> EncodingInput {
    EncodingInput(.words(words), pair: pair.map { .words($0) })
  }

  /// About how many bytes are to be encoded.
  var byteCount: Int {
    [first, second].reduce(0) { total, sequence in
      switch sequence {
      case nil: total
      case .text(let text): total + text.utf8.count
      case .words(let words): words.reduce(total) { $0 + $1.utf8.count }
      }
    }
  }
}
