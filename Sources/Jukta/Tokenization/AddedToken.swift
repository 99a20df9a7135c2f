/// A token that is cut out of the text before the model sees it.
public struct AddedToken: Sendable, Equatable {
  /// The text that stands for it.
  public var content: String
  /// Its id.
  public var id: UInt32
  /// Whether it must stand alone, with no word character on either side.
  public var singleWord = false
  /// Whether white space before it belongs to it.
  public var stripsLeft = false
  /// Whether white space after it belongs to it.
  public var stripsRight = false
  /// Whether it is looked for in the normalised text rather than in the original.
  public var isNormalized = false
  /// Whether it is special: left out of decoded text where that is asked for.
  public var isSpecial = true

  /// Creates a special token, looked for in the original text.
  public init(_ content: String, id: UInt32) {
    self.content = content
    self.id = id
  }
}
