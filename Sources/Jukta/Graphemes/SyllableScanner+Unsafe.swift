/// Finds grapheme clusters and aksharas in one pass over UTF-8.
///
///     var scanner = SyllableScanner()
///     scanner.scan(bytes)
///     scanner.graphemeEnds    // byte offsets; each unit starts where the one before ended
///
/// Two automata run over the class of each scalar: a decode, a lookup and two table steps. Neither
/// looks ahead, so a text may come in parts, cut anywhere between scalars. A byte that is not UTF-8
/// is a unit of its own. Texts are below 4 GiB.
///
/// - Complexity: O(*n*); no allocation once the buffers have grown to the longest text.
///
/// Soundness: every read of `bytes` is below `count` (a lead byte is followed only as far as the
/// text goes); `index` has 0x1100 entries and decoded scalars are below 0x110000; pages and rows are
/// as long as `ScalarClassTable` and `BoundaryMachine` build them: 256 a page that `index` names,
/// `width` a state. Both end buffers are reserved for one unit a byte and one more beforehand.
public struct SyllableScanner: ~Copyable {
  private let table = ScalarClassTable.shared
  private let graphemes = BoundaryMachine.graphemes
  private let aksharas = BoundaryMachine.aksharas
  private var graphemeState = 0
  private var aksharaState = 0
  private var scanned = 0
  private var graphemeBuffer = IDBuffer()
  private var aksharaBuffer = IDBuffer()

  /// Creates a scanner at the start of a text.
  public init() {}

  /// Where each grapheme cluster ends, in bytes. Valid until the scanner is next changed.
  public var graphemeEnds: Span<UInt32> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeStart: UnsafePointer(graphemeBuffer.base), count: graphemeBuffer.count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Where each akshara ends, in bytes. Valid until the scanner is next changed.
  public var aksharaEnds: Span<UInt32> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeStart: UnsafePointer(aksharaBuffer.base), count: aksharaBuffer.count)
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// Scans a whole text; what was found before is forgotten.
  public mutating func scan(_ text: Span<UInt8>) {
    start()
    feed(text)
    finish()
  }

  /// Forgets the text before.
  public mutating func start() {
    graphemeBuffer.removeAll()
    aksharaBuffer.removeAll()
    (graphemeState, aksharaState, scanned) = (0, 0, 0)
  }

  /// Takes the next part of a text, which must not end inside a scalar.
  public mutating func feed(_ part: Span<UInt8>) {
    part.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
      let graphemeRoom = graphemeBuffer.tail(bytes.count + 1)
      let aksharaRoom = aksharaBuffer.tail(bytes.count + 1)
      let found = pass(base, bytes.count, graphemeRoom, aksharaRoom)
      graphemeBuffer.advance(by: found.graphemes)
      aksharaBuffer.advance(by: found.aksharas)
      scanned += bytes.count
    }
  }

  /// Ends the text: the last units end here.
  public mutating func finish() {
    guard scanned > 0 else { return }
    graphemeBuffer.append(UInt32(scanned))
    aksharaBuffer.append(UInt32(scanned))
  }

  private mutating func pass(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ graphemeRoom: UnsafeMutablePointer<UInt32>,
    _ aksharaRoom: UnsafeMutablePointer<UInt32>
  ) -> (graphemes: Int, aksharas: Int) {
    var (graphemeCount, aksharaCount) = (0, 0)
    var (grapheme, akshara) = (graphemeState, aksharaState)
    let scanned = scanned
    let bengali = Int(table.index[9]) << 8 + 0x80
    let ascii = Int(table.index[0]) << 8
    table.index.withUnsafeBufferPointer { index in
      table.pages.withUnsafeBufferPointer { pages in
        graphemes.rows.withUnsafeBufferPointer { graphemeRows in
          aksharas.rows.withUnsafeBufferPointer { aksharaRows in
            var position = 0
            while position < count {
              let kind: Int
              var length = 1
              let lead = bytes[position]
              if lead == 0xE0, position &+ 2 < count, bytes[position &+ 1] & 0xFE == 0xA6,
                bytes[position &+ 2] & 0xC0 == 0x80
              {
                // U+0980 to U+09FF: E0 A6 80 to E0 A7 BF.
                let place =
                  Int(bytes[position &+ 1] & 1) << 6 | Int(bytes[position &+ 2] & 0x3F)
                kind = Int(pages[bengali &+ place])
                length = 3
              } else if lead < 0x80 {
                kind = Int(pages[ascii &+ Int(lead)])
              } else {
                let scalar = Self.decode(bytes, position, count, &length)
                kind = Int(pages[Int(index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)])
              }
              let nextGrapheme = graphemeRows[grapheme &+ kind]
              let nextAkshara = aksharaRows[akshara &+ kind]
              // Written always, counted only at a boundary: no branch that text could mislead.
              let end = UInt32(truncatingIfNeeded: scanned &+ position)
              graphemeRoom[graphemeCount] = end
              graphemeCount &+= Int(nextGrapheme >> 15)
              aksharaRoom[aksharaCount] = end
              aksharaCount &+= Int(nextAkshara >> 15)
              grapheme = Int(nextGrapheme & 0x7FFF)
              akshara = Int(nextAkshara & 0x7FFF)
              position &+= length
            }
          }
        }
      }
    }
    (graphemeState, aksharaState) = (grapheme, akshara)
    return (graphemeCount, aksharaCount)
  }

  /// The scalar at `position`; U+FFFD, one byte long, where the bytes are not UTF-8.
  @inline(__always)
  private static func decode(
    _ bytes: UnsafePointer<UInt8>, _ position: Int, _ count: Int, _ length: inout Int
  ) -> UInt32 {
    let lead = UInt32(bytes[position])
    // Three bytes, without overlong forms and surrogates.
    if lead & 0xF0 == 0xE0, position + 2 < count {
      let (second, third) = (UInt32(bytes[position + 1]), UInt32(bytes[position + 2]))
      let scalar = (lead & 0xF) << 12 | (second & 0x3F) << 6 | third & 0x3F
      if second & 0xC0 == 0x80, third & 0xC0 == 0x80, scalar >= 0x800, scalar >> 11 != 0x1B {
        length = 3
        return scalar
      }
      return 0xFFFD
    }
    let buffer = UnsafeBufferPointer(start: bytes, count: count)
    guard let (scalar, found) = UTF8Scalars.decode(buffer, at: position) else { return 0xFFFD }
    length = found
    return scalar
  }
}
