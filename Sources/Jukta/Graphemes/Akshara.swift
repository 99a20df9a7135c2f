/// An orthographic syllable and what it is made of.
///
///     "স্ত্রীর".aksharas.first?.conjunct?.components    // ["স", "ত", "র"]
public struct Akshara: Sendable, Equatable {
  /// What it is built on.
  public enum Kind: String, Sendable {
    /// A consonant or several: ক, ক্ষ্মী.
    case consonant
    /// ৎ.
    case khandaTa = "khanda-ta"
    /// A vowel letter, perhaps with ya-phala: আ, অ্যা.
    case vowel
    /// A digit, ঽ, a dotted circle: what stands in for a letter.
    case placeholder
    /// Signs without a base.
    case broken
    /// Anything else: a space, a danda, a letter of another script.
    case other
  }

  /// What one scalar does in it.
  public struct Part: Sendable, Equatable {
    /// The scalar.
    public var scalar: Unicode.Scalar
    /// Its role.
    public var role: SignRole
  }

  /// Its text, as stored.
  public var text: String
  /// Its bytes in the text.
  public var range: Range<Int>
  /// What it is built on.
  public var kind: Kind
  /// Its scalars, in the order of storage.
  public var parts: [Part]
  /// Its conjunct, where two consonants or more are joined.
  public var conjunct: Conjunct?

  /// Its consonants, each with its nukta.
  public var consonants: [String] { members.map(\.letter) }
  let members: [AksharaMember]

  init(scalars: [UInt32], classes: [BengaliClass], range: Range<Int>) {
    text = string(scalars)
    self.range = range
    kind = Self.kind(classes.first ?? .other)
    let members = AksharaMember.all(scalars, classes)
    self.members = members
    parts = scalars.indices.map { index in
      Part(
        scalar: Unicode.Scalar(scalars[index]) ?? "\u{FFFD}",
        role: SignRole.of(index, scalars, classes, members))
    }
    conjunct = nil
    if let first = members.first, let last = members.last, members.count >= 2 {
      conjunct = Conjunct(
        text: string(Array(scalars[first.range.lowerBound..<last.range.upperBound])),
        members: members)
    }
  }

  private static func kind(_ first: BengaliClass) -> Kind {
    switch first {
    case .consonant: .consonant
    case .deadConsonant: .khandaTa
    case .vowel: .vowel
    case .placeholder: .placeholder
    case .other, .mark: .other
    default: .broken
    }
  }
}

/// Two consonants or more joined by hasanta: a যুক্তাক্ষর.
public struct Conjunct: Sendable, Equatable {
  /// From the first consonant to the last with its nukta, as stored.
  public var text: String
  /// The consonants, each with its nukta.
  public var components: [String]
  /// How it is read in Bengali: `ন-এ দ-এ র-ফলা`.
  public var reading: String
  /// The Unicode names of the letters: `NA-DA-RA`.
  public var name: String

  init(text: String, members: [AksharaMember]) {
    self.text = text
    components = members.map(\.letter)
    reading = Self.reading(members)
    name = members.map { SignName.letter($0.scalar) }.joined(separator: "-")
  }

  private static func reading(_ members: [AksharaMember]) -> String {
    var words: [String] = []
    var index = members.first?.form == .reph ? 1 : 0
    while index < members.count {
      let member = members[index]
      if member.scalar == 0x0995, index + 1 < members.count, members[index + 1].scalar == 0x09B7 {
        words.append("ক্ষ")
        index += 2
        continue
      }
      words.append(member.form.name ?? member.letter)
      index += 1
    }
    let text = words.enumerated().map { place, word in
      place + 1 < words.count && !word.hasSuffix("ফলা") ? word + "-এ" : word
    }.joined(separator: " ")
    return members.first?.form == .reph ? "রেফ " + text : text
  }
}

/// A consonant of an akshara's onset, with the shape that it takes.
struct AksharaMember: Sendable, Equatable {
  /// The shape of a consonant in a conjunct.
  enum Form: Sendable, Equatable {
    case full, reph
    case yaPhala, raPhala, baPhala, maPhala, naPhala, nnaPhala, laPhala

    /// Its name in Bengali; nil for a letter in full.
    var name: String? {
      switch self {
      case .full: nil
      case .reph: "রেফ"
      case .yaPhala: "য-ফলা"
      case .raPhala: "র-ফলা"
      case .baPhala: "ব-ফলা"
      case .maPhala: "ম-ফলা"
      case .naPhala: "ন-ফলা"
      case .nnaPhala: "ণ-ফলা"
      case .laPhala: "ল-ফলা"
      }
    }
  }

  var scalar: UInt32
  /// With its nukta.
  var letter: String
  /// The scalars of the letter and its nukta, within the akshara.
  var range: Range<Int>
  var form = Form.full

  static func all(_ scalars: [UInt32], _ classes: [BengaliClass]) -> [AksharaMember] {
    var members: [AksharaMember] = []
    for index in scalars.indices
    where classes[index] == .consonant || classes[index] == .deadConsonant {
      var end = index + 1
      while end < scalars.count, classes[end] == .nukta { end += 1 }
      members.append(
        AksharaMember(
          scalar: scalars[index], letter: string(Array(scalars[index..<end])), range: index..<end))
    }
    guard let first = members.first else { return [] }
    if members.count > 1, first.range.lowerBound == 0, isReph(scalars, classes, members) {
      members[0].form = .reph
    }
    // The base is never a phala: after a reph it is the second, before a vowel's ya-phala none.
    let hasBase = first.range.lowerBound == 0 && classes[0] == .consonant
    let firstPhala = !hasBase ? 0 : members[0].form == .reph ? 2 : 1
    var isLast = true
    for place in members.indices.reversed() where place >= firstPhala {
      let form = phala(members[place].letter.unicodeScalars, isLast: isLast)
      members[place].form = form
      // What stands before a ya-phala is last still: ত্র্য has ra-phala and ya-phala.
      if form != .yaPhala { isLast = false }
    }
    return members
  }

  /// র + hasanta with no joiner on either side, before another consonant.
  private static func isReph(
    _ scalars: [UInt32], _ classes: [BengaliClass], _ members: [AksharaMember]
  ) -> Bool {
    let first = members[0]
    guard first.scalar == 0x09B0 || first.scalar == 0x09F0, first.range.count == 1 else {
      return false
    }
    return !classes[first.range.upperBound..<members[1].range.lowerBound].contains {
      $0.isJoiner
    }
  }

  private static func phala(_ letter: String.UnicodeScalarView, isLast: Bool) -> Form {
    guard letter.count == 1, let scalar = letter.first?.value else { return .full }
    switch scalar {
    case 0x09AF: return .yaPhala
    case 0x09B0 where isLast: return .raPhala
    case 0x09AC where isLast: return .baPhala
    case 0x09AE where isLast: return .maPhala
    case 0x09A8 where isLast: return .naPhala
    case 0x09A3 where isLast: return .nnaPhala
    case 0x09B2 where isLast: return .laPhala
    default: return .full
    }
  }
}
