/// Rules from scalars to scalars, on their way to a compiled map.
struct ScalarRules {
  typealias Text = [UInt32]

  private(set) var targets: [Text: Text] = [:]
  /// Ways to spell a Hangul syllable, nine of ten rules. Nothing shorter gives a syllable, so they
  /// are all needed; and what they give is found by arithmetic.
  private var syllables: [(source: Text, target: UInt32)] = []
  /// The conjoining letter that a scalar spells.
  private var letters: [UInt32: UInt32] = [:]

  subscript(source: Text) -> Text? {
    get { targets[source] }
    set { targets[source] = newValue }
  }

  /// Adds a spelling of the syllable that `parts` are the letters of, if they are.
  mutating func addSyllable(_ source: Text, _ parts: Text) -> Bool {
    guard let syllable = Self.syllable(parts) else { return false }
    for (scalar, letter) in zip(source, parts) { letters[scalar] = letter }
    syllables.append((source, syllable))
    return true
  }

  /// The syllable of two or three conjoining letters (section 3.12 of the Unicode Standard).
  private static func syllable(_ parts: Text) -> UInt32? {
    guard parts.count == 2 || parts.count == 3, (0x1100..<0x1113).contains(parts[0]),
      (0x1161..<0x1176).contains(parts[1])
    else { return nil }
    let open = 0xAC00 + ((parts[0] - 0x1100) * 21 + parts[1] - 0x1161) * 28
    guard parts.count == 3 else { return open }
    return (0x11A8..<0x11C3).contains(parts[2]) ? open + parts[2] - 0x11A7 : nil
  }

  private func target(of source: Text) -> Text? {
    if let target = targets[source] { return target }
    let parts = source.compactMap { letters[$0] }
    guard parts.count == source.count, let syllable = Self.syllable(parts) else { return nil }
    return [syllable]
  }

  /// Changes every target.
  mutating func mapTargets(_ transform: (UInt32) -> UInt32) {
    targets = targets.mapValues { $0.map(transform) }
  }

  /// What the rules make of `text` where sources of at most `longest` scalars are looked for,
  /// leftmost first, longest first.
  func apply(to text: Text, atMost longest: Int) -> Text {
    var result: Text = []
    var place = 0
    next: while place < text.count {
      for length in stride(from: min(longest, text.count - place), to: 0, by: -1) {
        if let target = target(of: Array(text[place..<place + length])) {
          result += target
          place += length
          continue next
        }
      }
      result.append(text[place])
      place += 1
    }
    return result
  }

  /// Drops every rule whose target shorter rules give as well.
  mutating func removeRedundant() {
    let all = targets
    targets = [:]
    targets.reserveCapacity(all.count)
    let byLength = Dictionary(grouping: all, by: \.key.count)
    for length in byLength.keys.sorted() {
      let needed = byLength[length, default: []].filter {
        apply(to: $0.key, atMost: length - 1) != $0.value
      }
      for rule in needed { targets[rule.key] = rule.value }
    }
  }

  /// The rules as UTF-8.
  var compilable: [PrecompiledMap.Rule] {
    var buffer = ByteBuffer()
    func bytes(_ text: Text) -> [UInt8] {
      buffer.removeAll()
      for scalar in text { UTF8Scalars.append(scalar, to: &buffer) }
      return buffer.bytes
    }
    var rules: [PrecompiledMap.Rule] = []
    rules.reserveCapacity(targets.count + syllables.count)
    for (source, target) in targets {
      rules.append(.init(source: bytes(source), target: bytes(target)))
    }
    for (source, target) in syllables {
      rules.append(.init(source: bytes(source), target: bytes([target])))
    }
    return rules
  }
}
