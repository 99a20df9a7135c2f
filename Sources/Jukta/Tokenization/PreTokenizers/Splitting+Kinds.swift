extension PlainSplitting {
  /// What Whitespace tells apart: 0 white space, 1 word characters, 2 all else.
  static func wordKind(_ scalar: UInt32) -> UInt8 {
    UnicodeProperties.isWhitespace(scalar)
      ? 0 : UnicodeProperties.isWordCharacter(scalar) ? 1 : 2
  }

  /// Cuts into runs of one kind, those of kind `dropped` left out.
  static func split(
    _ text: ScalarText, byKind kind: (UInt32) -> UInt8, dropping dropped: UInt8
  ) -> [ScalarText] {
    var words: [ScalarText] = []
    var start = 0
    while start < text.count {
      let ownKind = kind(text.scalars[start])
      var end = start + 1
      while end < text.count, kind(text.scalars[end]) == ownKind { end += 1 }
      if ownKind != dropped { words.append(text.slice(start..<end)) }
      start = end
    }
    return words
  }

  /// Cuts where the script changes. Scalars of no script belong to what stands before them; before
  /// the first of a script they are lost, as in the reference.
  static func splitByScript(_ text: ScalarText) -> [ScalarText] {
    var starts: [Int] = []
    var last: UInt8 = 0
    for (index, scalar) in text.scalars.enumerated() {
      let script = ReferenceSets.script(of: scalar)
      guard script != 0, script != last else { continue }
      starts.append(index)
      last = script
    }
    return starts.indices.map { place in
      text.slice(starts[place]..<(place + 1 < starts.count ? starts[place + 1] : text.count))
    }
  }
}
