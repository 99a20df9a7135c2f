internal import Jukta

/// Goes on merging where a BPE model ended: words start as the base cuts them.
struct ContinuedMerging {
  private let base: Tokenizer
  private let settings: ExtensionSettings
  private let rule: PieceRule
  /// Whether pieces are spelled in `ByteAlphabet`, and words of the front end are bytes.
  private let takesBytes: Bool

  init(_ base: Tokenizer, _ settings: ExtensionSettings) {
    self.base = base
    self.settings = settings
    var rule = PieceRule(
      scripts: settings.scripts, isByteLevel: base.frontEnd.preTokenizer.isByteLevel)
    if let processor = base.model.sentencePiece {
      rule.marksEnds = processor.vocabulary.model.trainer.treatsWhitespaceAsSuffix
    }
    self.rule = rule
    takesBytes = base.model.bpe?.options.isByteLevel ?? false
  }

  func learn(
    _ counts: borrowing WordCounts, _ progress: (Int) -> TrainingSignal
  ) throws -> LearnedPieces {
    var symbols = Symbols(base, isByteLevel: rule.isByteLevel)
    var learned = LearnedPieces()
    for character in newCharacters(counts) {
      symbols.append(character)
      learned.pieces.append(piece(character, isCharacter: true))
    }
    let rule = rule
    let words = try words(counts, symbols, learned)
    var run = BPEMergeRun(
      words, lengths: [Int](repeating: 1, count: symbols.count), longest: nil,
      mayMerge: { [texts = symbols.texts] left, right in
        rule.allows((texts.words[Int(left)] + texts.words[Int(right)])[...])
      })
    while learned.pieces.count < settings.addedPieces, let item = run.next(),
      UInt64(item.count) >= settings.minFrequency
    {
      let merge = BPEMerge(
        left: UInt32(item.key >> 32), right: UInt32(truncatingIfNeeded: item.key))
      let text = symbols.texts.joined(merge.left, merge.right)
      // A piece of the base is never made anew: then old merges could fire behind new ones.
      guard let id = symbols.id(for: text) else { continue }
      if id == UInt32(symbols.count) {
        symbols.append(text)
        learned.pieces.append(piece(text, isCharacter: false))
      }
      learned.merges.append(merge)
      run.merge(item, into: id, joints: nil)
      if learned.merges.count % 256 == 0, case .cancel = progress(learned.pieces.count) {
        throw CancellationError()
      }
    }
    return learned
  }

  private func piece(_ text: [UInt8], isCharacter: Bool) -> NewPiece {
    let bytes = rule.isByteLevel ? Array(PieceSpelling.bytes(text)) : PieceSpelling.unmarked(text)
    return NewPiece(
      piece: String(decoding: text, as: UTF8.self), text: bytes, isCharacter: isCharacter)
  }

  /// The allowed characters of the words that the base has no piece for, the commonest first, of two
  /// with one count the smaller; none where the pieces are bytes.
  private func newCharacters(_ counts: borrowing WordCounts) -> [[UInt8]] {
    guard !rule.isByteLevel else { return [] }
    let frequencies = characterFrequencies(of: counts)
    var found: [(scalar: UInt32, count: UInt64)] = []
    for scalar in frequencies.nonzeroScalars where settings.scripts.contains(scalar) {
      guard let character = Unicode.Scalar(scalar), scalar != 0x2581,
        frequencies[scalar] >= settings.minFrequency,
        base.model.id(of: String(Character(character))) == nil
      else { continue }
      found.append((scalar, frequencies[scalar]))
    }
    found.sort { ($1.count, $0.scalar) < ($0.count, $1.scalar) }
    return found.prefix(settings.addedPieces).compactMap { entry in
      Unicode.Scalar(entry.scalar).map { Array(String(Character($0)).utf8) }
    }
  }

  /// The words as the base cuts them, new characters apart; what the base does not know, or spells in
  /// bytes, ends a stretch: nothing may merge with it.
  private func words(
    _ counts: borrowing WordCounts, _ symbols: Symbols, _ learned: LearnedPieces
  ) throws -> BPEWords {
    let tokenizer =
      learned.pieces.isEmpty ? base : try ExtendedVocabulary(base).tokenizer(learned)
    var encoder = try WordEncoder(tokenizer)
    var words = BPEWords()
    var ids: [UInt32] = []
    let list = counts.sorted()
    for index in 0..<list.count where mayLearn(from: list.word(at: index)) {
      ids.removeAll(keepingCapacity: true)
      try encoder.encode(list.word(at: index), into: &ids)
      for stretch in ids.split(whereSeparator: { symbols.isBarrier($0) }) {
        try words.append(stretch, list.counts[index])
      }
    }
    return words
  }

  /// Whether a word holds anything that a new piece may be made of.
  private func mayLearn(from word: ArraySlice<UInt8>) -> Bool {
    guard !settings.scripts.isUnlimited else { return true }
    let text = rule.isByteLevel && !takesBytes ? PieceSpelling.bytes(Array(word)) : word
    return String(decoding: text, as: UTF8.self).unicodeScalars.contains {
      settings.scripts.contains($0.value)
    }
  }
}

/// The symbols of a continued training: the base's ids, then the new ones.
private struct Symbols {
  /// What each symbol spells: shared with whoever asks about pairs, while it grows.
  final class Texts {
    fileprivate(set) var list: [[UInt8]] = []
    /// The same as bytes that are not spelled out, of byte-level models.
    fileprivate(set) var words: [[UInt8]] = []

    func joined(_ left: UInt32, _ right: UInt32) -> [UInt8] {
      list[Int(left)] + list[Int(right)]
    }
  }

  let texts = Texts()
  private let baseCount: Int
  private var barriers: [Bool]
  private var ids: [[UInt8]: UInt32] = [:]
  /// Pieces of the base that its merging never makes. A new piece inside of one could.
  private let orphans: [[UInt8]]
  private let isByteLevel: Bool

  var count: Int { texts.list.count }

  init(_ base: Tokenizer, isByteLevel: Bool) {
    self.isByteLevel = isByteLevel
    let pieces = base.model.pieces
    baseCount = base.vocabularySize
    var list = pieces.indices.map { Array(pieces.utf8(of: $0)) }
    list += [[UInt8]](repeating: [], count: baseCount - list.count)
    barriers = list.map(\.isEmpty)
    for token in base.addedTokens {
      list[Int(token.id)] = Array(token.content.utf8)
      barriers[Int(token.id)] = true
    }
    for (id, text) in list.enumerated() where !text.isEmpty { ids[text] = UInt32(id) }
    texts.list = list
    texts.words = isByteLevel ? list.map { Array(PieceSpelling.bytes($0)) } : list
    switch base.model {
    case .bpe(let model):
      if let id = model.options.unknownToken.flatMap({ model.id(of: $0) }) {
        barriers[Int(id)] = true
      }
      if model.options.byteFallback {
        for byte in UInt8.min...UInt8.max {
          if let id = model.id(of: ByteFallback.token(byte)) { barriers[Int(id)] = true }
        }
      }
      orphans = []
    case .sentencePiece(let processor):
      for (id, piece) in processor.vocabulary.model.pieces.enumerated() where piece.kind != .normal
      {
        barriers[id] = true
      }
      orphans = Self.orphans(base, list, barriers)
    default: orphans = []
    }
  }

  private static func orphans(
    _ base: Tokenizer, _ list: [[UInt8]], _ barriers: [Bool]
  ) -> [[UInt8]] {
    guard var encoder = try? WordEncoder(base) else { return [] }
    var found: [[UInt8]] = []
    var ids: [UInt32] = []
    for (id, text) in list.enumerated() where !barriers[id] {
      ids.removeAll(keepingCapacity: true)
      guard (try? encoder.encode(text[...], into: &ids)) != nil, ids == [UInt32(id)] else {
        found.append(text)
        continue
      }
    }
    return found
  }

  /// Whether a symbol takes part in no merge.
  func isBarrier(_ id: UInt32) -> Bool { Int(id) < barriers.count && barriers[Int(id)] }

  /// The id that a merge gets which spells `text`: a new one, or that of an equal new piece; nil where
  /// it would make, or help to make, a piece of the base.
  func id(for text: [UInt8]) -> UInt32? {
    if let known = ids[text] { return Int(known) < baseCount ? nil : known }
    if orphans.contains(where: { $0.count > text.count && $0.holds(text) }) { return nil }
    return UInt32(count)
  }

  mutating func append(_ text: [UInt8]) {
    ids[text] = UInt32(count)
    texts.list.append(text)
    texts.words.append(isByteLevel ? Array(PieceSpelling.bytes(text)) : text)
  }
}

extension [UInt8] {
  fileprivate func holds(_ part: [UInt8]) -> Bool {
    guard part.count <= count else { return false }
    return (0...count - part.count).contains { self[$0..<$0 + part.count].elementsEqual(part) }
  }
}

/// From the spelling of byte-level pieces to their bytes, and from marks to spaces.
enum PieceSpelling {
  /// The bytes that a text in `ByteAlphabet` spells; characters outside it spell themselves.
  static func bytes(_ spelled: [UInt8]) -> ArraySlice<UInt8> {
    var bytes: [UInt8] = []
    for scalar in String(decoding: spelled, as: UTF8.self).unicodeScalars {
      if let byte = ByteAlphabet.byte(of: scalar) {
        bytes.append(byte)
      } else {
        bytes += Array(String(Character(scalar)).utf8)
      }
    }
    return bytes[...]
  }

  /// A text with a space for each ▁.
  static func unmarked(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var place = 0
    while place < text.count {
      if text[place...].starts(with: PieceRule.mark) {
        output.append(0x20)
        place += 3
      } else {
        output.append(text[place])
        place += 1
      }
    }
    return output
  }
}
