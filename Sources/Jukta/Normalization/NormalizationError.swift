/// What can go wrong between a text and its normal form.
public enum NormalizationError: Error, Equatable, CustomStringConvertible {
  /// The text is not UTF-8 at this byte offset.
  case invalidUTF8(offset: Int)
  /// The text is longer than offsets can say: 4 GiB.
  case textTooLong(bytes: Int)
  /// A regular expression that does not compile, or that Jukta does not run.
  case badPattern(pattern: String, reason: String, offset: Int)
  /// A regular expression that was given up on a text: it takes too many steps, or goes too deep.
  case patternGaveUp(pattern: String, reason: String)
  /// A preset name that does not exist.
  case unknownPreset(String)

  /// Cause, place and remedy in one sentence.
  public var description: String {
    switch self {
    case .invalidUTF8(let offset):
      "byte \(offset) is not UTF-8; convert the text to UTF-8 first"
    case .textTooLong(let bytes):
      "a text of \(bytes) bytes is over the limit of 4 GiB; split it into documents"
    case .badPattern(let pattern, let reason, let offset):
      "the pattern \(Self.shortened(pattern)) is not a regular expression that Jukta runs: "
        + "\(Self.shortened(reason)) at character \(offset)"
    case .patternGaveUp(let pattern, let reason):
      "the pattern \(Self.shortened(pattern)) was given up on this text: \(reason); "
        + "simplify the pattern, or split the text"
    case .unknownPreset(let name):
      "there is no preset '\(name)'; the presets are "
        + Normalizer.presetNames.joined(separator: ", ")
    }
  }

  /// A pattern of a file may be of any length; a message is not.
  private static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > 200 else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(120)))
      + "… (\(scalars.count) characters)"
  }
}
