internal import Jukta

/// Text in which everything is seen: signs have a circle to stand on, and what leaves no ink has its name.
package func visibleText(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  // A sign at the start, or behind a name in brackets, has no letter to stand on.
  var needsBase = true
  func name(_ name: String) {
    shown.append(contentsOf: "⟨\(name)⟩".unicodeScalars)
    needsBase = true
  }
  for scalar in text.unicodeScalars {
    let category = scalar.properties.generalCategory
    switch (scalar.value, category) {
    case (0x20, _): shown.append("␣")
    case (0x200C, _): name("ZWNJ")
    case (0x200D, _): name("ZWJ")
    case (_, .control), (_, .format), (_, .lineSeparator), (_, .paragraphSeparator),
      (_, .spaceSeparator):
      name(SignName.codePoint(scalar.value))
    default:
      let isMark = category == .nonspacingMark || category == .spacingMark
      if isMark, needsBase { shown.append("◌") }
      shown.append(scalar)
      needsBase = false
    }
  }
  return String(shown)
}
