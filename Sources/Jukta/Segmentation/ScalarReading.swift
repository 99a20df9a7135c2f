/// Reading UTF-8 that may be broken: a byte that belongs to no scalar reads as U+FFFD, one byte long.
extension Span where Element == UInt8 {
  /// The scalar that starts at `index`, and its length in bytes.
  @inline(__always)
  func scalar(at index: Int) -> (value: UInt32, length: Int) {
    let lead = self[index]
    if lead < 0x80 { return (UInt32(lead), 1) }
    return longScalar(at: index)
  }

  private func longScalar(at index: Int) -> (value: UInt32, length: Int) {
    let lead = self[index]
    let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
    guard length > 1, index + length <= count else { return (0xFFFD, 1) }
    var value = UInt32(lead) & (0x7F >> UInt32(length))
    for next in index + 1..<index + length {
      guard self[next] & 0xC0 == 0x80 else { return (0xFFFD, 1) }
      value = value << 6 | UInt32(self[next] & 0x3F)
    }
    return (value, length)
  }

  /// The scalar that ends before `index`, and where it starts; nil at the beginning.
  func scalar(before index: Int) -> (value: UInt32, start: Int)? {
    guard index > 0 else { return nil }
    if self[index - 1] < 0x80 { return (UInt32(self[index - 1]), index - 1) }
    var start = index - 1
    while start > 0, index - start < 4, self[start] & 0xC0 == 0x80 { start -= 1 }
    let read = scalar(at: start)
    return start + read.length == index ? (read.value, start) : (0xFFFD, index - 1)
  }

  /// The value of the scalar at `index`; 0 at the end.
  func value(at index: Int) -> UInt32 { index < count ? scalar(at: index).value : 0 }

  /// The value of the scalar before `index`; 0 at the beginning.
  func value(before index: Int) -> UInt32 { scalar(before: index)?.value ?? 0 }

  /// Where the spaces that start at `index` end.
  func skipSpaces(from index: Int) -> Int {
    var index = index
    while index < count {
      if self[index] < 0x80 {
        guard ScalarClass.isSpace(UInt32(self[index])) else { return index }
        index += 1
      } else {
        let read = scalar(at: index)
        guard ScalarClass.isSpace(read.value) else { return index }
        index += read.length
      }
    }
    return index
  }

  /// Where the spaces that end at `index` start.
  func skipSpaces(before index: Int) -> Int {
    var index = index
    while let read = scalar(before: index), ScalarClass.isSpace(read.value) { index = read.start }
    return index
  }

  /// The letters that start at `index`.
  func word(from index: Int) -> Range<Int> {
    var end = index
    while end < count {
      let read = scalar(at: end)
      guard ScalarClass.isWord(read.value) else { break }
      end += read.length
    }
    return index..<end
  }

  /// The letters that end at `index`.
  func word(before index: Int) -> Range<Int> {
    var start = index
    while let read = scalar(before: start), ScalarClass.isWord(read.value) { start = read.start }
    return start..<index
  }

  /// The digits that end at `index`.
  func digits(before index: Int) -> Range<Int> {
    var start = index
    while let read = scalar(before: start), ScalarClass.isDigit(read.value) { start = read.start }
    return start..<index
  }

  /// The digits that start at `index`.
  func digits(from index: Int) -> Range<Int> {
    var end = index
    while end < count {
      let read = scalar(at: end)
      guard ScalarClass.isDigit(read.value) else { break }
      end += read.length
    }
    return index..<end
  }

  /// The number of scalars in `range`.
  func scalarCount(_ range: Range<Int>) -> Int {
    var number = 0
    for index in range where self[index] & 0xC0 != 0x80 { number += 1 }
    return number
  }

  /// Whether `bytes` stand at `index`.
  func has(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index >= 0, index + bytes.count <= count else { return false }
    for (step, byte) in bytes.enumerated() where self[index + step] != byte { return false }
    return true
  }
}

/// Classes of scalars that the rules ask for.
enum ScalarClass {
  @inline(__always)
  static func isSpace(_ value: UInt32) -> Bool {
    if value < 0x80 { return value == 0x20 || (value >= 0x09 && value <= 0x0D) }
    switch value {
    case 0x85, 0xA0, 0x2000...0x200B, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF: return true
    default: return false
    }
  }

  @inline(__always)
  static func isDigit(_ value: UInt32) -> Bool {
    (value >= 0x30 && value <= 0x39) || (value >= 0x9E6 && value <= 0x9EF)
  }

  static func isLatin(_ value: UInt32) -> Bool {
    let lower = value | 0x20
    return (lower >= 0x61 && lower <= 0x7A && value < 0x80) || (value >= 0xC0 && value < 0x250)
  }

  static func isBengali(_ value: UInt32) -> Bool {
    switch value {
    case 0x980...0x9E3, 0x9F0, 0x9F1, 0x9FC, 0x9FE: true
    default: false
    }
  }

  /// Letters, signs, joiners.
  static func isWord(_ value: UInt32) -> Bool {
    isBengali(value) || isLatin(value) || value == 0x200C || value == 0x200D
      || (value >= 0x900 && value <= 0x963) || (value >= 0x370 && value <= 0x52F)
  }

  static func isASCIIAlphanumeric(_ value: UInt32) -> Bool {
    value < 0x80 && (isLatin(value) || isDigit(value))
  }

  static func isOpeningBracket(_ value: UInt32) -> Bool {
    value == 0x28 || value == 0x5B || value == 0x7B
  }

  static func isClosingBracket(_ value: UInt32) -> Bool {
    value == 0x29 || value == 0x5D || value == 0x7D
  }

  static func isDash(_ value: UInt32) -> Bool {
    value == 0x2D || (value >= 0x2010 && value <= 0x2015)
  }

  static func isDoubleQuote(_ value: UInt32) -> Bool {
    value == 0x22 || (value >= 0x201C && value <= 0x201F) || value == 0xAB || value == 0xBB
  }

  static func isSingleQuote(_ value: UInt32) -> Bool {
    value == 0x27 || (value >= 0x2018 && value <= 0x201B)
  }

  static func isQuote(_ value: UInt32) -> Bool { isDoubleQuote(value) || isSingleQuote(value) }

  /// Danda, double danda, ৷, pipe, `?`, `!`, dot, ellipsis.
  static func isSign(_ value: UInt32) -> Bool {
    switch value {
    case 0x964, 0x965, 0x9F7, 0x7C, 0x3F, 0x21, 0x2E, 0x2026: true
    default: false
    }
  }

  /// Pictures, and what joins and colours them.
  static func isEmoji(_ value: UInt32) -> Bool {
    switch value {
    case 0x1F000...0x1FAFF, 0x2600...0x27BF, 0x2B00...0x2BFF, 0x2190...0x21FF, 0x2300...0x23FF,
      0xFE0F, 0x20E3, 0x200D, 0xE0020...0xE007F:
      true
    default: false
    }
  }
}
