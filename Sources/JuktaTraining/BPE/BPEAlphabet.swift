internal import Jukta

/// The characters of words, one after another: scalars, or bytes in their byte-level spelling.
struct BPECharacters {
  private static let spellings = ByteAlphabet.scalars.map(\.value)
  private var cursor: ScalarCursor
  private let isByteLevel: Bool

  @inline(__always)
  init(_ word: UnsafeBufferPointer<UInt8>, isByteLevel: Bool) {
    cursor = ScalarCursor(word)
    self.isByteLevel = isByteLevel
  }

  @inline(__always)
  mutating func next() -> UInt32? {
    guard isByteLevel else { return cursor.next() }
    guard cursor.position < cursor.bytes.count else { return nil }
    defer { cursor.position += 1 }
    return Self.spellings[Int(cursor.bytes[cursor.position])]
  }
}

/// The characters that merging starts from, with their ids.
///
/// With a prefix or suffix a character has up to four forms, by whether it begins and whether it ends
/// a word, each a token of its own.
struct BPEAlphabet {
  /// The entries of the vocabulary before the first merge.
  private(set) var tokens: [BPEToken] = []
  /// The ids by text.
  private(set) var ids: [[UInt8]: UInt32] = [:]
  private(set) var diagnostics = BPEDiagnostics()
  /// The characters of the corpus that are in the alphabet.
  private(set) var present: Set<UInt32> = []
  /// How many entries of preferred characters found no room, of those that occur nowhere in the corpus.
  private(set) var spareCount = 0
  /// How many characters the words have in all.
  private(set) var characters: UInt64 = 0
  private let isByteLevel: Bool
  private let hasForms: Bool
  /// The bits of a form that make a difference.
  private let formMask: UInt64
  /// For each form (bit 0: not the first, bit 1: the last), the id of each character and one more;
  /// 0 for a character outside the alphabet.
  private var symbols: [ScalarTable<UInt32>]

  /// - Parameters:
  ///   - size: the entries of the vocabulary: how many preferred characters there is room for.
  ///   - filling: how many more entries that the corpus does not have are taken. They change no merge.
  init(_ settings: BPESettings, _ counts: borrowing WordCounts, size: Int, filling: Int = 0) {
    isByteLevel = settings.isByteLevel
    hasForms = settings.formCount > 1
    formMask =
      (settings.continuingSubwordPrefix.isEmpty ? 0 : 1)
      | (settings.endOfWordSuffix.isEmpty ? 0 : 2)
    symbols = [ScalarTable](repeating: ScalarTable(repeating: 0), count: hasForms ? 4 : 1)
    for token in settings.fixedTokens { _ = add(Array(token.text.utf8), token.kind) }
    var frequencies = ScalarTable<UInt64>(repeating: 0)
    countCharacters(counts, into: &frequencies)
    characters = frequencies.sum
    var kept = chooseCharacters(settings, frequencies)
    present = Set(kept)
    var forms = hasForms ? seenForms(counts) : []
    if !isByteLevel, settings.limitAlphabet == nil {
      let room = size - tokens.count - kept.count - forms.count
      addPreferred(settings, frequencies, size: size, room: room, filling, &kept, &forms)
    }
    kept.sort()
    for character in kept {
      let id = add(Self.utf8(character), .normal)
      for form in symbols.indices { symbols[form][character] = id + 1 }
    }
    addForms(settings, forms)
    let known = Set(kept)
    present = known.filter { frequencies[$0] > 0 }
    diagnostics.alphabet = kept.count
    diagnostics.characters = characters
    diagnostics.addedCharacters = kept.count - present.count
    diagnostics.unknown = UnknownCharacters(frequencies) { known.contains($0) }
  }

  /// The id of a character in its place in a word; nil outside the alphabet.
  @inline(__always)
  func id(of character: UInt32, isFirst: Bool, isLast: Bool) -> UInt32? {
    let found = hasForms ? symbols[Self.form(isFirst, isLast)][character] : symbols[0][character]
    return found == 0 ? nil : found - 1
  }

  @inline(__always)
  private static func form(_ isFirst: Bool, _ isLast: Bool) -> Int {
    (isFirst ? 0 : 1) + (isLast ? 2 : 0)
  }

  private mutating func add(_ text: [UInt8], _ kind: BPEToken.Kind) -> UInt32 {
    if let known = ids[text] { return known }
    let id = UInt32(tokens.count)
    ids[text] = id
    tokens.append(BPEToken(bytes: text, kind: kind))
    return id
  }

  private func countCharacters(
    _ counts: borrowing WordCounts, into frequencies: inout ScalarTable<UInt64>
  ) {
    counts.forEachUnordered { word, count in
      var characters = BPECharacters(word, isByteLevel: isByteLevel)
      while let character = characters.next() {
        frequencies[character] = saturatingSum(frequencies[character], count)
      }
    }
  }

  /// Adds the preferred characters that there is room for, each in all its forms, and `filling` more
  /// entries that the corpus does not have. Fixed tokens are known already.
  private mutating func addPreferred(
    _ settings: BPESettings, _ frequencies: ScalarTable<UInt64>, size: Int, room: Int,
    _ filling: Int, _ kept: inout [UInt32], _ forms: inout Set<UInt64>
  ) {
    let preferred = PreferredCharacters(
      settings.preferredCharacters, vocabularySize: size / settings.formCount)
    let others = (1..<4 as Range<UInt64>).filter { $0 & formMask == $0 }.map { $0 << 32 }
    var known = Set(kept)
    var left = room
    for character in preferred.taken(frequencies) where ids[Self.utf8(character)] == nil {
      let new = others.filter { !forms.contains($0 | UInt64(character)) }
      left -= new.count + (known.contains(character) ? 0 : 1)
      if left < 0 { break }
      if known.insert(character).inserted { kept.append(character) }
      forms.formUnion(new.map { $0 | UInt64(character) })
    }
    var spare: [UInt64] = []
    for character in preferred.all
    where ids[Self.utf8(character)] == nil
      && (frequencies[character] == 0 || known.contains(character))
    {
      if !known.contains(character) { spare.append(UInt64(character)) }
      spare += others.map { $0 | UInt64(character) }.filter { !forms.contains($0) }
    }
    for key in spare.prefix(filling) {
      if key >> 32 == 0 { kept.append(UInt32(key)) } else { forms.insert(key) }
    }
    spareCount = max(spare.count - filling, 0)
  }

  /// The most frequent characters, of two with one count the smaller code point; required ones first.
  private mutating func chooseCharacters(
    _ settings: BPESettings, _ counted: ScalarTable<UInt64>
  ) -> [UInt32] {
    var frequencies = counted
    var kept = frequencies.nonzeroScalars
    diagnostics.distinctCharacters = kept.count
    var required = settings.initialAlphabet.unicodeScalars.map(\.value)
    if isByteLevel { required += ByteAlphabet.scalars.map(\.value) }
    let total = kept.reduce(0.0) { $0 + Double(frequencies[$1]) }
    for character in required {
      if frequencies[character] == 0 { kept.append(character) }
      frequencies[character] = .max
    }
    guard settings.limitAlphabet != nil || settings.characterCoverage < 1 else { return kept }
    kept.sort { left, right in
      let (a, b) = (frequencies[left], frequencies[right])
      return a != b ? a > b : left < right
    }
    var limit = min(settings.limitAlphabet ?? .max, kept.count)
    if settings.characterCoverage < 1 {
      var covered = 0.0
      let enough = kept.firstIndex { character in
        if frequencies[character] != .max, covered >= settings.characterCoverage * total {
          return true
        }
        covered += Double(counted[character])
        return false
      }
      limit = min(limit, enough ?? kept.count)
    }
    for character in kept[limit...] {
      diagnostics.droppedCharacters = saturatingSum(
        diagnostics.droppedCharacters, frequencies[character])
    }
    kept.removeSubrange(limit...)
    return kept
  }

  /// The forms that occur of the characters of the alphabet, but for the plain ones.
  private func seenForms(_ counts: borrowing WordCounts) -> Set<UInt64> {
    var seen: Set<UInt64> = []
    counts.forEachUnordered { word, _ in
      forEachCharacter(of: word) { character, isFirst, isLast in
        if present.contains(character) {
          let form = UInt64(Self.form(isFirst, isLast)) & formMask
          if form != 0 { seen.insert(form << 32 | UInt64(character)) }
        }
      }
    }
    return seen
  }

  /// Gives ids to forms, in the order of their texts. (The reference numbers them as its hash map
  /// happens to give out the words, so no two of its runs agree.)
  private mutating func addForms(_ settings: BPESettings, _ forms: Set<UInt64>) {
    let prefix = Array(settings.continuingSubwordPrefix.utf8)
    let suffix = Array(settings.endOfWordSuffix.utf8)
    let texts = forms.map { key in
      let (form, character) = (Int(key >> 32), UInt32(truncatingIfNeeded: key))
      let text =
        (form & 1 == 0 ? [] : prefix) + Self.utf8(character) + (form & 2 == 0 ? [] : suffix)
      return (form: form, character: character, text: text)
    }
    for entry in texts.sorted(by: { $0.text.lexicographicallyPrecedes($1.text) }) {
      let symbol = add(entry.text, .normal) + 1
      for form in 0..<4 where form & Int(formMask) == entry.form {
        symbols[form][entry.character] = symbol
      }
    }
  }

  /// Calls `body` with each character of a word and its place among all of them, those outside the
  /// alphabet too.
  @inline(__always)
  func forEachCharacter(
    of word: UnsafeBufferPointer<UInt8>, _ body: (UInt32, _ isFirst: Bool, _ isLast: Bool) -> Void
  ) {
    var characters = BPECharacters(word, isByteLevel: isByteLevel)
    var current = characters.next()
    var isFirst = true
    while let character = current {
      current = characters.next()
      body(character, isFirst, current == nil)
      isFirst = false
    }
  }

  private static func utf8(_ scalar: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
  }
}
