// The decoders that work on words rather than on bytes.

extension Decoder {
  /// - Throws: `NormalizationError.badPattern` where a pattern does not compile.
  func checkPatterns() throws(NormalizationError) {
    switch self {
    case .replace(let pattern, _): _ = try PatternSearch(pattern)
    case .sequence(let decoders): for decoder in decoders { try decoder.checkPatterns() }
    default: break
    }
  }

  static func unprefixed(
    _ token: String, _ prefix: String, isFirst: Bool, _ cleansUp: Bool
  ) -> String {
    var text = token
    if !isFirst {
      // By bytes: Swift takes canonically equivalent strings for equal.
      text =
        token.utf8.starts(with: prefix.utf8)
        ? String(decoding: token.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : " " + token
    }
    return cleansUp ? cleanUp(text) : text
  }

  /// Takes out the spaces that a tokenizer of English put in, one token at a time and in this order,
  /// as the reference does.
  private static func cleanUp(_ token: String) -> String {
    guard token.utf8.contains(0x20) else { return token }
    return [
      (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
      (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ].reduce(token) { $0.replacingBytes($1.0, by: $1.1) }
  }

  static func collapse(
    _ tokens: [String], _ pad: String, _ wordDelimiter: String, _ cleansUp: Bool
  ) -> [String] {
    var texts: [String] = []
    var last: String?
    for token in tokens {
      defer { last = token }
      if let last, last.utf8.elementsEqual(token.utf8) { continue }
      var text = token.replacingBytes(pad, by: "")
      if cleansUp { text = cleanUp(text).replacingBytes(wordDelimiter, by: " ") }
      if !text.isEmpty { texts.append(text) }
    }
    return texts
  }

  static func replace(
    _ pattern: NormalizationStep.Pattern, _ content: String, in tokens: [String]
  ) -> [String] {
    // A tokenizer checks its patterns when it is made.
    guard let search = try? PatternSearch(pattern) else { return tokens }
    return tokens.map { token in
      let scalars = token.unicodeScalars.map(\.value)
      // A token that the pattern is given up on stays as it is: decoding has no way to fail.
      guard !scalars.isEmpty, let matches = try? search.matches(in: scalars), !matches.isEmpty
      else { return token }
      var text = String.UnicodeScalarView()
      var position = 0
      func copy(upTo end: Int) {
        text.append(contentsOf: scalars[position..<end].compactMap { Unicode.Scalar($0) })
      }
      for match in matches {
        copy(upTo: match.lowerBound)
        text.append(contentsOf: content.unicodeScalars)
        position = match.upperBound
      }
      copy(upTo: scalars.count)
      return String(text)
    }
  }

  /// Where both ends ask for the same characters, those at the start have them: the reference traps.
  static func strip(_ token: String, _ content: Unicode.Scalar, _ start: Int, _ stop: Int) -> String
  {
    let scalars = Array(token.unicodeScalars)
    let front = scalars.prefix(start).prefix { $0 == content }.count
    let back = scalars.dropFirst(front).suffix(stop).reversed().prefix { $0 == content }.count
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[front..<scalars.count - back])
    return String(text)
  }
}

extension String {
  /// Every `needle` replaced, left to right, by bytes: Swift takes canonically equivalent strings for
  /// equal. An empty needle stands before each character and at the end.
  func replacingBytes(_ needle: String, by content: String) -> String {
    let (needle, content) = (Array(needle.utf8), Array(content.utf8))
    var result: [UInt8] = []
    if needle.isEmpty {
      for scalar in unicodeScalars { result += content + Array(String(scalar).utf8) }
      return String(decoding: result + content, as: UTF8.self)
    }
    let bytes = Array(utf8)
    var position = 0
    while position < bytes.count {
      if bytes[position] == needle[0], bytes[position...].starts(with: needle) {
        result += content
        position += needle.count
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
