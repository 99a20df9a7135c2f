extension Template {
  /// Reads a template in the reference's short form.
  ///
  ///     Template(single: "[CLS] $A [SEP]", pair: "[CLS] $A [SEP] $B:1 [SEP]:1") { ids[$0] }
  ///
  /// - Parameter ids: the id of a token.
  /// - Throws: `TokenizerBuildError`, or what `ids` throws.
  public init(
    single: String, pair: String,
    ids: (String) throws(TokenizerBuildError) -> UInt32
  ) throws(TokenizerBuildError) {
    var specials: [Special] = []
    func parts(_ text: String) throws(TokenizerBuildError) -> [Part] {
      var parts: [Part] = []
      for word in text.split(separator: " ") {
        let part = try Part(word)
        if case .special(let name, _) = part,
          !specials.contains(where: { $0.name.utf8.elementsEqual(name.utf8) })
        {
          specials.append(Special(name: name, ids: [try ids(name)], tokens: [name]))
        }
        parts.append(part)
      }
      return parts
    }
    let (one, two) = (try parts(single), try parts(pair))
    guard one.contains(where: \.isFirst), !one.contains(where: \.isSecond) else {
      throw .wrongTexts(single)
    }
    guard two.contains(where: \.isFirst), two.contains(where: \.isSecond) else {
      throw .wrongTexts(pair)
    }
    self.init(single: one, pair: two, specials: specials)
  }
}

extension Template.Part {
  fileprivate var isFirst: Bool { if case .first = self { true } else { false } }
  fileprivate var isSecond: Bool { if case .second = self { true } else { false } }

  /// `$A`, `$B`, `$` and `$0` for `$A`, `$1` for `$A:1`, a token; `:n` for a type.
  fileprivate init(_ word: Substring) throws(TokenizerBuildError) {
    let halves = word.split(separator: ":", omittingEmptySubsequences: false)
    var type: UInt32 = 0
    if halves.count == 2 {
      guard let number = UInt32(halves[1]) else { throw .badTemplatePart(String(word)) }
      type = number
    }
    guard halves.count <= 2, let name = halves.first else {
      throw .badTemplatePart(String(word))
    }
    switch name {
    case "$", "$A", "$a": self = .first(typeID: type)
    case "$B", "$b": self = .second(typeID: type)
    case _ where name.first == "$":
      guard let number = UInt32(name.dropFirst()) else { throw .badTemplatePart(String(word)) }
      self = .first(typeID: halves.count == 2 ? type : number)
    default: self = .special(String(name), typeID: type)
    }
  }
}
