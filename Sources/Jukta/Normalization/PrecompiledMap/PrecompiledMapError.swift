/// What is wrong with a compiled map.
public struct PrecompiledMapError: Error, Equatable, CustomStringConvertible {
  /// The byte of the map where it is.
  public let offset: Int
  /// What it is.
  public let reason: String

  /// Place and cause.
  public var description: String { "byte \(offset): \(reason)" }
}
