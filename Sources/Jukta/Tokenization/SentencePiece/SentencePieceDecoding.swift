/// Decodes the pieces of a SentencePiece model one after another: control pieces say nothing, bytes spell
/// characters (U+FFFD where they don't), ▁ is a space, and the one in front that normalising put there
/// goes.
struct SentencePieceDecoding {
  private let vocabulary: SentencePieceVocabulary
  /// Whether control pieces are written as they are.
  private let showsControls: Bool
  /// The text so far, or since it was last taken; not yet denormalised.
  private var text: [UInt8] = []
  private var isEmpty = true
  private var bytes: [UInt8] = []
  /// Whether a ▁ in front is still to go, and whether the last token lost one.
  private var isStart = true
  private var hasStripped = false

  init(_ vocabulary: SentencePieceVocabulary, showsControls: Bool) {
    self.vocabulary = vocabulary
    self.showsControls = showsControls
  }

  /// Takes the next id; one that does not exist is passed over.
  mutating func push(_ id: UInt32) {
    guard let kind = vocabulary.kind(of: id) else { return }
    let piece = vocabulary.pieces[Int(id)]
    if kind == .byte, let byte = ByteFallback.byte(piece) { return bytes.append(byte) }
    flush()
    if hasStripped || !isEmpty { isStart = false }
    hasStripped = false
    switch kind {
    case .control: if showsControls { text += Array(piece.utf8) }
    case .unknown: text += Array(vocabulary.model.trainer.unknownSurface.utf8)
    case .normal, .userDefined, .unused, .byte: append(piece)
    }
    isEmpty = isEmpty && text.isEmpty
  }

  private mutating func append(_ piece: String) {
    let settings = vocabulary.model.normalizer
    var scalars = piece.unicodeScalars[...]
    if isStart, settings.addsDummyPrefix || settings.removesExtraWhitespace,
      scalars.first == SentencePieceVocabulary.space
    {
      scalars = scalars.dropFirst()
      hasStripped = !settings.removesExtraWhitespace
    }
    for scalar in scalars {
      if scalar == SentencePieceVocabulary.space {
        text.append(0x20)
      } else {
        text += Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
  }

  /// Spells a run of bytes, which other tokens end.
  private mutating func flush() {
    guard !bytes.isEmpty else { return }
    var position = 0
    bytes.withUnsafeBufferPointer { bytes in
      while position < bytes.count {
        if let (_, length) = UTF8Scalars.decode(bytes, at: position) {
          text += bytes[position..<position + length]
          position += length
        } else {
          text += [0xEF, 0xBF, 0xBD]
          position += 1
        }
      }
    }
    bytes.removeAll(keepingCapacity: true)
    isEmpty = false
  }

  /// The text since the last time; what bytes are still to spell stays.
  mutating func take() -> [UInt8] {
    defer { text.removeAll(keepingCapacity: true) }
    return text
  }

  /// The rest of the text.
  mutating func finish() -> [UInt8] {
    flush()
    return take()
  }
}
