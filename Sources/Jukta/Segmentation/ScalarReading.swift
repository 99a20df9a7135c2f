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
    // Three bytes, as all letters of Bengali have.
    if lead & 0xF0 == 0xE0, index + 2 < count {
      let second = UInt32(self[index + 1]) ^ 0x80
      let third = UInt32(self[index + 2]) ^ 0x80
      guard second | third < 0x40 else { return (0xFFFD, 1) }
      return (UInt32(lead & 0x0F) << 12 | second << 6 | third, 3)
    }
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

  /// Whether the same bytes stand in both ranges, and any at all.
  func equal(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
    guard one.count == other.count, !one.isEmpty else { return false }
    for step in 0..<one.count
    where self[one.lowerBound + step] != self[other.lowerBound + step] {
      return false
    }
    return true
  }
}
