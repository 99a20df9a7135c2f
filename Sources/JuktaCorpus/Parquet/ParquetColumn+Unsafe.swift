/// Walks over the values of one column, chunk by chunk, page by page.
///
/// What is held is one page, its unpacked form and the dictionary, never a chunk.
///
/// Soundness: `text` and all cursors point into `packed`, `page`, `dictionary` or `shared`, which live
/// as long as the column and are refilled only by `beginPage` and `begin`, which set all cursors anew;
/// `text` is to be used before the next `advance`. Offsets in the dictionary were checked when it was
/// read.
final class ParquetColumn {
  private static let firstWindow = 1 << 13
  private static let headerLimit = 64 << 20

  let leaf: ParquetLeaf
  private let file: ParquetFile
  private let codec = ParquetCodec()
  /// The most bytes that a page, or the texts in it, may have.
  private let limit: Int

  // The chunk.
  private var kind = ParquetCodec.Kind.none
  private var offset = 0
  private var valuesLeft = 0
  /// Bytes of all chunks so far: chunks that overlap would let a small file stand for any amount.
  private var taken = 0
  private let dictionary = PageBuffer()
  private var hasDictionary = false
  /// Where each text of the dictionary starts, behind its length.
  private var starts: [Int32] = []
  private var entries = 0

  // The page.
  private let packed = PageBuffer()
  private let page = PageBuffer()
  private(set) var pageOffset = 0
  private var slotsLeft = 0
  private var repetitions: HybridDecoder?
  private var definitions: HybridDecoder?
  private var encoding = Encoding.plain
  private var values = ByteCursor(UnsafeRawBufferPointer(start: nil, count: 0))
  private var indexes: HybridDecoder?
  private var lengths: DeltaDecoder?
  private var prefixes: DeltaDecoder?
  private let shared = PageBuffer()
  private let other = PageBuffer()
  private var sharesOther = false
  private var textInPage = 0

  // The slot.
  private(set) var repetition = 0
  private(set) var definition = 0
  /// Whether the slot has a value.
  private(set) var isPresent = false
  /// A text, where it lies.
  private(set) var text = UnsafeRawBufferPointer(start: nil, count: 0)
  private(set) var number = 0.0

  private enum Encoding { case plain, dictionary, deltaLength, delta }

  init(_ file: ParquetFile, _ leaf: ParquetLeaf, limit: Int) {
    self.file = file
    self.leaf = leaf
    self.limit = limit
  }

  /// Goes to a chunk.
  func begin(_ chunk: ParquetFooter.Chunk) throws(ParquetFault) {
    guard chunk.physical == leaf.physical.rawValue else {
      throw .broken("the column '\(leaf.name)' is not what the schema says")
    }
    guard let kind = ParquetCodec.Kind(rawValue: chunk.codec) else {
      throw .unsupported("is compressed in a way that is not known, number \(chunk.codec)")
    }
    guard chunk.values == 0 || file.data.contains(chunk.start) else {
      throw .broken("the column '\(leaf.name)' lies outside the file", offset: chunk.start)
    }
    self.kind = kind
    offset = chunk.start
    pageOffset = offset
    valuesLeft = chunk.values
    slotsLeft = 0
    hasDictionary = false
    entries = 0
    starts.removeAll(keepingCapacity: true)
  }

  /// Goes to the next slot: a value, or the place of one; false at the end of the chunk.
  func advance() throws(ParquetFault) -> Bool {
    while slotsLeft == 0 {
      guard valuesLeft > 0 else { return false }
      pageOffset = offset
      do throws(ParquetFault) {
        try beginPage()
      } catch {
        throw error.at(pageOffset)
      }
    }
    do throws(ParquetFault) {
      try readSlot()
    } catch {
      throw error.at(pageOffset)
    }
    return true
  }

  private func readSlot() throws(ParquetFault) {
    slotsLeft -= 1
    repetition = Int(try repetitions?.next() ?? 0)
    definition = Int(try definitions?.next() ?? 0)
    guard definition <= leaf.maxDefinition, repetition <= leaf.maxRepetition else {
      throw .broken("a level of \(max(definition, repetition))")
    }
    isPresent = definition == leaf.maxDefinition
    guard isPresent else { return }
    guard leaf.physical == .bytes else { return try readNumber() }
    switch encoding {
    case .plain: text = try values.take(Int(try values.uint32()))
    case .deltaLength: text = try values.take(try length())
    case .dictionary:
      let start = Int(starts[try place()])
      let bytes = dictionary.bytes
      let count = bytes.loadUnaligned(fromByteOffset: start - 4, as: UInt32.self)
      text = UnsafeRawBufferPointer(
        rebasing: bytes[start..<(start + Int(UInt32(littleEndian: count)))])
    case .delta: try readShared()
    }
    textInPage += text.count
    guard textInPage <= limit else {
      throw .overLimit(
        "has more than \(limit) bytes of text in the page at byte \(pageOffset); if that is right, "
          + "raise the limit of a page")
    }
  }

  private func place() throws(ParquetFault) -> Int {
    guard let place = try indexes?.next() else { throw .cut }
    guard place < entries else {
      throw .broken("entry \(place) of a dictionary of \(entries)")
    }
    return Int(place)
  }

  private func length() throws(ParquetFault) -> Int {
    guard let length = try lengths?.next() else { throw .cut }
    return length
  }

  /// A text that shares its beginning with the one before.
  private func readShared() throws(ParquetFault) {
    let prefix = try prefixes?.next() ?? 0
    let suffix = try values.take(try length())
    let (before, now) = sharesOther ? (other, shared) : (shared, other)
    guard prefix <= before.count else { throw .broken("a text shares more than there is") }
    guard prefix + suffix.count <= limit else { throw .overLimit("has a text over \(limit) bytes") }
    now.resize(prefix + suffix.count)
    now.room.copyMemory(from: UnsafeRawBufferPointer(rebasing: before.bytes[0..<prefix]))
    UnsafeMutableRawBufferPointer(rebasing: now.room[prefix...]).copyMemory(from: suffix)
    sharesOther.toggle()
    text = now.bytes
  }

  private var numberSize: Int { leaf.physical == .int32 || leaf.physical == .float ? 4 : 8 }

  private func readNumber() throws(ParquetFault) {
    let bytes: UnsafeRawBufferPointer
    switch encoding {
    case .plain: bytes = try values.take(numberSize)
    case .dictionary:
      let start = try place() * numberSize
      bytes = UnsafeRawBufferPointer(rebasing: dictionary.bytes[start..<(start + numberSize)])
    default: throw .unsupported("keeps '\(leaf.name)' in an encoding that is not read for numbers")
    }
    number =
      switch leaf.physical {
      case .float:
        Double(Float(bitPattern: .init(littleEndian: bytes.loadUnaligned(as: UInt32.self))))
      case .double: Double(bitPattern: .init(littleEndian: bytes.loadUnaligned(as: UInt64.self)))
      case .int32: Double(Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
      default: Double(Int64(littleEndian: bytes.loadUnaligned(as: Int64.self)))
      }
  }
}

extension ParquetColumn {
  /// Reads the next page, or passes over one that is no data.
  private func beginPage() throws(ParquetFault) {
    var header = ParquetPageHeader()
    offset += try read(&header)
    guard header.packedSize <= file.data.upperBound - offset else {
      throw .broken("a page of \(header.packedSize) bytes, more than the file")
    }
    let start = offset
    offset += header.packedSize
    taken += offset - pageOffset
    guard taken <= file.size else { throw .broken("row groups that lie over one another") }
    switch header.kind {
    case .dictionary:
      try check(header)
      try file.read(at: start, header.packedSize, into: packed)
      try readDictionary(header)
    case .data, .dataV2:
      guard header.values <= valuesLeft else {
        throw .broken("a page of \(header.values) values where \(valuesLeft) are left")
      }
      try check(header)
      try file.read(at: start, header.packedSize, into: packed)
      try readData(header)
      valuesLeft -= header.values
      slotsLeft = header.values
    case .index, nil: break
    }
  }

  /// Reads a header, which does not say how long it is; gives its length.
  private func read(_ header: inout ParquetPageHeader) throws(ParquetFault) -> Int {
    var window = Self.firstWindow
    while true {
      let count = min(window, file.data.upperBound - offset)
      guard count > 0 else { throw .broken("fewer values than the footer says") }
      try file.read(at: offset, count, into: packed)
      do throws(ParquetFault) {
        return try header.read(packed.bytes)
      } catch {
        guard error == .cut, count == window, window < Self.headerLimit else { throw error }
        window *= 8
      }
    }
  }

  private func check(_ header: ParquetPageHeader) throws(ParquetFault) {
    let size = max(header.unpackedSize, header.packedSize)
    guard size <= limit else {
      throw .overLimit(
        "has a page of \(size) bytes at byte \(pageOffset); \(limit) are the most, "
          + "unless the limit of a page is raised")
    }
  }

  private func checkSum(_ header: ParquetPageHeader) throws(ParquetFault) {
    guard let checksum = header.checksum, ParquetCodec.checksum(packed.bytes) != checksum else {
      return
    }
    throw .broken("a page whose checksum is wrong")
  }

  private func readDictionary(_ header: ParquetPageHeader) throws(ParquetFault) {
    guard !hasDictionary else { throw .broken("two dictionaries") }
    guard header.encoding == 0 || header.encoding == 2 else {
      throw .broken("a dictionary in encoding \(header.encoding)")
    }
    try checkSum(header)
    try codec.unpack(kind, packed.bytes, size: header.unpackedSize, into: dictionary)
    hasDictionary = true
    entries = header.values
    guard leaf.physical == .bytes else {
      guard entries * numberSize <= dictionary.count else { throw .cut }
      return
    }
    guard entries <= dictionary.count / 4 else { throw .cut }
    starts.reserveCapacity(entries)
    var cursor = ByteCursor(dictionary.bytes)
    for _ in 0..<entries {
      let count = Int(try cursor.uint32())
      starts.append(Int32(cursor.position))
      _ = try cursor.take(count)
    }
  }

  private func readData(_ header: ParquetPageHeader) throws(ParquetFault) {
    try checkSum(header)
    var levels: ByteCursor
    if header.kind == .dataV2 {
      levels = ByteCursor(packed.bytes)
      let repetitionBytes = try levels.take(header.repetitionBytes)
      let definitionBytes = try levels.take(header.definitionBytes)
      let before = header.repetitionBytes + header.definitionBytes
      guard before <= header.unpackedSize else { throw .broken("levels longer than their page") }
      let size = header.unpackedSize - before
      try codec.unpack(header.isCompressed ? kind : .none, levels.rest, size: size, into: page)
      repetitions = try Self.levels(repetitionBytes, leaf.maxRepetition)
      definitions = try Self.levels(definitionBytes, leaf.maxDefinition)
      values = ByteCursor(page.bytes)
    } else {
      try codec.unpack(kind, packed.bytes, size: header.unpackedSize, into: page)
      values = ByteCursor(page.bytes)
      repetitions = try levelsBefore(header.repetitionEncoding, leaf.maxRepetition)
      definitions = try levelsBefore(header.definitionEncoding, leaf.maxDefinition)
    }
    try beginValues(header)
  }

  private func beginValues(_ header: ParquetPageHeader) throws(ParquetFault) {
    textInPage = 0
    (indexes, lengths, prefixes) = (nil, nil, nil)
    switch header.encoding {
    case 0: encoding = .plain
    case 2, 8:
      encoding = .dictionary
      // A page of nulls may have no values at all, not even a width.
      guard values.left > 0 else { return }
      guard hasDictionary else { throw .broken("a page of a dictionary that is not there") }
      let width = Int(try values.byte())
      indexes = try HybridDecoder(values, width: width)
    case 6:
      encoding = .deltaLength
      guard values.left > 0 else { return }
      let found = try DeltaDecoder(values)
      lengths = found
      values = try found.rest()
    case 7:
      encoding = .delta
      guard values.left > 0 else { return }
      let found = try DeltaDecoder(values)
      prefixes = found
      let suffixes = try DeltaDecoder(try found.rest())
      lengths = suffixes
      values = try suffixes.rest()
      shared.resize(0)
      other.resize(0)
      sharesOther = false
    default:
      throw .unsupported(
        "keeps '\(leaf.name)' in encoding \(header.encoding), which is not read; write it with plain "
          + "or dictionary encoding")
    }
  }

  private static func levels(
    _ bytes: UnsafeRawBufferPointer, _ most: Int
  ) throws(ParquetFault) -> HybridDecoder? {
    guard most > 0 else { return nil }
    return try HybridDecoder(ByteCursor(bytes), width: Int.bitWidth - most.leadingZeroBitCount)
  }

  /// Levels that stand before the values, behind their length.
  private func levelsBefore(
    _ encoding: Int, _ most: Int
  ) throws(ParquetFault) -> HybridDecoder? {
    guard most > 0 else { return nil }
    guard encoding == 3 else {
      throw .unsupported("keeps levels in the old packed form; write it with a newer writer")
    }
    let count = Int(try values.uint32())
    return try Self.levels(try values.take(count), most)
  }
}
