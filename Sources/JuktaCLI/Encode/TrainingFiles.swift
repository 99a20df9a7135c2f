import Jukta

/// The files that training programs read ids from: where each lies beside the others, and how wide an id
/// is.
enum TrainingFiles {
  case megatron, datatrove

  /// Bytes an id.
  ///
  /// Megatron's tools take 16 bits for vocabularies below 65,500 and its 32-bit integers for others;
  /// datatrove takes 16 bits where all ids fit.
  func width(vocabularySize: Int) -> Int {
    switch self {
    case .megatron: vocabularySize < 65_500 ? 2 : 4
    case .datatrove: vocabularySize <= 0x10000 ? 2 : 4
    }
  }

  /// The names of the ids, of the index, and of the third file where there is one.
  func names(_ prefix: String) -> (ids: String, index: String, metadata: String?) {
    switch self {
    case .megatron: (prefix + ".bin", prefix + ".idx", nil)
    case .datatrove: (prefix + ".ds", prefix + ".ds.index", prefix + ".ds.metadata")
    }
  }

  /// Opens them.
  func open(_ prefix: String, width: Int, model: String) throws -> IndexedOutput {
    let names = names(prefix)
    let metadata = try names.metadata.map { try Output.open($0) }
    let index = try Output.open(names.index)
    let ids = try Output.open(names.ids)
    let style: IndexedOutput.Style =
      self == .megatron ? .megatron(width: width) : .datatrove(model: model, width: width)
    return IndexedOutput(ids, index, metadata, style)
  }
}

/// Megatron's index: a head, the length of each text in ids, where it starts in bytes, and where each
/// document starts among the texts; here each text is a document. All numbers are little-endian.
struct MegatronIndex {
  private static let magic: [UInt8] = Array("MMIDIDX".utf8) + [0, 0]
  let width: Int
  /// Of each text. Texts of 2^31 ids or more are refused: lengths are 32-bit integers.
  private(set) var lengths: [Int32] = []

  init(width: Int) { self.width = width }

  mutating func add(_ length: Int) throws {
    guard let length = Int32(exactly: length) else {
      throw OutputError(name: "a text of \(length) ids", reason: "Megatron's are below 2^31")
    }
    lengths.append(length)
  }

  func write(to output: inout Output) throws {
    try output.write { buffer in
      for byte in Self.magic { buffer.append(byte) }
      buffer.appendLittleEndian(1, bytes: 8)
      // 8 is numpy.uint16, 4 numpy.int32.
      buffer.append(width == 2 ? 8 : 4)
      buffer.appendLittleEndian(UInt64(lengths.count), bytes: 8)
      buffer.appendLittleEndian(UInt64(lengths.count + 1), bytes: 8)
    }
    for length in lengths {
      try output.write { $0.appendLittleEndian(UInt64(length), bytes: 4) }
    }
    var start: UInt64 = 0
    for length in lengths {
      try output.write { $0.appendLittleEndian(start, bytes: 8) }
      start += UInt64(length) * UInt64(width)
    }
    for document in 0...UInt64(lengths.count) {
      try output.write { $0.appendLittleEndian(document, bytes: 8) }
    }
  }
}

/// datatrove's third file: whose ids they are and how wide, how many, and that for people.
enum DatatroveMetadata {
  static func text(model: String, width: Int, ids: Int) -> String {
    "\(model)|\(width)\n\(ids)\n\(metric(ids))"
  }

  /// A number with three digits and a letter, as the `humanize` package writes it: 3.47 kT.
  static func metric(_ count: Int) -> String {
    let digits = String(count).utf8.count - 1
    let scale = (0..<(digits / 3)).reduce(1.0) { scale, _ in scale * 1000 }
    let letters = Array(" kMGTPE")
    let letter = digits < 3 ? "" : String(letters[digits / 3])
    return fixed(Double(count) / scale, 2 - digits % 3) + " \(letter)T"
  }
}

extension ByteBuffer {
  /// Appends the low bytes of a number, the lowest first.
  mutating func appendLittleEndian(_ value: UInt64, bytes: Int) {
    for place in 0..<bytes { append(UInt8(truncatingIfNeeded: value >> UInt64(8 * place))) }
  }
}

/// The token that ends a document.
enum EndOfDocument {
  /// What tokenizers call it, the likeliest first.
  static let usual = [
    "</s>", "<|endoftext|>", "<|end_of_text|>", "<eos>", "<|eos|>", "[EOS]", "<|im_end|>", "[SEP]",
  ]

  /// Its id.
  /// - Parameter name: the token; nil for the model's own, or one of the usual names.
  static func id(in tokenizer: Tokenizer, named name: String?, model: String) throws -> UInt32 {
    if let name {
      guard let id = tokenizer.id(of: name) else {
        throw ModelLoadError(
          path: model, reason: "has no token '\(name)'; name another with --eos-token")
      }
      return id
    }
    if let id = tokenizer.model.sentencePiece?.vocabulary.endID { return id }
    for name in usual {
      if let id = tokenizer.id(of: name) { return id }
    }
    throw ModelLoadError(
      path: model,
      reason: "has none of the usual tokens that end a text (\(usual.joined(separator: " "))); "
        + "name one with --eos-token")
  }

  /// Whether every text ends with the same id anyway, as a template for BERT makes it.
  static func isCommon(_ tokenizer: Tokenizer, addsSpecialTokens: Bool) throws -> Bool {
    let last = try ["", "ক", "1 2"].map {
      try tokenizer.encode($0, addsSpecialTokens: addsSpecialTokens).ids.last
    }
    return last[0] != nil && last.allSatisfy { $0 == last[0] }
  }
}
