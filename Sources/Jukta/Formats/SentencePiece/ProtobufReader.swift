/// What is wrong with bytes in protobuf's wire format.
struct ProtobufFault: Error, Equatable {
  /// The byte where it is.
  var offset: Int
  var reason: String
}

/// Reads the fields of one message in protobuf's wire format, one after another.
///
///     message ::= (tag value)*      tag = varint of number << 3 | wire type
///
/// Nothing is copied: a field says where its bytes are. Every length is checked against the end of
/// the message, so that what comes out can be used as an index.
struct ProtobufReader {
  /// How a field is written.
  enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case bytes = 2
    case groupStart = 3
    case groupEnd = 4
    case fixed32 = 5
  }

  /// One field as it stands.
  struct Field {
    var number: UInt32
    var wire: WireType
    /// From its tag to its last byte.
    var whole: Range<Int>
    /// What is behind the tag, and for `bytes` behind the length.
    var payload: Range<Int>
    /// The value of a varint.
    var varint: UInt64
  }

  /// Groups inside groups; protobuf's own bound is 100.
  private static let deepest = 100

  private(set) var position: Int
  let end: Int

  /// The message in `range` of the bytes that `next(in:)` is given.
  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next field, or nil at the end of the message.
  mutating func next(in bytes: Span<UInt8>) throws(ProtobufFault) -> Field? {
    guard position < end else { return nil }
    let start = position
    let (number, wire) = try tag(in: bytes)
    guard wire != .groupEnd else {
      throw ProtobufFault(offset: start, reason: "the end of a group that was not begun")
    }
    var varint: UInt64 = 0
    var payload = position..<position
    if wire == .groupStart {
      try skipGroup(number, in: bytes)
      payload = payload.lowerBound..<position
    } else {
      (payload, varint) = try value(wire, in: bytes)
    }
    return Field(
      number: number, wire: wire, whole: start..<position, payload: payload, varint: varint)
  }

  private mutating func tag(in bytes: Span<UInt8>) throws(ProtobufFault) -> (UInt32, WireType) {
    let start = position
    let tag = try varint(in: bytes)
    guard tag >> 3 > 0, tag >> 3 < 1 << 29 else {
      throw ProtobufFault(offset: start, reason: "the field number \(tag >> 3) does not exist")
    }
    guard let wire = WireType(rawValue: tag & 7) else {
      throw ProtobufFault(offset: start, reason: "the wire type \(tag & 7) does not exist")
    }
    return (UInt32(tag >> 3), wire)
  }

  private mutating func value(
    _ wire: WireType, in bytes: Span<UInt8>
  ) throws(ProtobufFault) -> (payload: Range<Int>, varint: UInt64) {
    var start = position
    switch wire {
    case .varint:
      let value = try varint(in: bytes)
      return (start..<position, value)
    case .fixed32: position += min(4, end - position + 1)
    case .fixed64: position += min(8, end - position + 1)
    default:
      let length = try varint(in: bytes)
      guard length <= UInt64(end - position) else {
        throw ProtobufFault(
          offset: start,
          reason: "a length of \(length), but only \(end - position) bytes are left")
      }
      start = position
      position += Int(length)
    }
    guard position <= end else {
      throw ProtobufFault(offset: start, reason: "the message ends inside a number")
    }
    return (start..<position, 0)
  }

  private mutating func skipGroup(
    _ number: UInt32, in bytes: Span<UInt8>
  ) throws(ProtobufFault) {
    var open = [number]
    while let innermost = open.last {
      let start = position
      guard position < end else {
        throw ProtobufFault(offset: start, reason: "the message ends inside group \(innermost)")
      }
      let (number, wire) = try tag(in: bytes)
      switch wire {
      case .groupStart:
        guard open.count < Self.deepest else {
          throw ProtobufFault(offset: start, reason: "over \(Self.deepest) groups in each other")
        }
        open.append(number)
      case .groupEnd:
        guard number == innermost else {
          throw ProtobufFault(
            offset: start, reason: "group \(innermost) ends as group \(number)")
        }
        open.removeLast()
      default: _ = try value(wire, in: bytes)
      }
    }
  }

  /// A number in base 128, low digits first: at most ten bytes, 64 bits.
  private mutating func varint(in bytes: Span<UInt8>) throws(ProtobufFault) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard position < end else {
        throw ProtobufFault(offset: start, reason: "the message ends inside a varint")
      }
      let byte = bytes[position]
      position += 1
      guard shift < 63 || byte <= 1 else { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw ProtobufFault(offset: start, reason: "a varint of more than 64 bits")
  }
}
