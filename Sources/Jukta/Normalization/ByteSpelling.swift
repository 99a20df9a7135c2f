/// Spells a text in `ByteAlphabet`, a character a byte; each has the range of the character that its
/// byte came from.
enum ByteSpelling {
  static func apply(to text: inout ScalarText) {
    var result = ScalarText()
    var bytes = ByteBuffer(capacity: 16)
    for index in 0..<text.count {
      bytes.removeAll()
      UTF8Scalars.append(text.scalars[index], to: &bytes)
      let span = bytes.span
      for place in span.indices {
        result.append(ByteAlphabet.scalars[Int(span[place])].value, like: index, of: text)
      }
    }
    text = result
  }
}
