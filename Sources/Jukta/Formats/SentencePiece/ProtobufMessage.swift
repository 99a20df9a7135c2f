/// Where in the file a message is, as errors tell it; made into text only for an error.
struct ProtobufPlace {
  var name: StaticString
  var index: Int?

  init(_ name: StaticString, _ index: Int? = nil) {
    self.name = name
    self.index = index
  }

  /// The path of a member, as `pieces[812].score`.
  func path(_ member: StaticString = "") -> String {
    var path = "\(name)"
    if let index { path += "[\(index)]" }
    if !path.isEmpty, member.utf8CodeUnitCount > 0 { path += "." }
    return path + "\(member)"
  }
}

/// The fields of a message with a known schema: values of the kinds that it has, or an error that
/// names the field and the byte.
struct ProtobufMessage {
  typealias Field = ProtobufReader.Field

  let place: ProtobufPlace
  private var reader: ProtobufReader

  init(_ place: ProtobufPlace, _ range: Range<Int>) {
    self.place = place
    reader = ProtobufReader(range)
  }

  mutating func next(in bytes: Span<UInt8>) throws(TokenizerFileError) -> Field? {
    do throws(ProtobufFault) {
      return try reader.next(in: bytes)
    } catch {
      throw .malformed(path: place.path(), offset: error.offset, reason: error.reason)
    }
  }

  private func expect(
    _ wire: ProtobufReader.WireType, _ field: Field, _ name: StaticString, _ kind: StaticString
  ) throws(TokenizerFileError) {
    guard field.wire == wire else {
      throw .malformed(
        path: place.path(name), offset: field.whole.lowerBound,
        reason: "expected \(kind), found wire type \(field.wire.rawValue)")
    }
  }

  /// The range of a nested message.
  func message(_ field: Field, _ name: StaticString) throws(TokenizerFileError) -> Range<Int> {
    try expect(.bytes, field, name, "a message")
    return field.payload
  }

  func data(
    _ field: Field, _ name: StaticString, in bytes: Span<UInt8>
  ) throws(TokenizerFileError) -> [UInt8] {
    try expect(.bytes, field, name, "bytes")
    return Self.copy(field.payload, of: bytes)
  }

  func text(
    _ field: Field, _ name: StaticString, in bytes: Span<UInt8>
  ) throws(TokenizerFileError) -> String {
    try expect(.bytes, field, name, "a string")
    let span = bytes.extracting(field.payload)
    if let invalid = UTF8Check.firstInvalid(span) {
      throw .malformed(
        path: place.path(name), offset: field.payload.lowerBound + invalid, reason: "not UTF-8")
    }
    return span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }

  func flag(_ field: Field, _ name: StaticString) throws(TokenizerFileError) -> Bool {
    try expect(.varint, field, name, "true or false")
    return field.varint != 0
  }

  /// An `int32` or an enum: protobuf keeps the low 32 bits.
  func int32(_ field: Field, _ name: StaticString) throws(TokenizerFileError) -> Int32 {
    try expect(.varint, field, name, "a whole number")
    return Int32(truncatingIfNeeded: field.varint)
  }

  func float(
    _ field: Field, _ name: StaticString, in bytes: Span<UInt8>
  ) throws(TokenizerFileError) -> Float {
    try expect(.fixed32, field, name, "a float")
    var bits: UInt32 = 0
    for index in field.payload.reversed() { bits = bits << 8 | UInt32(bytes[index]) }
    return Float(bitPattern: bits)
  }

  /// Appends a field as it stands.
  static func keep(_ field: Field, of bytes: Span<UInt8>, in fields: inout [UInt8]) {
    fields += copy(field.whole, of: bytes)
  }

  private static func copy(_ range: Range<Int>, of bytes: Span<UInt8>) -> [UInt8] {
    bytes.extracting(range).withUnsafeBufferPointer { Array($0) }
  }
}
