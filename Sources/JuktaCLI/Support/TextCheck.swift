/// Text that is not UTF-8, by the offset of the first bad byte in the line.
struct InvalidText: Error, CustomStringConvertible {
  let offset: Int
  var description: String { "not UTF-8, at byte \(offset) of the line" }

  /// Throws unless `text` is UTF-8.
  static func check(_ text: Span<UInt8>) throws(InvalidText) {
    let bad = text.withUnsafeBufferPointer { bytes -> Int? in
      guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
      var position = 0
      var iterator = String(decoding: bytes, as: UTF8.self).utf8.makeIterator()
      while position < bytes.count, iterator.next() == bytes[position] { position += 1 }
      return position
    }
    if let bad { throw InvalidText(offset: bad) }
  }
}
