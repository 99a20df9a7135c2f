/// How tokens become text again, under tokenizer.json's names.
///
/// Each decoder turns a list of strings into a list of strings; the text is what is left, joined.
public indirect enum Decoder: Sendable, Equatable {
  /// The marker becomes a space; the one that was put in front goes.
  case metaspace(
    replacement: Unicode.Scalar = "\u{2581}", prependScheme: PreTokenizer.PrependScheme = .always)
  /// Runs of `<0xXX>` become the text that their bytes spell, or a � a byte where they spell none.
  case byteFallback
  /// Tokens in `ByteAlphabet` become the text that their bytes spell, all together; others are taken as
  /// they are. What is no UTF-8 becomes �. The flags have no effect; they are kept for the file.
  case byteLevel(addsPrefixSpace: Bool = true, trimsOffsets: Bool = true, usesRegex: Bool = true)
  /// An end-of-word suffix becomes a space; at the end of the text it goes.
  case bpe(suffix: String = "</w>")
  /// Tokens are joined with spaces, but for those that begin with `prefix`, which loses it; with
  /// `cleansUp`, the spaces before English punctuation and contractions go.
  case wordPiece(prefix: String = "##", cleansUp: Bool = true)
  /// Of equal neighbours one stays, `pad` goes; with `cleansUp`, `wordDelimiter` becomes a space and
  /// spaces go as with `wordPiece`.
  case ctc(pad: String = "<pad>", wordDelimiter: String = "|", cleansUp: Bool = true)
  /// Every match of a pattern in a token becomes `content`.
  case replace(NormalizationStep.Pattern, content: String)
  /// Up to `start` of these characters go from the start of each token, up to `stop` from its end.
  case strip(Unicode.Scalar, start: Int, stop: Int)
  /// Everything joined into one string.
  case fuse
  /// Several, one after another.
  case sequence([Decoder])

  /// Decodes a list of tokens.
  func apply(_ tokens: [String]) -> [String] {
    switch self {
    case .metaspace(let replacement, let scheme):
      tokens.enumerated().map { index, token in
        Self.unmarked(token, replacement, dropsMarker: index == 0 && scheme != .never)
      }
    case .byteFallback: ByteFallback.decode(tokens)
    case .byteLevel: [Self.text(ofBytes: tokens)]
    case .bpe(let suffix):
      tokens.enumerated().map { index, token in
        token.replacingBytes(suffix, by: index == tokens.count - 1 ? "" : " ")
      }
    case .wordPiece(let prefix, let cleansUp):
      tokens.enumerated().map { index, token in
        Self.unprefixed(token, prefix, isFirst: index == 0, cleansUp)
      }
    case .ctc(let pad, let wordDelimiter, let cleansUp):
      Self.collapse(tokens, pad, wordDelimiter, cleansUp)
    case .replace(let pattern, let content): Self.replace(pattern, content, in: tokens)
    case .strip(let content, let start, let stop):
      tokens.map { Self.strip($0, content, start, stop) }
    case .fuse: [tokens.joined()]
    case .sequence(let decoders): decoders.reduce(tokens) { $1.apply($0) }
    }
  }

  private static func text(ofBytes tokens: [String]) -> String {
    String(decoding: tokens.flatMap(bytes), as: UTF8.self)
  }

  /// What a token of the byte alphabet spells; the bytes of any other.
  static func bytes(of token: String) -> [UInt8] {
    let spelled = token.unicodeScalars.map { ByteAlphabet.byte(of: $0) }
    return spelled.contains(nil) ? Array(token.utf8) : spelled.compactMap { $0 }
  }

  /// The decoders of a sequence, one after another.
  var flattened: [Decoder] {
    if case .sequence(let all) = self { all.flatMap(\.flattened) } else { [self] }
  }

  private static func unmarked(
    _ token: String, _ replacement: Unicode.Scalar, dropsMarker: Bool
  ) -> String {
    var text = ""
    for scalar in token.unicodeScalars {
      if scalar != replacement {
        text.unicodeScalars.append(scalar)
      } else if !dropsMarker {
        text += " "
      }
    }
    return text
  }
}

/// `<0x00>` … `<0xFF>`: bytes of characters that no piece covers.
package enum ByteFallback {
  /// The token of a byte.
  package static func token(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16, uppercase: true)
    return "<0x" + (hex.utf8.count == 1 ? "0" : "") + hex + ">"
  }

  /// The byte of a token; nil for other tokens.
  static func byte(_ token: String) -> UInt8? {
    guard token.utf8.count == 6, token.hasPrefix("<0x"), token.hasSuffix(">") else { return nil }
    return UInt8(
      token.utf8.dropFirst(3).dropLast(1).map { String(UnicodeScalar($0)) }.joined(), radix: 16)
  }

  static func decode(_ tokens: [String]) -> [String] {
    var texts: [String] = []
    var bytes: [UInt8] = []
    func flush() {
      guard !bytes.isEmpty else { return }
      if let text = String(validating: bytes, as: UTF8.self) {
        texts.append(text)
      } else {
        texts += bytes.map { _ in "\u{FFFD}" }
      }
      bytes.removeAll()
    }
    for token in tokens {
      if let byte = byte(token) {
        bytes.append(byte)
      } else {
        flush()
        texts.append(token)
      }
    }
    flush()
    return texts
  }
}
