/// A text with its safe repairs made, and the way back to the original.
///
///     let repaired = TextRepair("অামি".utf8Span.span)
///     String(decoding: repaired.bytes, as: UTF8.self)    // আমি
///     repaired.alignment.originalRange(of: 0..<3)         // 0..<6
///
/// A repair is safe where it changes nothing that a reader sees (a look-alike becomes the letter it
/// looks like) or undoes a plain slip (a sign typed twice). Repairs are made until none is left, so
/// that repairing twice equals repairing once.
public struct TextRepair: Sendable {
  /// One repair that was made.
  public struct Change: Sendable, Equatable {
    /// Why.
    public var code: AnomalyCode
    /// The bytes of the original that it replaced; with what earlier repairs made of them.
    public var range: Range<Int>
    /// What stands there now.
    public var replacement: String
  }

  /// The repaired text: UTF-8.
  public let bytes: [UInt8]
  /// From the repaired text to the original.
  public let alignment: Alignment
  /// What was done, in order.
  public let changes: [Change]

  /// A scalar, and the bytes of the original that it stands for.
  private struct Cell {
    var scalar: UInt32
    var start: Int
    var end: Int
    var isChanged = false
  }

  /// Repairs `text`.
  /// - Complexity: O(*n*) for each round; there are as many as repairs that make others possible.
  public init(_ text: Span<UInt8>) {
    var cells = Self.cells(text)
    var changes: [Change] = []
    // Each round removes scalars or moves them towards canonical order; the bound guards against
    // two rules that undo each other.
    for _ in 0..<64 {
      let findings = Self.findings(cells)
      if findings.isEmpty { break }
      cells = Self.apply(findings, to: cells, &changes)
    }
    self.changes = changes
    var output = ByteBuffer(capacity: text.count + 16)
    var alignment = Alignment()
    for cell in cells {
      if cell.isChanged {
        alignment.appendBlock(normalized: output.count, original: cell.start..<cell.end)
        UTF8Scalars.append(cell.scalar, to: &output)
      } else {
        alignment.appendCopy(normalized: output.count, original: cell.start)
        output.append(text.extracting(cell.start..<cell.end))
      }
    }
    bytes = output.bytes
    self.alignment = alignment
  }

  private static func cells(_ text: Span<UInt8>) -> [Cell] {
    text.withUnsafeBufferPointer { bytes in
      var cells: [Cell] = []
      var position = 0
      while position < bytes.count {
        let (scalar, length) = UTF8Scalars.decode(bytes, at: position) ?? (0xFFFD, 1)
        cells.append(Cell(scalar: scalar, start: position, end: position + length))
        position += length
      }
      return cells
    }
  }

  /// The safe findings, leftmost first, that do not overlap.
  private static func findings(_ cells: [Cell]) -> [AnomalyPass.Finding] {
    var pass = AnomalyPass()
    let table = ScalarClassTable.shared
    for cell in cells { pass.append(cell.scalar, table.kind(of: cell.scalar).bengali) }
    pass.run()
    let safe = pass.findings.filter(\.isSafe)
      .sorted { ($0.range.lowerBound, $0.range.count) < ($1.range.lowerBound, $1.range.count) }
    var end = 0
    return safe.filter { finding in
      guard finding.range.lowerBound >= end else { return false }
      end = finding.range.upperBound
      return true
    }
  }

  private static func apply(
    _ findings: [AnomalyPass.Finding], to cells: [Cell], _ changes: inout [Change]
  ) -> [Cell] {
    var result: [Cell] = []
    var position = 0
    for finding in findings {
      result += cells[position..<finding.range.lowerBound]
      let replaced = cells[finding.range]
      let start = replaced.reduce(Int.max) { min($0, $1.start) }
      let end = replaced.reduce(0) { max($0, $1.end) }
      let replacement = finding.replacement ?? []
      for scalar in replacement {
        result.append(Cell(scalar: scalar, start: start, end: end, isChanged: true))
      }
      changes.append(
        Change(code: finding.code, range: start..<end, replacement: string(replacement)))
      position = finding.range.upperBound
    }
    return result + cells[position...]
  }
}
