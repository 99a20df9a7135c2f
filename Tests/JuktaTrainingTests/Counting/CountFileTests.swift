import Jukta
import TestSupport
import Testing

@testable import JuktaTraining

/// A file of counts in memory.
enum CountBytes {
  static let header = CountFileHeader(preset: "bengali", frontEnd: #"{"normalizer":null}"#)

  static func file(_ counts: borrowing WordCounts, _ header: CountFileHeader = header) -> [UInt8] {
    var buffer = ByteBuffer()
    var encoder = CountFileEncoder(header)
    encoder.begin(&buffer)
    counts.forEachInByteOrder { encoder.append($0.span, $1, to: &buffer) }
    var summary = CountFileSummary()
    (summary.documents, summary.bytes) = (3, 70)
    encoder.end(summary, to: &buffer)
    return buffer.bytes
  }

  /// Reads from memory, `chunk` bytes at a time.
  static func reader(_ bytes: [UInt8], name: String = "x", chunk: Int = 7) throws
    -> CountFileReader
  {
    var position = 0
    return try CountFileReader(name: name) { output in
      guard position < bytes.count else { return false }
      let end = min(position + chunk, bytes.count)
      output += bytes[position..<end]
      position = end
      return true
    }
  }

  static func read(_ bytes: [UInt8], chunk: Int = 7) throws -> (WordList, CountFileSummary) {
    let reader = try reader(bytes, chunk: chunk)
    var counts = WordCounts()
    while try reader.next() { counts.add(reader.word.span, count: reader.count) }
    return (counts.sorted(), reader.summary)
  }

  /// What reading these bytes throws.
  static func error(_ bytes: [UInt8]) -> CountFileError? {
    do {
      _ = try read(bytes, chunk: 1000)
      return nil
    } catch {
      return error as? CountFileError
    }
  }

  static func error(_ text: String) -> CountFileError? { error(Array(text.utf8)) }
}

@Suite struct `A file of counts` {
  private static func counts(_ words: [(String, UInt64)]) -> WordCounts {
    var counts = WordCounts()
    for (word, count) in words { counts.add(word.utf8Span.span, count: count) }
    return counts
  }

  @Test func `is text that people can read`() {
    let bytes = CountBytes.file(Self.counts([("▁গান", 7), ("▁আমি", 52)]))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(
      text.hasPrefix(
        "jukta counts 1\npreset\tbengali\nfront_end\t{\"normalizer\":null}\n\n▁আমি\t52\n▁গান\t7\n\n"
          + "documents\t3\nbytes\t70\ndistinct_words\t2\nwords\t59\ndigest\t"))
  }

  @Test(arguments: [1, 2, 13, 100_000])
  func `gives back what went in, whatever the chunks`(_ chunk: Int) throws {
    let counts = Self.counts([
      ("▁আমি", 1), ("a\tb", 2), ("a\nb", 3), ("\\", 4), ("\\t", 5), ("\r", 6), ("ক্ষ", .max),
      ("\u{9DF}", 8), ("\u{9AF}\u{9BC}", 9), (" ", 10),
    ])
    let (list, summary) = try CountBytes.read(CountBytes.file(counts), chunk: chunk)
    #expect(list == counts.sorted())
    #expect(summary.digest == counts.digest && summary.words == counts.totalCount)
    #expect(summary.documents == 3 && summary.bytes == 70 && summary.distinctWords == 10)
  }

  @Test func `may hold no word at all`() throws {
    let (list, summary) = try CountBytes.read(CountBytes.file(WordCounts()))
    #expect(list.count == 0 && summary.words == 0)
  }

  private static let small = CountBytes.file(counts([("▁আমি", 52), ("▁গান", 7), ("ক\\", 3)]))

  @Test func `that is cut short anywhere is told`() throws {
    // Without its last line end it is whole.
    for length in 0..<(Self.small.count - 1) {
      #expect(CountBytes.error(Array(Self.small[..<length])) != nil, "cut at \(length)")
    }
    #expect(CountBytes.error(Array(Self.small.dropLast())) == nil)
  }

  @Test func `in which any bit of a word or of a count is turned is told`() {
    let text = String(decoding: Self.small, as: UTF8.self)
    let head = text.utf8.count - (text.utf8Split(at: "\n\n")?.utf8.count ?? 0)
    let end = text.utf8.count - (text.utf8Split(at: "\ndocuments")?.utf8.count ?? 0)
    for index in head..<(end - 10) {
      for bit in [0, 3, 6] {
        var damaged = Self.small
        damaged[index] ^= 1 << bit
        #expect(CountBytes.error(damaged) != nil, "bit \(bit) of byte \(index)")
      }
    }
  }

  private static let start = "jukta counts 1\npreset\tp\nfront_end\t{}\n\n"

  @Test(arguments: [
    ("", "x: not a file of counts"), ("আমি গান গাই\n", "x: not a file of counts"),
    ("jukta counts 2\n", "x:1: a file of counts of version 2"),
    ("jukta counts 1\npreset\tp\n\n", "x:3: the line 'front_end' is missing"),
    ("jukta counts 1\npreset p\n", "x:2: the line is not a name, a TAB and a value"),
    (start + "a 1\n", "x:5: the line is not a word, a TAB and a count"),
    (start + "a\t1\nb\t\n", "x:6: the count is not a whole number"),
    (start + "a\t0\n", "x:5: the count is not a whole number"),
    (start + "a\t01\n", "x:5: the count is not a whole number"),
    (start + "a\t18446744073709551616\n", "x:5: the count is not a whole number"),
    (start + "\t1\n", "x:5: the word is empty"),
    (start + "a\\x\t1\n", "x:5: \\ stands before none of t, n, r and \\"),
    (start + "b\t1\na\t1\n", "x:6: the word does not come behind the one before it"),
    (start + "a\t1\na\t1\n", "x:6: the word does not come behind the one before it"),
    (start + "a\t1\n", "x:5: ends in the middle"),
    (start + "a\t1\n\ndocuments\t1\n", "x:7: the line 'bytes' is missing"),
    (start + "a\t1\n\ndocuments\t1\nbytes\t-1\n", "x:8: the value of 'bytes' cannot be read"),
    (
      start + "a\t1\n\ndocuments\t1\nbytes\t1\ndistinct_words\t2\n",
      "x: says distinct_words 2, but its words give 1: it is damaged"
    ),
  ])
  func `that is wrong is told with the place and what to do`(_ text: String, _ message: String)
    throws
  {
    let error = try #require(CountBytes.error(text))
    #expect(error.description.hasPrefix(message))
  }

  @Test func `behind which another one stands is told`() throws {
    let error = try #require(CountBytes.error(Self.small + Self.small))
    #expect(error.description.contains("add files of counts up"))
  }

  @Test func `does not hold bytes that are not UTF-8`() throws {
    let error = try #require(CountBytes.error(Array(Self.start.utf8) + [0xFF, 9, 0x31, 10]))
    #expect(error.description.hasPrefix("x:5: the word is not UTF-8"))
  }
}

extension String {
  /// What stands from the first occurrence of `needle` on.
  fileprivate func utf8Split(at needle: String) -> Substring? {
    let (text, wanted) = (Array(utf8), Array(needle.utf8))
    for index in text.indices where text[index...].starts(with: wanted) {
      return self[self.utf8.index(startIndex, offsetBy: index)...]
    }
    return nil
  }
}
