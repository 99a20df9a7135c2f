/// How encodings are filled up to one length.
///
///     tokenizer.padding = Padding(id: 0, token: "<pad>")
///     let batch = try await tokenizer.encodeBatch(texts)       // all as long as the longest
public struct Padding: Sendable, Equatable {
  /// What length encodings are filled up to.
  public enum Length: Sendable, Equatable {
    /// That of the longest in the batch; a text that is encoded alone is a batch of its own.
    case longest
    /// A fixed one; longer encodings stay as they are.
    case fixed(Int)
  }

  /// Which end is filled up.
  public enum Direction: String, Sendable, Equatable, CaseIterable {
    /// The start.
    case left = "Left"
    /// The end.
    case right = "Right"
  }

  /// What length encodings are filled up to.
  public var length: Length
  /// Which end is filled up.
  public var direction: Direction
  /// Where it is above 0, lengths are rounded up to a multiple of it.
  public var multiple: Int?
  /// The id of a padding token.
  public var id: UInt32
  /// The type of a padding token.
  public var typeID: UInt32
  /// The text of a padding token.
  public var token: String

  /// Creates a rule, with tokenizers' defaults.
  public init(
    length: Length = .longest, direction: Direction = .right, multiple: Int? = nil,
    id: UInt32 = 0, typeID: UInt32 = 0, token: String = "[PAD]"
  ) {
    self.length = length
    self.direction = direction
    self.multiple = multiple
    self.id = id
    self.typeID = typeID
    self.token = token
  }

  /// The length that a batch is filled up to whose longest encoding has `longest` tokens.
  func target(longest: Int) -> Int {
    var target = if case .fixed(let length) = length { length } else { longest }
    if let multiple, multiple > 0, target % multiple > 0 { target += multiple - target % multiple }
    return target
  }

  /// Fills up a batch.
  func apply(to encodings: inout [Encoding]) {
    let target = target(longest: encodings.map(\.count).max() ?? 0)
    for index in encodings.indices { encodings[index].pad(to: target, by: self) }
  }

  /// Fills up the ids of a batch, in the same way.
  func apply(to batch: inout [[UInt32]]) {
    let target = target(longest: batch.map(\.count).max() ?? 0)
    for index in batch.indices where batch[index].count < target {
      let missing = repeatElement(id, count: target - batch[index].count)
      batch[index].insert(
        contentsOf: missing, at: direction == .left ? 0 : batch[index].count)
    }
  }
}
