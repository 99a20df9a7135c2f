import TestPacking
import TestSupport
import Testing

@testable import JuktaCorpus

/// What pyarrow, DuckDB, polars, fastparquet and Spark write is read as they were given it.
@Suite struct `Parquet files of five writers` {
  @Test func `there are enough of them, of each writer`() {
    let files = ParquetFixture.readable.map(\.file)
    #expect(files.count >= 60)
    for writer in ["arrow", "duckdb", "polars", "fastparquet", "spark"] {
      #expect(files.contains { $0.hasPrefix(writer + "-") })
    }
  }

  @Test(arguments: ParquetFixture.readable)
  func `each row is a document, a null an empty one`(_ fixture: ParquetFixture) throws {
    let found = try documents([fixture.path], fixture.options)
    #expect(found.map(\.text) == ParquetFixture.texts[fixture.rows])
    #expect(found.map(\.line) == found.indices.map { $0 + 1 })
  }

  @Test(arguments: [64, 1000, 1 << 20], [1, 3])
  func `blocks and callers change nothing`(_ size: Int, _ callers: Int) throws {
    let paths = ["arrow-groups", "duckdb-v2-many", "spark-v2-zstd"].map {
      ParquetFixture.named("\($0).parquet").path
    }
    let found = try read(paths, .with { $0.blockSize = size }, callers: callers)
    let texts = ParquetFixture.texts
    #expect(found.documents.map(\.text) == ["base", "many", "many"].flatMap { texts[$0] ?? [] })
    #expect(found.layouts == [.parquet])
    #expect(found.tally.documents == 60 + 1500 + 1500)
  }

  @Test(arguments: ParquetFixture.all.filter { $0.error != nil })
  func `what is refused is named`(_ fixture: ParquetFixture) throws {
    let error = try #require(try failure([fixture.path]))
    #expect(error.description.contains(fixture.error ?? "?"))
    #expect(error.description.hasPrefix(fixture.path))
  }

  @Test func `a row that is not UTF-8 can be left out`() throws {
    let path = ParquetFixture.named("arrow-not-utf8.parquet").path
    let found = try read([path], .with { $0.skipsBad = true })
    #expect(found.documents == [Document(text: "ক", line: 1)])
    #expect(found.tally.bad == 1)
  }

  @Test func `files that stand for far more text than they hold are refused`() throws {
    // 437 bytes for 13.5 MB of text, and a few hundred for 6 GB.
    for name in ["arrow-bomb-delta.parquet", "arrow-bomb-dictionary.parquet"] {
      let path = ParquetFixture.named(name).path
      let error = try failure([path], .with { $0.parquetPageLimit = 4 << 20 })
      #expect(error?.description.contains("raise the limit of a page") == true)
    }
  }

  @Test func `a bomb within the limit is only text`() throws {
    let path = ParquetFixture.named("arrow-bomb-delta.parquet").path
    #expect(try documents([path]).map(\.text.unicodeScalars.count) == Array(0..<3000))
  }

  @Test func `one flipped bit of a page with a checksum is found`() throws {
    let fixture = ParquetFixture.named("arrow-checksum.parquet")
    var bytes = try Fixture.bytes(fixture.path)
    bytes[1500] ^= 1
    let files = try Files()
    let error = try failure([files.add("a.parquet", bytes)])
    #expect(error?.description.contains("checksum") == true)
  }

  @Test func `Parquet inside gzip is named`() throws {
    let bytes = try Fixture.bytes(ParquetFixture.named("arrow-groups.parquet").path)
    let files = try Files()
    let path = files.add("a.gz", Packed.gzip(bytes))
    #expect(try failure([path])?.reason == .parquetNeedsFile(isCompressed: true))
  }

  @Test func `the layout Parquet is for Parquet`() throws {
    let files = try Files()
    let path = files.add("a.txt", "PAR1 is how it begins, but not this\n")
    #expect(try failure([path], .with { $0.layout = .parquet })?.reason == .notParquet)
    #expect(try texts([path]) == ["PAR1 is how it begins, but not this"])
  }

  @Test(arguments: ["arrow-oscar-hub-v1.parquet", "arrow-oscar-hub-v2.parquet"])
  func `OSCAR's metadata are read from the hub's columns`(_ name: String) throws {
    let path = ParquetFixture.named(name).path
    let records = try read([path], .with { $0.readsMetadata = true }).records
    #expect(records.count == 3)
    #expect(records[0].language == "bn")
    #expect(records[0].languageProbability.map { abs($0 - 0.99) < 1e-6 } == true)
    #expect(records[0].harmfulPerplexity == 412.5)
    #expect(records[0].warnings == nil)
    #expect(records[0].categories == ["blog", "press"])
    #expect(records[0].lines?.count == 2)
    #expect(records[0].lines?[0]?.label == "bn")
    #expect(records[0].lines?[1] == nil)
    #expect(records[1].warnings == ["tiny", "noisy"])
    #expect(records[1].categories == [])
    #expect(records[2] == CorpusRecord())
  }

  @Test func `filters look at the columns`() throws {
    let path = ParquetFixture.named("arrow-oscar-hub-v1.parquet").path
    #expect(try texts([path], .with { $0.filters.droppedWarnings = ["tiny"] }).count == 2)
    let sure = try read([path], .with { $0.filters.minimumLanguageProbability = 0.9 })
    #expect(sure.documents.map(\.line) == [1, 3])
    #expect(try texts([path], .with { $0.filters.lineLanguage = "bn" }) == ["ভাল লেখা", "মেটা নেই"])
    let scores = ParquetFixture.named("arrow-fineweb.parquet").path
    let kept = try read([scores], .with { $0.filters.minimumLanguageProbability = 0.9 })
    #expect(kept.documents.map(\.line) == [1, 3])
  }
}
