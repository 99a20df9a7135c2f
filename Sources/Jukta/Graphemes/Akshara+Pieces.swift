extension Akshara {
  /// Whether a piece of a vocabulary starts with a sign or a joiner that needs a letter before it;
  /// a ▁ or ## in front does not count.
  public static func startsWithSign(_ piece: String) -> Bool {
    var scalars = Substring(piece).unicodeScalars
    if scalars.first == "\u{2581}" { scalars.removeFirst() }
    if scalars.starts(with: "##".unicodeScalars) { scalars.removeFirst(2) }
    guard let first = scalars.first else { return false }
    let kind = BengaliClass(first.value, isMark: false)
    return kind.isSign || kind.isJoiner
  }

  /// Whether an akshara (UTF-8) is built of Bengali letters or signs, and is no digit, space or
  /// foreign letter.
  public static func isBengali(_ akshara: Span<UInt8>) -> Bool {
    let first = akshara.withUnsafeBufferPointer {
      $0.isEmpty ? nil : UTF8Scalars.decode($0, at: 0)
    }
    guard let first else { return false }
    let kind = BengaliClass(first.0, isMark: false)
    return kind.isLetter || kind.isSign || kind.isJoiner
  }
}
