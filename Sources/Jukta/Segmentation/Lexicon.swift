/// What the rules know of a word.
struct WordTraits: OptionSet, Sendable {
  let rawValue: UInt64

  /// Never ends a sentence with its dot.
  static let abbreviation = WordTraits(rawValue: 1 << 0)
  /// The name of a Latin letter, as in initials.
  static let letterName = WordTraits(rawValue: 1 << 1)
  /// An ordinary word too, so its dot needs a look at the neighbours.
  static let ordinaryWord = WordTraits(rawValue: 1 << 2)
  /// A Latin abbreviation that may end a sentence.
  static let finalAbbreviation = WordTraits(rawValue: 1 << 3)
  /// A number word that numbers sections.
  static let numberWord = WordTraits(rawValue: 1 << 4)
  /// A finite verb or a negation: a predicate may end with it.
  static let predicate = WordTraits(rawValue: 1 << 5)
  /// A particle that may follow a predicate.
  static let particle = WordTraits(rawValue: 1 << 6)
  /// Often the first word of a sentence.
  static let starter = WordTraits(rawValue: 1 << 7)
  /// A finite verb of saying.
  static let sayingVerb = WordTraits(rawValue: 1 << 8)
  /// A noun of saying, as in "asked a question".
  static let sayingNoun = WordTraits(rawValue: 1 << 9)
  /// Right after a quotation: the sentence goes on.
  static let goesOn = WordTraits(rawValue: 1 << 10)
  /// Right after a quotation: a new sentence.
  static let newClause = WordTraits(rawValue: 1 << 11)
  /// Spelt with an exclamation mark.
  static let exclaimedName = WordTraits(rawValue: 1 << 12)
  /// `this`, which with a noun of saying takes up the quotation before it.
  static let demonstrative = WordTraits(rawValue: 1 << 13)
  /// Joins two quotations.
  static let conjunction = WordTraits(rawValue: 1 << 15)
  /// Stands before a page number.
  static let page = WordTraits(rawValue: 1 << 14)
  /// A form of an irregular verb that makes one of a noun: দিল, as in ধমক দিল.
  static let lightVerb = WordTraits(rawValue: 1 << 16)
  /// A participle of such a verb: করে, দিয়ে.
  static let lightParticiple = WordTraits(rawValue: 1 << 17)
  /// A participle of a verb of saying: চেঁচিয়ে, as in চেঁচিয়ে উঠল.
  static let sayingParticiple = WordTraits(rawValue: 1 << 18)
  /// Says that what is before it is a name: শীর্ষক, নামে.
  static let naming = WordTraits(rawValue: 1 << 19)
  /// What may have a quotation for its name or text: বই, স্লোগান; any case.
  static let work = WordTraits(rawValue: 1 << 20)
  /// The stem of a verb: one that ends in a consonant, and one that ends in a vowel.
  static let consonantStem = WordTraits(rawValue: 1 << 21)
  static let vowelStem = WordTraits(rawValue: 1 << 22)
  /// A stem that says, that makes a verb of a noun, that sounds.
  static let sayingStem = WordTraits(rawValue: 1 << 23)
  static let lightStem = WordTraits(rawValue: 1 << 24)
  static let soundingStem = WordTraits(rawValue: 1 << 25)
  /// The last part of an address or of a file's name, in Bengali letters.
  static let addressEnding = WordTraits(rawValue: 1 << 26)
  /// The same, and an ordinary word.
  static let ambiguousEnding = WordTraits(rawValue: 1 << 27)
  /// Stands before a number that is no item's: নম্বর, নং, রান.
  static let counting = WordTraits(rawValue: 1 << 28)
  /// Stands before the number of an item, or alone before an answer: ধাপ, প্রশ্ন.
  static let label = WordTraits(rawValue: 1 << 29)
  /// Behind a number with a danda in it: টাকা, মিনিট, থেকে.
  static let measure = WordTraits(rawValue: 1 << 30)
  /// Before such a number: দাম, সূরা, সকাল.
  static let measured = WordTraits(rawValue: 1 << 31)
  /// `না` and the like.
  static let negation = WordTraits(rawValue: 1 << 32)
  /// A person: `আমি`, `তুমি`, in any case.
  static let person = WordTraits(rawValue: 1 << 33)
  /// Cannot be the name of one who speaks: হ্যাঁ, রাত, শেষ.
  static let noSpeaker = WordTraits(rawValue: 1 << 34)
  /// A Latin abbreviation that a number or name follows: vol, Fig.
  static let latinMiddle = WordTraits(rawValue: 1 << 35)
  /// The second part of a degree: কম in বি.কম.
  static let degreePart = WordTraits(rawValue: 1 << 36)
  /// Stands alone before what is asked or answered: প্রশ্ন, উত্তর.
  static let answer = WordTraits(rawValue: 1 << 38)
  /// A relative: যে, যাকে.
  static let relative = WordTraits(rawValue: 1 << 39)
  /// An interjection of laughter.
  static let laughter = WordTraits(rawValue: 1 << 37)
}

/// The words that rules know, in one hash table from their bytes to their traits.
///
/// ড় ঢ় য় are written in two ways; both are entered. Look-ups are read-only and allocate nothing.
final class Lexicon: Sendable {
  private let table: LexiconTable

  /// The built-in words and further abbreviations.
  init(abbreviations: [String]) { table = LexiconTable(abbreviations: abbreviations) }

  /// The built-in words alone.
  static let builtIn = Lexicon(abbreviations: [])

  /// What is known of the word at `range`.
  @inline(__always)
  func traits(of range: Range<Int>, in text: Span<UInt8>) -> WordTraits {
    table.traits(of: range, in: text)
  }

  /// Whether the word at `range` looks like a finite verb, or is a negation.
  func isPredicate(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    table.isPredicate(range, in: text)
  }

  /// Whether the word at `range` is known for a finite verb or a negation; `isPredicate` also guesses.
  func isKnownPredicate(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    table.isKnownPredicate(range, in: text)
  }

  /// The stem's traits where the word at `range` is a finite form of a verb whose stem is known.
  func verb(_ range: Range<Int>, in text: Span<UInt8>) -> (stem: WordTraits, isNegated: Bool)? {
    table.verb(range, in: text)
  }

  /// The stem's traits where the word at `range` is a noun of `kind` in any case, with any article:
  /// প্রশ্ন, প্রশ্নটি, প্রশ্নের, প্রশ্নগুলো.
  func isNoun(_ kind: WordTraits, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    table.isNoun(kind, range, in: text)
  }

  /// Whether the word at `range` is `word`.
  func equals(_ word: StaticString, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard word.utf8CodeUnitCount == range.count else { return false }
    return word.withUTF8Buffer { bytes in
      for step in 0..<range.count where bytes[step] != text[range.lowerBound + step] {
        return false
      }
      return true
    }
  }
}

/// The table of a `Lexicon`.
struct LexiconTable: Sendable {
  private var bytes: [UInt8] = []
  private var slots: [Slot]
  private var used = 0
  private let suffixes: [[UInt8]]
  private let endings: EndingTable
  private let caseEndings: [[UInt8]]

  private struct Slot: Sendable {
    var start: Int32 = 0
    var length: Int32 = 0
    var traits = WordTraits()
  }

  /// The built-in words and further abbreviations.
  init(abbreviations: [String]) {
    slots = Array(repeating: Slot(), count: 8192)
    suffixes = Self.list(BengaliWords.predicateEndings).flatMap(Self.spellings).map {
      Array($0.utf8)
    }
    caseEndings = Self.list(BengaliWords.caseEndings).flatMap(Self.spellings).map { Array($0.utf8) }
    endings = EndingTable(
      BengaliVerbs.endings.flatMap { kind, isNegated, list in
        Self.list(list).flatMap(Self.spellings).map { (Array($0.utf8), kind, isNegated) }
      })
    for (traits, words) in BengaliWords.table + BengaliVerbs.table {
      for word in Self.list(words) { insert(word, traits) }
    }
    for word in abbreviations {
      for part in word.split(whereSeparator: { $0 == "." || $0 == " " }) {
        insert(String(part), .abbreviation)
      }
    }
  }

  private static func list(_ words: String) -> [String] {
    // By scalars: a space and a vowel sign behind it are one Character.
    words.unicodeScalars.split { $0 == " " || $0 == "\n" }.map { String($0) }
  }

  /// The word with its nukta letters in one scalar, and in two.
  private static func spellings(_ word: String) -> [String] {
    let pairs: [(Unicode.Scalar, Unicode.Scalar)] = [
      ("\u{9DC}", "\u{9A1}"), ("\u{9DD}", "\u{9A2}"), ("\u{9DF}", "\u{9AF}"),
    ]
    var apart = String.UnicodeScalarView()
    for scalar in word.unicodeScalars {
      if let pair = pairs.first(where: { $0.0 == scalar }) {
        apart.append(pair.1)
        apart.append("\u{9BC}")
      } else {
        apart.append(scalar)
      }
    }
    var together = String.UnicodeScalarView()
    for scalar in apart {
      if scalar == "\u{9BC}", let last = together.last,
        let pair = pairs.first(where: { $0.1 == last })
      {
        together.removeLast()
        together.append(pair.0)
      } else {
        together.append(scalar)
      }
    }
    let (first, second) = (String(apart), String(together))
    return first.utf8.elementsEqual(second.utf8) ? [first] : [first, second]
  }

  private mutating func insert(_ word: String, _ traits: WordTraits) {
    for spelling in Self.spellings(word) {
      let key = Array(spelling.utf8)
      let slot = find(key.span, 0..<key.count)
      if slots[slot].length == 0 {
        slots[slot] = Slot(start: Int32(bytes.count), length: Int32(key.count))
        bytes += key
        used += 1
      }
      slots[slot].traits.formUnion(traits)
      if used * 2 > slots.count { grow() }
    }
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: old.count * 2)
    for slot in old where slot.length > 0 {
      let range = Int(slot.start)..<Int(slot.start + slot.length)
      slots[find(bytes.span, range)] = slot
    }
  }

  /// The slot of a word, or the free slot where it belongs.
  private func find(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot].length > 0, !equals(slots[slot], text, range) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func equals(_ slot: Slot, _ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard Int(slot.length) == range.count else { return false }
    let start = Int(slot.start)
    for step in 0..<range.count where bytes[start + step] != text[range.lowerBound + step] {
      return false
    }
    return true
  }

  /// What is known of the word at `range`.
  func traits(of range: Range<Int>, in text: Span<UInt8>) -> WordTraits {
    // The longest word of the table is shorter; a run of letters may be very long.
    guard !range.isEmpty, range.count <= 64 else { return [] }
    return slots[find(text, range)].traits
  }

  /// Whether the word at `range` looks like a finite verb, or is a negation.
  func isPredicate(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    let traits = traits(of: range, in: text)
    if !traits.isDisjoint(with: [.predicate, .sayingVerb, .lightVerb]) { return true }
    if verb(range, in: text) != nil { return true }
    return suffixes.contains { suffix in
      range.count > suffix.count + 2 && text.has(suffix, at: range.upperBound - suffix.count)
    }
  }

  /// Whether the word at `range` is known for a finite verb or a negation; `isPredicate` also guesses.
  func isKnownPredicate(_ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    let traits = traits(of: range, in: text)
    return !traits.isDisjoint(with: [.predicate, .sayingVerb, .lightVerb])
      || verb(range, in: text) != nil
  }

  /// The stem's traits where the word at `range` is a finite form of a verb whose stem is known.
  func verb(_ range: Range<Int>, in text: Span<UInt8>) -> (stem: WordTraits, isNegated: Bool)? {
    guard range.count >= 9, range.count <= 64 else { return nil }
    for index in endings.candidates(last: text[range.upperBound - 1]) {
      let ending = endings.entries[index]
      guard range.count >= ending.count + 6,
        endings.matches(ending, before: range.upperBound, in: text)
      else { continue }
      let stem = traits(of: range.lowerBound..<range.upperBound - ending.count, in: text)
      if stem.contains(ending.kind) { return (stem, ending.isNegated) }
    }
    return nil
  }

  /// The stem's traits where the word at `range` is a noun of `kind` in any case, with any article:
  /// প্রশ্ন, প্রশ্নটি, প্রশ্নের, প্রশ্নগুলো.
  func isNoun(_ kind: WordTraits, _ range: Range<Int>, in text: Span<UInt8>) -> Bool {
    guard range.count >= 6, range.count <= 64 else { return false }
    if traits(of: range, in: text).contains(kind) { return true }
    return caseEndings.contains { ending in
      range.count >= ending.count + 6
        && text.has(ending, at: range.upperBound - ending.count)
        && traits(of: range.lowerBound..<range.upperBound - ending.count, in: text).contains(kind)
    }
  }
}
