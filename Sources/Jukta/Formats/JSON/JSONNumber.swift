/// Decimal text to a Double and back, exactly as serde_json does it without its `float_roundtrip`
/// feature, which is how tokenizers 0.23.3 reads tokenizer.json.
///
/// That reading is not correctly rounded: the digits become a whole number in a UInt64, that one a
/// Double, which is then divided by a power of ten: two roundings. One number in eight with 17
/// digits comes out one unit in the last place away from the nearest Double, and two paths through
/// a lattice that tie in one reading do not in the other. Ids must agree, so scores must; both
/// directions go through here (`Documentation/decisions/0005-numbers-as-the-reference-reads-them.md`).
public enum JSONNumber {
  private static let powersOfTen: [Double] = (0...308).map { exponent in
    Double("1e\(exponent)") ?? .infinity
  }

  /// Reads a number that has RFC 8259's form; nil where it is out of range.
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var significand: UInt64 = 0
    var exponent = 0
    var position = 0
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { position = 1 }
    var isFull = false
    var isFraction = false
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: ".") {
        // Whatever overflowed before the point only scales; digits behind it are then passed over.
        isFraction = true
      } else if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
        exponent += explicitExponent(text, &position)
      } else if isFull {
        if !isFraction { exponent += 1 }
      } else {
        let (product, overflow) = significand.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
        isFull = overflow || carry
        if isFull {
          if !isFraction { exponent += 1 }
        } else {
          significand = sum
          if isFraction { exponent -= 1 }
        }
      }
    }
    return scaled(Double(significand), by: exponent).map { isNegative ? -$0 : $0 }
  }

  /// `significand` / 10^`places`, for a significand of up to 18 digits, as `read` takes it.
  @inline(__always)
  static func value(_ significand: UInt64, places: Int) -> Double {
    Double(significand) / powersOfTen[places]
  }

  /// The exponent behind `e`, held within what any Double needs.
  private static func explicitExponent(
    _ text: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) -> Int {
    var value = 0
    var isNegative = false
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "+"): break
      case let digit: value = min(value * 10 + Int(digit - UInt8(ascii: "0")), 1 << 40)
      }
      position += 1
    }
    return isNegative ? -value : value
  }

  private static func scaled(_ significand: Double, by exponent: Int) -> Double? {
    var (value, exponent) = (significand, exponent)
    while true {
      if exponent.magnitude < powersOfTen.count {
        let power = powersOfTen[Int(exponent.magnitude)]
        value = exponent >= 0 ? value * power : value / power
        return value.isFinite ? value : nil
      }
      if value == 0 { return value }
      if exponent > 0 { return nil }
      value /= 1e308
      exponent += 308
      if exponent < -1000 { return 0 }
    }
  }

  /// A text that `read` takes for `value`: the shortest, where that one does; else one with more
  /// digits. A few values come out of no text at all; those get the shortest.
  static func text(_ value: Double) -> String {
    let shortest = plain(value)
    guard value.isFinite, !reads(shortest, as: value) else { return shortest }
    // A whole number that is a Double, divided by a power of ten that is one (up to 10^22), is
    // rounded once: this reading and a correctly rounding one agree.
    for exponent in 0..<23 {
      let power = powersOfTen[exponent]
      let product = (value.magnitude * power).rounded()
      guard product >= 1e16 else { continue }
      guard product < 1.8e19 else { break }
      for significand in [product, product.nextUp, product.nextDown]
      where significand / power == value.magnitude {
        let text = join(String(UInt64(significand)), -exponent, isNegative: value < 0)
        if reads(text, as: value) { return text }
      }
    }
    return shortest
  }

  /// The nearest number of 15 significant digits: every reader takes its text for the same value.
  /// Scores of a trained model are such numbers, so that memory and file hold the same model.
  public static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    for exponent in 0..<23 where value.magnitude * powersOfTen[exponent] >= 1e14 {
      let digits = (value * powersOfTen[exponent]).rounded()
      return digits.magnitude < 1e15 ? digits / powersOfTen[exponent] : value
    }
    return value
  }

  private static func reads(_ text: String, as value: Double) -> Bool {
    var text = text
    return text.withUTF8 { read($0) } == value
  }

  /// Swift's shortest form with serde_json's exponent: 1e-5 where Swift has 1e-05.
  private static func plain(_ value: Double) -> String {
    let text = value.description
    guard let mark = text.firstIndex(of: "e") else { return text }
    var digits = text[text.index(after: mark)...]
    let sign = digits.first == "-" ? "-" : ""
    if let first = digits.first, first == "-" || first == "+" { digits.removeFirst() }
    while digits.count > 1, digits.first == "0" { digits.removeFirst() }
    return text[..<mark] + "e" + sign + digits
  }

  /// Digits with a point behind the first places, or an exponent where the point is far away.
  private static func join(_ digits: String, _ exponent: Int, isNegative: Bool) -> String {
    let sign = isNegative ? "-" : ""
    let point = digits.utf8.count + exponent
    if point <= -4 { return "\(sign)\(digits)e\(exponent)" }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let fraction = digits.dropFirst(point)
    return sign + digits.prefix(point) + "." + (fraction.isEmpty ? "0" : fraction)
  }
}
