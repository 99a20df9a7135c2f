/// Writes one message in protobuf's wire format.
///
/// Known fields are given one by one, in the order of their numbers; fields that were kept in wire
/// form are put between them where their numbers belong, as protobuf itself writes them. So a file
/// that SentencePiece wrote comes out as it was.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []
  /// Fields in wire form, by number; those of one number in the order they had.
  private var kept: ArraySlice<(number: UInt32, bytes: ArraySlice<UInt8>)> = []

  /// - Parameter fields: well-formed fields in wire form; what is behind a malformed one is lost.
  init(keeping fields: [UInt8] = []) {
    guard !fields.isEmpty else { return }
    var found: [(number: UInt32, bytes: ArraySlice<UInt8>)] = []
    var reader = ProtobufReader(0..<fields.count)
    while let field = try? reader.next(in: fields.span) {
      found.append((field.number, fields[field.whole]))
    }
    let order = found.indices.sorted { (found[$0].number, $0) < (found[$1].number, $1) }
    kept = order.map { found[$0] }[...]
  }

  /// Puts in the kept fields up to `number`, and the tag of the field that comes next.
  private mutating func begin(_ number: UInt32, _ wire: ProtobufReader.WireType) {
    while let next = kept.first, next.number <= number {
      bytes += next.bytes
      kept.removeFirst()
    }
    varint(UInt64(number) << 3 | wire.rawValue)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  mutating func write(_ number: UInt32, _ data: [UInt8]) {
    begin(number, .bytes)
    varint(UInt64(data.count))
    bytes += data
  }

  mutating func write(_ number: UInt32, _ text: String) {
    begin(number, .bytes)
    varint(UInt64(text.utf8.count))
    bytes += text.utf8
  }

  mutating func write(_ number: UInt32, _ flag: Bool) { write(number, Int32(flag ? 1 : 0)) }

  /// An `int32` or an enum: a negative number takes ten bytes.
  mutating func write(_ number: UInt32, _ value: Int32) {
    begin(number, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  mutating func write(_ number: UInt32, _ value: Float) {
    begin(number, .fixed32)
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
    }
  }

  /// Puts in what is left of the kept fields.
  consuming func finish() -> [UInt8] {
    for field in kept { bytes += field.bytes }
    return bytes
  }
}
