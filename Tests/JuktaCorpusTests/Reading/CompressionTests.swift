import TestPacking
import TestSupport
import Testing

@testable import JuktaCorpus

@Suite struct `Compressed files` {
  static let first = "আমি বাংলায়\nগান গাই।\n"
  static let second = "আমি আমার\nআমিকে\n"
  static let lines = ["আমি বাংলায়", "গান গাই।", "আমি আমার", "আমিকে"]

  static func read(_ bytes: [UInt8], name: String = "a") throws -> [String] {
    let files = try Files()
    return try texts([files.add(name, bytes)])
  }

  @Test func `gzip members in a row are one text`() throws {
    let members = Packed.gzip(Self.first) + Packed.gzip("") + Packed.gzip(Self.second)
    #expect(try Self.read(members) == Self.lines)
  }

  @Test func `a line may go on in the next member or frame`() throws {
    let bytes = Array((Self.first + Self.second).utf8)
    for cut in [1, 7, 30, bytes.count - 1] {
      #expect(try Self.read(Packed.gzip(bytes[..<cut]) + Packed.gzip(bytes[cut...])) == Self.lines)
      #expect(try Self.read(Packed.zstd(bytes[..<cut]) + Packed.zstd(bytes[cut...])) == Self.lines)
    }
  }

  @Test func `zeros behind the last gzip member are padding`() throws {
    let padded = Packed.gzip(Self.first + Self.second) + [UInt8](repeating: 0, count: 700)
    #expect(try Self.read(padded) == Self.lines)
  }

  @Test func `zstd frames in a row are one text, and skippable frames are passed over`() throws {
    let skip = Packed.skippable(Array("not text".utf8), kind: 7)
    let frames = [Packed.zstd(Self.first), Packed.zstd(""), Packed.zstd(Self.second)]
    #expect(try Self.read(frames.flatMap(\.self)) == Self.lines)
    #expect(try Self.read(skip + frames.flatMap(\.self)) == Self.lines)
    #expect(try Self.read(frames.flatMap { $0 + skip }) == Self.lines)
    #expect(try Self.read(skip + Packed.skippable([])) == [])
  }

  @Test func `a frame of zstd --long=28 can be read`() throws {
    let frame = Packed.zstd(Array((Self.first + Self.second).utf8), windowLog: 28)
    // The window descriptor: an exponent above 10 in its five high bits.
    #expect(frame[5] >> 3 == 18)
    #expect(try Self.read(frame) == Self.lines)
  }

  @Test func `the content tells, not the name`() throws {
    let text = Self.first + Self.second
    #expect(try Self.read(Packed.gzip(text), name: "a.txt") == Self.lines)
    #expect(try Self.read(Packed.zstd(text), name: "a.gz") == Self.lines)
    #expect(try Self.read(Array(text.utf8), name: "a.zst") == Self.lines)
  }

  @Test(arguments: ["gzip", "zstd"])
  func `a file cut off at any byte is an error that names the byte and the line`(
    _ format: String
  ) throws {
    let text = Self.first + Self.second
    let whole = format == "gzip" ? Packed.gzip(text) : Packed.zstd(text)
    let files = try Files()
    for cut in 4..<whole.count {
      let path = files.add("\(cut)", Array(whole[..<cut]))
      let error = try #require(try failure([path]))
      #expect(
        error.reason
          == .brokenCompression(
            format: format, detail: "ends in the middle", compressedOffset: cut))
      #expect(error.line.map { (1...5).contains($0) } == true)
    }
  }

  @Test func `a cut file gives the whole lines before the cut, then the error`() throws {
    let files = try Files()
    let lines = (1...20_000).map { "লাইন \($0) \($0 * 7919 % 10_007)" }
    let whole = Packed.gzip(lines.joined(separator: "\n") + "\n")
    let path = files.add("a.gz", Array(whole[..<(whole.count / 2)]))
    let corpus = Corpus([path], options: .with { $0.blockSize = 4096 })
    var batch = CorpusBatch()
    var found: [String] = []
    let error = #expect(throws: CorpusError.self) {
      while try corpus.next(into: &batch) {
        found += batch.documents.map { String(decoding: batch.bytes[$0.range], as: UTF8.self) }
      }
    }
    #expect(found.count > 5000 && found == Array(lines[..<found.count]))
    #expect(error?.line == found.count + 1)
  }

  @Test func `damage inside is found by the checksum`() throws {
    let files = try Files()
    for (format, packed) in [("gzip", Packed.gzip(Self.first)), ("zstd", Packed.zstd(Self.first))] {
      // The checksum: the four bytes before gzip's length, the last four of a frame.
      var bytes = packed
      bytes[bytes.count - (format == "gzip" ? 8 : 4)] ^= 1
      let error = try failure([files.add(format, bytes)])
      guard case .brokenCompression(format, let detail, _) = error?.reason else {
        Issue.record("no error for \(format): \(String(describing: error))")
        continue
      }
      #expect(detail.hasPrefix("is broken ("))
    }
  }

  @Test func `rubbish behind the last member or frame is an error at its place`() throws {
    let files = try Files()
    for packed in [Packed.gzip(Self.first), Packed.zstd(Self.first)] {
      let error = try failure([files.add("a", packed + Array("rubbish".utf8))])
      guard case .brokenCompression(_, _, let offset) = error?.reason else {
        Issue.record("no error: \(String(describing: error))")
        continue
      }
      #expect((packed.count...packed.count + 4).contains(offset))
    }
  }

  @Test func `text many times larger than blocks and buffers comes whole`() throws {
    let files = try Files()
    var generator = SeededGenerator(seed: 1)
    let lines = (0..<60_000).map { _ in "\(generator.next()) লাইন" }
    let bytes = Array(lines.joined(separator: "\n").utf8)
    for (name, packed) in [("gz", Packed.gzip(bytes)), ("zst", Packed.zstd(bytes))] {
      #expect(packed.count > 1 << 18)
      let found = try documents(
        [files.add(name, packed)], .with { $0.blockSize = 10_000 }, callers: 2)
      #expect(found.map(\.text) == lines)
    }
  }
}
