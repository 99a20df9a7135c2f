import Jukta
import TestSupport

@testable import JuktaCorpus

/// The Parquet files of Tests/Fixtures/parquet, by five writers.
struct ParquetFixture: Sendable, CustomStringConvertible {
  let file: String
  let rows: String
  let field: String?
  /// What the error says, for files that are refused.
  let error: String?
  let isBomb: Bool
  var description: String { file }

  var path: String { "\(Self.folder)/\(file)" }

  var options: Corpus.Options { .with { $0.field = field } }

  static let folder =
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    .joined(separator: "/") + "/Fixtures/parquet"

  static let all: [ParquetFixture] = lines("list.jsonl").map { line in
    ParquetFixture(
      file: line["file"]?.text ?? "", rows: line["rows"]?.text ?? "", field: line["field"]?.text,
      error: line["error"]?.text, isBomb: line["bomb"] != nil)
  }

  static var readable: [ParquetFixture] { all.filter { $0.error == nil && !$0.isBomb } }

  /// What the writers were given, null as empty text.
  static let texts: [String: [String]] = Dictionary(
    uniqueKeysWithValues: lines("rows.jsonl").map { line in
      (line["name"]?.text ?? "", (line["texts"]?.items ?? []).map { $0.text ?? "" })
    })

  static func named(_ file: String) -> ParquetFixture {
    all.first { $0.file == file }
      ?? ParquetFixture(file: file, rows: "", field: nil, error: nil, isBomb: false)
  }

  private static func lines(_ name: String) -> [JSONValue] {
    (try? Fixture.jsonLines("parquet/\(name)")) ?? []
  }
}
