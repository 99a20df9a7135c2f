import TestSupport
import Testing

@testable import JuktaCorpus

/// Parquet with random damage: reading ends in documents or in an error that names the file.
@Suite struct `Damaged Parquet` {
  static let originals: [[UInt8]] = [
    "arrow-none-v1-plain", "arrow-none-v2-dictionary", "arrow-delta-v1", "arrow-delta-length-v2",
    "arrow-oscar-hub-v1", "arrow-oscar-hub-v2", "spark-lz4", "spark-v2", "duckdb-v2", "polars-zstd",
    "arrow-gzip-v2-plain", "arrow-brotli-v1-dictionary", "arrow-snappy-v1-plain", "arrow-groups",
  ].compactMap { try? Fixture.bytes(ParquetFixture.named("\($0).parquet").path) }

  /// Damage that keeps the length, so that the footer is still found more often than not.
  static func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    // Half of the damage goes into the footer, where offsets and sizes are.
    let footer = max(0, bytes.count - 500)..<bytes.count
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let all = Bool.random(using: &generator) ? 0..<bytes.count : footer
      let place = Int.random(in: all, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: bytes[place] = .random(in: 0...255, using: &generator)
      case 1: bytes[place] = [0x00, 0x01, 0x7F, 0x80, 0xFF].randomElement(using: &generator) ?? 0
      case 2: bytes[place] &+= 1
      case 3: bytes[place] &-= 1
      case 4: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      default:
        let length = min(8, bytes.count - place)
        for index in place..<(place + length) { bytes[index] = 0xFF }
      }
    }
    if Int.random(in: 0..<12, using: &generator) == 0 {
      bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
    }
    return bytes
  }

  @Test(arguments: 1...600 as ClosedRange<UInt64>)
  func `reading ends, in rows or in an error that names file and place`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let original = try #require(Self.originals.randomElement(using: &generator))
    let files = try Files()
    let path = files.add("a.parquet", Self.damaged(original, &generator))
    for skipsBad in [false, true] {
      let options = Corpus.Options.with {
        $0.readsMetadata = true
        $0.skipsBad = skipsBad
        $0.parquetPageLimit = 1 << 22
      }
      do {
        _ = try read([path], options, callers: 2)
      } catch let error as CorpusError {
        #expect(error.file == path)
        #expect(!skipsBad, "\(error)")
        if case .brokenParquet(_, nil) = error.reason { #expect(error.line != nil) }
      }
    }
  }

  @Test(arguments: ["arrow-groups.parquet", "spark-lz4.parquet"])
  func `a file cut anywhere is an error`(_ name: String) throws {
    let bytes = try Fixture.bytes(ParquetFixture.named(name).path)
    let files = try Files()
    for length in stride(from: 6, to: bytes.count, by: 13) {
      let error = try failure([files.add("a.parquet", Array(bytes[..<length]))])
      guard case .brokenParquet = error?.reason else {
        Issue.record("\(length) bytes: \(String(describing: error))")
        continue
      }
    }
  }

  @Test func `the rows before a broken place still come`() throws {
    let fixture = ParquetFixture.named("arrow-groups.parquet")
    var bytes = try Fixture.bytes(fixture.path)
    let middle = bytes.count / 2
    for index in middle..<(middle + 60) { bytes[index] = 0xEE }
    let files = try Files()
    let path = files.add("a.parquet", bytes)
    let found = try read([path], .with { $0.skipsBad = true })
    let texts = try #require(ParquetFixture.texts["base"])
    #expect(found.tally.badFiles == 1)
    #expect(found.documents.count > 3)
    #expect(found.documents.map(\.text) == Array(texts[..<found.documents.count]))
  }
}
