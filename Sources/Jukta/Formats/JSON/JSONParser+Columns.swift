extension JSONParser {
  /// The value here in columns; nil, and nothing taken, where it is of no such form or not valid:
  /// the parser for any value then says what is wrong.
  mutating func columns() -> JSONColumns? {
    let start = position
    do throws(JSONError) {
      if let form = form(), let columns = try rows(form) { return columns }
    } catch {}
    position = start
    return nil
  }

  /// The form of the first row, from the bytes that it begins with.
  private mutating func form() -> JSONColumns.Form? {
    skipSpace()
    let start = position
    defer { position = start }
    if take("{") { return .members }
    guard take("[") else { return nil }
    skipSpace()
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return .strings }
    guard take("[") else { return nil }
    skipSpace()
    var ignored = ColumnStrings()
    guard (try? string(into: &ignored)) == true else { return nil }
    skipSpace()
    guard take(",") else { return nil }
    skipSpace()
    guard position < bytes.count else { return nil }
    return bytes[position] == UInt8(ascii: "\"") ? .pairs : .scored
  }

  /// All rows; nil where one is of another form.
  private mutating func rows(_ form: JSONColumns.Form) throws(JSONError) -> JSONColumns? {
    var strings = ColumnStrings()
    var numbers: [Double] = []
    let isObject = form == .members
    position += 1
    repeat {
      skipSpace()
      switch form {
      case .strings: guard try string(into: &strings) else { return nil }
      case .members: guard try row(":", &strings, &numbers) else { return nil }
      case .scored:
        guard take("["), try row(",", &strings, &numbers), take("]") else { return nil }
      case .pairs:
        guard take("["), try pair(&strings), take("]") else { return nil }
      }
      skipSpace()
    } while take(",")
    guard take(isObject ? "}" : "]") else { return nil }
    return JSONColumns(form, Pieces(utf8: strings.bytes, ends: strings.ends), numbers)
  }

  /// A string and a number.
  @inline(__always)
  private mutating func row(
    _ separator: Unicode.Scalar, _ strings: inout ColumnStrings, _ numbers: inout [Double]
  ) throws(JSONError) -> Bool {
    skipSpace()
    guard try string(into: &strings) else { return false }
    skipSpace()
    guard take(separator) else { return false }
    skipSpace()
    guard position < bytes.count, bytes[position] &- 0x30 < 10 || bytes[position] == 0x2D else {
      return false
    }
    numbers.append(try number())
    skipSpace()
    return true
  }

  /// Two strings.
  private mutating func pair(_ strings: inout ColumnStrings) throws(JSONError) -> Bool {
    skipSpace()
    guard try string(into: &strings) else { return false }
    skipSpace()
    guard take(",") else { return false }
    skipSpace()
    guard try string(into: &strings) else { return false }
    skipSpace()
    return true
  }

  /// Appends a string; false where there is none, or none that is UTF-8.
  @inline(__always)
  private mutating func string(into strings: inout ColumnStrings) throws(JSONError) -> Bool {
    guard take("\"") else { return false }
    while true {
      let start = position
      position = JSONScan.endOfRun(bytes, from: start)
      guard position < bytes.count else { return false }
      let byte = bytes[position]
      guard byte >= 0x20 else { return false }
      let run = UnsafeBufferPointer(rebasing: bytes[start..<position])
      guard JSONScan.isUTF8(run) else { return false }
      strings.bytes.append(contentsOf: run)
      position += 1
      if byte == UInt8(ascii: "\"") { break }
      strings.bytes.append(
        contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
    }
    strings.ends.append(strings.bytes.count)
    return true
  }
}

/// The strings of columns as they are read.
private struct ColumnStrings {
  var bytes: [UInt8] = []
  var ends: [Int] = []
}
