/// One decoder of a chain, over tokens that come one after another: gives out what no later token can
/// change.
///
/// Behind Fuse or ByteLevel all text is one token that comes in pieces.
struct DecoderStage {
  private enum State {
    /// Joins with spaces.
    case spaced(isFirst: Bool)
    /// Each token by itself, the first one differently.
    case first(Bool)
    /// Each token by itself.
    case each
    /// Tokens, until one comes that is no byte.
    case bytes([String])
    /// The last token: at the end of the text it is decoded differently.
    case last(String?)
    /// The token before.
    case distinct(from: String?)
    /// Bytes that may be the start of a character.
    case utf8([UInt8])
    /// The start of the text: the characters there may yet be cut off.
    case start(String)
    /// All tokens, or pieces of one, until the end.
    case whole([String], isOneToken: Bool)
  }

  private let decoder: Decoder?
  private var state: State

  /// The stages of a decoder, in order.
  static func chain(of decoder: Decoder?) -> [DecoderStage] {
    guard let decoder else { return [DecoderStage(nil, .spaced(isFirst: true))] }
    var stages: [DecoderStage] = []
    var isOneToken = false
    for one in decoder.flattened {
      stages.append(DecoderStage(one, isOneToken ? inPieces(one) : byToken(one)))
      switch one {
      case .fuse, .byteLevel: isOneToken = true
      default: break
      }
    }
    return stages
  }

  private init(_ decoder: Decoder?, _ state: State) {
    self.decoder = decoder
    self.state = state
  }

  private static func byToken(_ decoder: Decoder) -> State {
    switch decoder {
    case .metaspace, .wordPiece: .first(true)
    case .replace, .strip, .fuse: .each
    case .byteFallback: .bytes([])
    case .bpe: .last(nil)
    case .ctc: .distinct(from: nil)
    case .byteLevel: .utf8([])
    case .sequence: .whole([], isOneToken: false)  // Flattened before.
    }
  }

  private static func inPieces(_ decoder: Decoder) -> State {
    switch decoder {
    case .metaspace, .fuse: .each
    case .strip(_, _, stop: 0): .start("")
    default: .whole([], isOneToken: true)
    }
  }

  /// Takes a token, or a piece of the one there is.
  /// - Returns: The tokens that are final now.
  mutating func push(_ token: String) -> [String] {
    guard let decoder else {
      guard case .spaced(let isFirst) = state else { return [] }
      state = .spaced(isFirst: false)
      return isFirst ? [token] : [" " + token]
    }
    switch state {
    case .spaced: return [token]
    case .each: return decoder.apply([token])
    case .first(let isFirst):
      state = .first(false)
      return isFirst ? decoder.apply([token]) : Array(decoder.apply(["", token]).dropFirst())
    case .bytes(let run):
      guard ByteFallback.byte(token) == nil else {
        state = .bytes(run + [token])
        return []
      }
      state = .bytes([])
      return decoder.apply(run) + [token]
    case .last(let held):
      state = .last(token)
      return held.map { Array(decoder.apply([$0, ""]).dropLast()) } ?? []
    case .distinct(let last):
      state = .distinct(from: token)
      if let last, last.utf8.elementsEqual(token.utf8) { return [] }
      return decoder.apply([token])
    case .utf8(let bytes):
      let all = bytes + Decoder.bytes(of: token)
      let open = Self.openBytes(all)
      state = .utf8(Array(all.suffix(open)))
      return all.count == open ? [] : [String(decoding: all.dropLast(open), as: UTF8.self)]
    case .start(let text): return pushStart(text + token, decoder)
    case .whole(let tokens, let isOneToken):
      state = .whole(tokens + [token], isOneToken: isOneToken)
      return []
    }
  }

  /// Once something stands there that stays, all the rest does.
  private mutating func pushStart(_ text: String, _ decoder: Decoder) -> [String] {
    guard case .strip(let content, let start, _) = decoder,
      text.unicodeScalars.count < start,
      text.unicodeScalars.allSatisfy({ $0 == content })
    else {
      self = DecoderStage(.fuse, .each)
      return decoder.apply([text])
    }
    state = .start(text)
    return []
  }

  /// Ends the text.
  /// - Returns: The tokens that had to wait for it.
  mutating func finish() -> [String] {
    guard let decoder else { return [] }
    switch state {
    case .spaced, .each, .first, .distinct: return []
    case .bytes(let run): return decoder.apply(run)
    case .last(let held): return held.map { decoder.apply([$0]) } ?? []
    case .utf8(let bytes): return bytes.isEmpty ? [] : [String(decoding: bytes, as: UTF8.self)]
    case .start(let text): return decoder.apply([text])
    case .whole(let tokens, let isOneToken):
      return decoder.apply(isOneToken ? [tokens.joined()] : tokens)
    }
  }

  /// How many bytes at the end are the start of a character that may yet be whole.
  private static func openBytes(_ bytes: [UInt8]) -> Int {
    for back in 1...3 where back <= bytes.count {
      let lead = bytes[bytes.count - back]
      if lead & 0xC0 == 0x80 { continue }
      let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
      guard length > back else { return 0 }
      if back == 1 { return 1 }
      // The second byte decides whether there is a character at all (RFC 3629).
      let allowed: ClosedRange<UInt8> =
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      return allowed.contains(bytes[bytes.count - back + 1]) ? back : 0
    }
    return 0
  }
}

extension [DecoderStage] {
  /// Hands tokens through the stages from `place` on.
  mutating func pass(_ tokens: [String], from place: Int) -> [String] {
    var tokens = tokens
    for index in place..<Swift.max(place, count) where !tokens.isEmpty {
      tokens = tokens.flatMap { self[index].push($0) }
    }
    return tokens
  }
}
