/// How texts are cut to what a model takes.
///
///     tokenizer.truncation = Truncation(maximumLength: 512, stride: 64)
///     let encoding = try tokenizer.encode(document)
///     let windows = [encoding] + encoding.overflowing      // 512 tokens each, 64 of them shared
///
/// What the post-processor puts in counts too. Where there is not even room for that, nothing is
/// cut, as in tokenizers.
public struct Truncation: Sendable, Equatable {
  /// Which text of a pair is cut.
  public enum Strategy: String, Sendable, Equatable, CaseIterable {
    /// The longer one, then both alike.
    case longestFirst = "LongestFirst"
    /// The first one.
    case onlyFirst = "OnlyFirst"
    /// The second one.
    case onlySecond = "OnlySecond"
  }

  /// Which end is cut off.
  public enum Direction: String, Sendable, Equatable, CaseIterable {
    /// The start: the text's end is kept.
    case left = "Left"
    /// The end: the text's start is kept.
    case right = "Right"
  }

  /// How many tokens there may be, those of the post-processor included.
  public var maximumLength: Int
  /// Which text of a pair is cut.
  public var strategy: Strategy
  /// How many tokens an overflowing part shares with the one before it.
  public var stride: Int
  /// Which end is cut off.
  public var direction: Direction

  /// Creates a rule; `maximumLength` and `stride` must not be negative, and `stride` must be less
  /// than what is left for the text, or encoding a longer text throws.
  public init(
    maximumLength: Int, strategy: Strategy = .longestFirst, stride: Int = 0,
    direction: Direction = .right
  ) {
    self.maximumLength = maximumLength
    self.strategy = strategy
    self.stride = stride
    self.direction = direction
  }

  /// How many tokens of each text are kept; nil where nothing is cut.
  /// - Parameters:
  ///   - first: the number of tokens of the first text.
  ///   - second: that of the second, where there is one.
  ///   - added: how many tokens the post-processor puts in.
  func kept(
    first: Int, second: Int?, added: Int
  ) throws(TruncationError) -> (first: Int, second: Int)? {
    let room = maximumLength - added
    if room < 0 { return nil }
    if room == 0 { return (0, 0) }
    let excess = first + (second ?? 0) - room
    guard excess > 0 else { return nil }
    switch strategy {
    case .longestFirst:
      guard let second else { return (room, 0) }
      return Self.balanced(first, second, room)
    case .onlyFirst:
      guard first > excess else { throw .tooShort(tokens: first, excess: excess) }
      return (first - excess, second ?? 0)
    case .onlySecond:
      guard let second else { throw .secondMissing }
      guard second > excess else { throw .tooShort(tokens: second, excess: excess) }
      return (first, second - excess)
    }
  }

  /// The longer one gives first; where both must, each has half, and the longer the odd one.
  private static func balanced(_ first: Int, _ second: Int, _ room: Int) -> (Int, Int) {
    var (shorter, longer) = (min(first, second), max(first, second))
    longer = shorter > room ? shorter : max(shorter, room - shorter)
    if shorter + longer > room {
      shorter = room / 2
      longer = shorter + room % 2
    }
    return first > second ? (longer, shorter) : (shorter, longer)
  }

  /// The parts that `count` tokens are cut into, the kept one first.
  func ranges(of count: Int, length: Int) throws(TruncationError) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var moved = 0
    repeat {
      ranges.append(try range(of: count, length: length, moved: moved))
      moved += length - stride
    } while moved + stride < count
    return ranges
  }

  /// One part: the one that is kept, where nothing was `moved` over.
  func range(of count: Int, length: Int, moved: Int = 0) throws(TruncationError) -> Range<Int> {
    guard stride >= 0, stride < length else {
      throw .strideTooLarge(stride: stride, length: length)
    }
    let left = count - moved
    return direction == .right ? moved..<min(moved + length, count) : max(left - length, 0)..<left
  }
}

/// A text that cannot be cut as asked.
public enum TruncationError: Error, Equatable, CustomStringConvertible {
  /// The second text of a pair is to be cut, and there is none.
  case secondMissing
  /// The text to be cut has too few tokens to give `excess` of them away.
  case tooShort(tokens: Int, excess: Int)
  /// Overflowing parts would never get on: they share all that a part holds.
  case strideTooLarge(stride: Int, length: Int)

  /// Cause and remedy.
  public var description: String {
    switch self {
    case .secondMissing:
      "truncation: only_second needs a pair, and there is one text alone; use longest_first or only_first"
    case .tooShort(let tokens, let excess):
      "truncation: \(excess) tokens must go from a text that has \(tokens); raise the maximum length or use longest_first"
    case .strideTooLarge(let stride, let length):
      "truncation: the stride, \(stride), must be less than the \(length) tokens that are left for the text"
    }
  }
}
