/// What SentencePiece 0.2.3 checks when it loads a model (facts 1.2 of the format).
struct SentencePieceChecks {
  /// Where parts of the file start, for errors.
  struct Places {
    var pieces: [Int] = []
    var map = 0
    var denormalizerMap = 0
  }

  /// A piece must be shorter than this many bytes.
  static let tooLong = 8000

  private let places: Places

  init(_ places: Places) { self.places = places }

  /// Text as bytes: pieces that are canonically equivalent are different pieces.
  private struct Key: Hashable {
    let text: String
    static func == (one: Key, other: Key) -> Bool {
      one.text.utf8.elementsEqual(other.text.utf8)
    }
    func hash(into hasher: inout Hasher) {
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }

  private func fault(
    _ index: Int, _ member: String, _ reason: String
  ) -> TokenizerFileError {
    .malformed(path: "pieces[\(index)]\(member)", offset: places.pieces[index], reason: reason)
  }

  /// Checks everything, and makes a lone NUL unused as the reference does.
  func run(_ model: inout SentencePieceModel) throws(TokenizerFileError) {
    for index in model.pieces.indices { try checkText(index, &model) }
    try checkKinds(model)
    try checkDuplicates(model)
    if model.trainer.algorithm == .unigram { try checkScores(model) }
    try Self.check(model.normalizer, "normalizer_spec", at: places.map)
    if let denormalizer = model.denormalizer {
      try Self.check(denormalizer, "denormalizer_spec", at: places.denormalizerMap)
    }
  }

  private func checkText(
    _ index: Int, _ model: inout SentencePieceModel
  ) throws(TokenizerFileError) {
    let text = model.pieces[index].text.utf8
    guard !text.isEmpty else { throw fault(index, ".piece", "is empty") }
    guard text.count < Self.tooLong else {
      throw fault(index, ".piece", "\(text.count) bytes, over the limit of \(Self.tooLong - 1)")
    }
    guard text.contains(0) else { return }
    // Converters write one for the byte 0 beside <0x00>.
    if text.count == 1, model.trainer.hasByteFallback { model.pieces[index].kind = .unused }
    guard text.count == 1, model.pieces[index].kind == .unused else {
      throw fault(index, ".piece", "holds a NUL")
    }
  }

  private func checkKinds(_ model: SentencePieceModel) throws(TokenizerFileError) {
    var unknown: Int?
    var bytes = Set<UInt8>()
    for (index, piece) in model.pieces.enumerated() {
      if piece.kind == .unknown {
        if let unknown {
          throw fault(index, ".type", "UNKNOWN, as pieces[\(unknown)]; only one may be")
        }
        unknown = index
      } else if piece.kind == .byte {
        guard model.trainer.hasByteFallback else {
          throw fault(index, ".type", "BYTE, but trainer_spec.byte_fallback is not set")
        }
        guard let byte = Self.byte(piece.text) else {
          throw fault(index, ".piece", "a BYTE must be written as <0x1F>")
        }
        bytes.insert(byte)
      }
    }
    guard unknown != nil || model.trainer.hasByteFallback else {
      throw .invalid(path: "pieces", reason: "none is UNKNOWN, and there is no byte fallback")
    }
    guard !model.trainer.hasByteFallback || bytes.count == 256 else {
      throw .invalid(
        path: "pieces",
        reason: "trainer_spec.byte_fallback asks for 256 BYTE pieces, there are \(bytes.count)")
    }
  }

  /// The byte of `<0x1F>`: two digits, upper case.
  static func byte(_ text: String) -> UInt8? {
    let text = Array(text.utf8)
    guard text.count == 6, text.starts(with: "<0x".utf8), text[5] == UInt8(ascii: ">") else {
      return nil
    }
    var value: UInt8 = 0
    for digit in text[3...4] {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | (digit - 0x30)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | (digit - 0x41 + 10)
      default: return nil
      }
    }
    return value
  }

  /// Marks and ordinary pieces may be spelled alike, except in BPE.
  private func checkDuplicates(_ model: SentencePieceModel) throws(TokenizerFileError) {
    var marks: [Key: Int] = [:]
    var ordinary: [Key: Int] = [:]
    ordinary.reserveCapacity(model.pieces.count)
    for (index, piece) in model.pieces.enumerated() {
      if piece.kind == .unused, piece.text.utf8.elementsEqual([0]) { continue }
      let isMark =
        model.trainer.algorithm != .bpe
        && (piece.kind == .control || piece.kind == .unknown || piece.kind == .byte)
      let key = Key(text: piece.text)
      let earlier =
        isMark ? marks.updateValue(index, forKey: key) : ordinary.updateValue(index, forKey: key)
      if let earlier { throw fault(index, ".piece", "the same as pieces[\(earlier)]") }
    }
  }

  private func checkScores(_ model: SentencePieceModel) throws(TokenizerFileError) {
    for (index, piece) in model.pieces.enumerated() where !piece.score.isFinite {
      throw fault(index, ".score", "\(piece.score) is not a finite number")
    }
    let isThere = model.pieces.contains {
      $0.kind == .userDefined || $0.kind == .normal
        || $0.kind == .unused && !$0.text.utf8.elementsEqual([0])
    }
    guard isThere else {
      throw .invalid(path: "pieces", reason: "there are only marks, no piece to cut text into")
    }
  }

  private static func check(
    _ settings: SentencePieceModel.NormalizerSettings, _ path: String, at place: Int
  ) throws(TokenizerFileError) {
    guard !settings.precompiledMap.isEmpty else { return }
    do throws(PrecompiledMapError) {
      _ = try PrecompiledMap(settings.precompiledMap)
    } catch {
      throw .malformed(
        path: path + ".precompiled_charsmap", offset: place + error.offset, reason: error.reason)
    }
  }
}
