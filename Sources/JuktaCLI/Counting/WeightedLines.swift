import Jukta
import JuktaCorpus
import JuktaTraining

/// Lines of a text, a TAB and a count: each text counts that often.
final class WeightedLines: DocumentSource {
  let input: LineInput

  private let limit: LineLimit

  init(_ files: [String], callers: Int, limit: LineLimit = LineLimit(nil)) {
    input = LineInput(files, callers: callers)
    self.limit = limit
  }

  /// What is wrong with a line.
  struct BadLine: Error, CustomStringConvertible {
    let description: String
  }

  func next(into batch: inout DocumentBatch) throws -> Bool {
    batch.removeAll()
    return try input.withNextBlock { block in
      guard let block else { return false }
      try block.forEachLine { line, number in
        do {
          try append(line, to: &batch)
        } catch {
          throw LineError(file: block.file, line: number, cause: error)
        }
      }
      return true
    }
  }

  private func append(_ line: Span<UInt8>, to batch: inout DocumentBatch) throws {
    guard !line.isEmpty else { return }
    guard let tab = line.indices.last(where: { line[$0] == UInt8(ascii: "\t") }) else {
      throw BadLine(description: "the line has no TAB; --weighted wants a text, a TAB and a count")
    }
    var weight: UInt64 = 0
    for index in (tab + 1)..<line.count {
      let digit = line[index] &- UInt8(ascii: "0")
      guard digit < 10, weight < 1 << 58 else { throw Self.badCount }
      weight = weight * 10 + UInt64(digit)
    }
    guard weight > 0 else { throw Self.badCount }
    let text = line.extracting(0..<tab)
    do {
      _ = try UTF8Span(validating: text)
    } catch {
      throw BadLine(description: "not UTF-8; recode the file")
    }
    if !text.isEmpty, limit.takes(text.count) { batch.append(text, weight: weight) }
  }

  private static let badCount = BadLine(
    description: "what stands behind the last TAB is no whole number from 1 to 2^58")
}
