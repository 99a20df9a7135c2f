import Jukta

extension RecordScan {
  /// Appends what the JSON string at `range` (with its quotes) stands for.
  static func decode(
    _ range: Range<Int>, of line: Span<UInt8>, into output: inout ByteBuffer
  ) throws(RecordError) {
    var position = range.lowerBound + 1
    let end = range.upperBound - 1
    var run = position
    while position < end {
      guard line[position] == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      output.append(line.extracting(run..<position))
      try escape(line, &position, end, into: &output)
      run = position
    }
    output.append(line.extracting(run..<end))
  }

  private static func escape(
    _ line: Span<UInt8>, _ position: inout Int, _ end: Int, into output: inout ByteBuffer
  ) throws(RecordError) {
    let letter = line[position + 1]
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(letter)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"):
      var value = try unit(line, &position, end)
      if value >= 0xD800, value < 0xDC00, position + 1 < end,
        line[position] == UInt8(ascii: "\\"), line[position + 1] == UInt8(ascii: "u")
      {
        position += 2
        let low = try unit(line, &position, end)
        guard low >= 0xDC00, low < 0xE000 else { throw .invalid(position, "half a surrogate pair") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else {
        throw .invalid(position, "half a surrogate pair")
      }
      for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { output.append(byte) }
    default: throw .invalid(position - 2, "an unknown escape")
    }
  }

  private static func unit(
    _ line: Span<UInt8>, _ position: inout Int, _ end: Int
  ) throws(RecordError) -> UInt32 {
    guard position + 4 <= end else { throw .invalid(position, "expected four hexadecimal digits") }
    var value: UInt32 = 0
    for _ in 0..<4 {
      let byte = line[position]
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x41 + 10
      case 0x61...0x66: digit = byte - 0x61 + 10
      default: throw .invalid(position, "expected four hexadecimal digits")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
