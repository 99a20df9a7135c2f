/// Numbers as people read them.
package enum Figures {
  /// A whole number with a comma every three digits.
  package static func grouped(_ number: some BinaryInteger) -> String {
    let digits = Array(String(number).utf8)
    var text: [UInt8] = []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
      text.append(digit)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// A number with so many decimals.
  package static func fixed(_ number: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { value, _ in value * 10 }
    guard abs(number) * scale < 1e15 else { return number.description }
    let whole = Int((abs(number) * scale).rounded())
    let digits = String(whole % Int(scale))
    let sign = number < 0 && whole > 0 ? "-" : ""
    if decimals == 0 { return sign + String(whole) }
    return sign + String(whole / Int(scale)) + "."
      + String(repeating: "0", count: decimals - digits.utf8.count) + digits
  }

  /// A share in percent, one decimal.
  package static func percent(_ part: Int, of whole: Int) -> String {
    fixed(whole == 0 ? 0 : 100 * Double(part) / Double(whole), 1) + " %"
  }
}
