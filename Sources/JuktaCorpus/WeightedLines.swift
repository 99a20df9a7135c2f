public import Jukta

/// Files of lines of a text, a TAB and a count: each text counts that often.
///
///     let source = WeightedLines(["queries.tsv.gz"])
public final class WeightedLines: DocumentSource {
  private let input: LineInput

  /// Starts reading.
  /// - Parameters:
  ///   - paths: Files, gzip and zstd too; none or `-` stands for standard input.
  ///   - callers: How many will call `next` at once.
  public init(_ paths: [String], callers: Int = Corpus.usualCallers) {
    input = LineInput(paths, callers: callers)
  }

  /// A line that is no text, TAB and count.
  public struct BadLine: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    public enum Reason: Equatable, Sendable {
      /// It has no TAB.
      case noTab
      /// What stands behind the last TAB is no whole number from 1 to 2⁵⁸.
      case badCount
      /// The text is not UTF-8.
      case invalidUTF8
    }

    /// The file, or "standard input".
    public let file: String
    /// The line, counted from 1.
    public let line: Int
    /// What is wrong.
    public let reason: Reason

    /// Place, cause and remedy.
    public var description: String { "\(file):\(line): \(cause)" }

    private var cause: String {
      switch reason {
      case .noTab: "the line has no TAB; expected a text, a TAB and a count"
      case .badCount: "what stands behind the last TAB is no whole number from 1 to 2^58"
      case .invalidUTF8: "not UTF-8; recode the file"
      }
    }
  }

  /// Bytes read so far, compressed ones where files are compressed.
  public var bytesRead: Int { input.bytesRead }

  /// The size of all files, nil where one is not a regular file.
  public var size: Int? { input.size }

  /// Replaces what `batch` holds by the next lines; several threads may call at once.
  /// - Throws: `BadLine`, or `CorpusError` where a file cannot be read.
  public func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    return try input.withNextBlock { block in
      guard let block else { return false }
      try block.forEachLine { line, number in
        do throws(BadLineReason) {
          try append(line, to: &batch)
        } catch {
          throw BadLine(file: block.file, line: number, reason: error.reason)
        }
      }
      return true
    }
  }

  private struct BadLineReason: Error {
    let reason: BadLine.Reason
    init(_ reason: BadLine.Reason) { self.reason = reason }
  }

  private func append(_ line: Span<UInt8>, to batch: inout DocumentBatch) throws(BadLineReason) {
    guard !line.isEmpty else { return }
    guard let tab = line.indices.last(where: { line[$0] == UInt8(ascii: "\t") }) else {
      throw BadLineReason(.noTab)
    }
    var weight: UInt64 = 0
    for index in (tab + 1)..<line.count {
      let digit = line[index] &- UInt8(ascii: "0")
      guard digit < 10, weight < 1 << 58 else { throw BadLineReason(.badCount) }
      weight = weight * 10 + UInt64(digit)
    }
    guard weight > 0 else { throw BadLineReason(.badCount) }
    let text = line.extracting(0..<tab)
    guard UTF8Check.isValid(text) else { throw BadLineReason(.invalidUTF8) }
    if !text.isEmpty { batch.append(text, weight: weight) }
  }
}
