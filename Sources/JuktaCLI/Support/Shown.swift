/// Text from outside as it can stand on a terminal: what is not seen, drives the terminal or turns the
/// line around is shown by its code point; long text is cut off.
func shown(_ text: String, limit: Int = 200) -> String {
  var output = String.UnicodeScalarView()
  for (count, scalar) in text.unicodeScalars.enumerated() {
    guard count < limit else {
      output.append("…")
      break
    }
    output.append(contentsOf: shown(scalar))
  }
  return String(output)
}

/// A message with all that could drive the terminal shown by its code point; its own line ends stay.
/// One that quotes very much is cut in its middle.
func withoutControls(_ message: String) -> String {
  let (limit, kept) = (12_000, 3000)
  let scalars = message.unicodeScalars
  let count = scalars.count
  var output = String.UnicodeScalarView()
  for (place, scalar) in scalars.enumerated() {
    if count > limit, place == kept {
      output.append(contentsOf: " […\(grouped(count - 2 * kept)) characters…] ".unicodeScalars)
    }
    if count > limit, place >= kept, place < count - kept { continue }
    scalar == "\n" || scalar == "\t"
      ? output.append(scalar) : output.append(contentsOf: shown(scalar))
  }
  return String(output)
}

private func shown(_ scalar: Unicode.Scalar) -> String.UnicodeScalarView {
  let isUnseen =
    switch scalar.value {
    // Joiners are a part of Bengali's spelling.
    case 0x200C, 0x200D: false
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
      default: false
      }
    }
  guard isUnseen else { return String(Character(scalar)).unicodeScalars }
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return ("⟨U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "⟩")
    .unicodeScalars
}
