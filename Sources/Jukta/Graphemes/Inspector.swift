/// Takes texts apart: grapheme clusters, aksharas, conjuncts and anomalies.
///
///     var inspector = Inspector()
///     inspector.inspect(bytes)
///     inspector.aksharaEnds       // byte offsets
///     inspector.conjuncts         // byte ranges
///     inspector.codes             // ["hasanta-final", …]
///
/// Scratch for one thread: it is reset for each text and grows only until it has seen the longest.
/// Grapheme clusters are those of Unicode 17 (`graphemeClusterUnicodeVersion`); the akshara is the
/// orthographic syllable, and never reaches across a letter of another script.
///
/// - Complexity: O(*n*) for each text.
public struct Inspector: ~Copyable {
  private var scanner = SyllableScanner()
  private var pass = AnomalyPass()
  /// Where each scalar starts, in bytes, and where the text ends.
  private var offsets: [UInt32] = []
  /// The bytes of each conjunct, in the order of the text.
  public private(set) var conjuncts: [Range<Int>] = []

  /// Creates an inspector.
  public init() {}

  /// Takes `text` apart; what was known of the text before is forgotten.
  public mutating func inspect(_ text: Span<UInt8>) {
    scanner.scan(text)
    text.withUnsafeBufferPointer { Self.decode($0, into: &pass, &offsets) }
    conjuncts.removeAll(keepingCapacity: true)
    var scalar = 0
    for index in 0..<scanner.aksharaEnds.count {
      let end = scanner.aksharaEnds[index]
      let start = scalar
      while offsets[scalar] < end { scalar += 1 }
      pass.checkBroken(start..<scalar)
      if let found = pass.conjunct(in: start..<scalar) {
        conjuncts.append(Int(offsets[found.lowerBound])..<Int(offsets[found.upperBound]))
      }
    }
    pass.run()
  }

  private static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, into pass: inout AnomalyPass, _ offsets: inout [UInt32]
  ) {
    let table = ScalarClassTable.shared
    let classes = table.kinds.map(\.bengali)
    pass.removeAll()
    offsets.removeAll(keepingCapacity: true)
    var position = 0
    while position < bytes.count {
      let (scalar, length) = UTF8Scalars.decode(bytes, at: position) ?? (0xFFFD, 1)
      let number = table.pages[Int(table.index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)]
      pass.append(scalar, classes[Int(number)])
      offsets.append(UInt32(position))
      position += length
    }
    offsets.append(UInt32(position))
  }

  /// Where each grapheme cluster ends, in bytes.
  public var graphemeEnds: Span<UInt32> {
    @_lifetime(borrow self) get { scanner.graphemeEnds }
  }

  /// Where each akshara ends, in bytes.
  public var aksharaEnds: Span<UInt32> {
    @_lifetime(borrow self) get { scanner.aksharaEnds }
  }

  /// All that is odd, in the order of the codes and then of the text.
  public var anomalies: [Anomaly] {
    pass.findings.map { finding in
      Anomaly(
        code: finding.code,
        range: Int(offsets[finding.range.lowerBound])..<Int(offsets[finding.range.upperBound]),
        repair: finding.replacement.map(string), isSafe: finding.isSafe)
    }.sorted { ($0.code.rawValue, $0.range.lowerBound) < ($1.code.rawValue, $1.range.lowerBound) }
  }

  /// The codes of all that is odd, each once, sorted.
  public var codes: [AnomalyCode] {
    pass.findings.isEmpty
      ? [] : Set(pass.findings.map(\.code)).sorted { $0.rawValue < $1.rawValue }
  }

  /// The structure of one akshara.
  /// - Parameters:
  ///   - range: The bytes of an akshara of `text`.
  ///   - text: The text last inspected.
  public func akshara(_ range: Range<Int>, of text: Span<UInt8>) -> Akshara {
    let start = offsets.partition { Int($0) >= range.lowerBound }
    let end = offsets.partition { Int($0) >= range.upperBound }
    return Akshara(
      scalars: Array(pass.scalars[start..<end]), classes: Array(pass.classes[start..<end]),
      range: range)
  }
}

/// A string of scalars, U+FFFD for what is none.
func string(_ scalars: [UInt32]) -> String {
  String(String.UnicodeScalarView(scalars.map { Unicode.Scalar($0) ?? "\u{FFFD}" }))
}

extension Array {
  /// The first place whose element fulfils `isLate`, where all that do come last.
  fileprivate func partition(_ isLate: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isLate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension AnomalyPass {
  /// The scalars of an akshara's conjunct: from its first consonant to the last and its nuktas,
  /// where there are two at least.
  func conjunct(in range: Range<Int>) -> Range<Int>? {
    var (first, last, count) = (0, 0, 0)
    for index in range where classes[index] == .consonant || classes[index] == .deadConsonant {
      if count == 0 { first = index }
      last = index
      count += 1
    }
    guard count >= 2 else { return nil }
    var end = last + 1
    while end < range.upperBound, classes[end] == .nukta { end += 1 }
    return first..<end
  }
}
