/// Puts a string in front of a text that is not empty. The new characters have the range of the
/// text's first character.
enum Prepend {
  static func apply(_ prefix: [UInt32], to text: inout ScalarText) {
    guard !text.isEmpty else { return }
    var result = ScalarText()
    for scalar in prefix { result.append(scalar, like: 0, of: text) }
    for index in 0..<text.count { result.append(text.scalars[index], like: index, of: text) }
    text = result
  }
}
