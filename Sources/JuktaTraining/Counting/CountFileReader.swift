internal import Jukta

/// Reads a file of counts, a word at a time, and checks all that it says.
///
///     let reader = try CountFileReader(name: path) { try file.read(into: &$0) }
///     while try reader.next() { print(reader.word.count, reader.count) }
///     reader.summary
///
/// Holds one line and one chunk of the file, whatever its size. Where bytes come from is the
/// caller's: a file, a pipe, a decompressor.
public final class CountFileReader {
  /// How messages name the file.
  public let name: String
  /// What it says of its words.
  public private(set) var header = CountFileHeader(preset: "", frontEnd: "")
  /// The word that it stands at, UTF-8.
  public private(set) var word: [UInt8] = []
  /// How often that occurs.
  public private(set) var count: UInt64 = 0
  /// What was counted; complete once `next()` has said that there is no more.
  public private(set) var summary = CountFileSummary()

  private var lines: LineCutter
  private var previous: [UInt8] = []
  private var sums = CountSums()
  private var isAtEnd = false

  /// Reads the head.
  /// - Parameters:
  ///   - name: how messages name the file.
  ///   - read: appends the next chunk of the file, of any size; false at the end.
  /// - Throws: `CountFileError`, or what `read` throws.
  public init(name: String, read: @escaping (inout [UInt8]) throws -> Bool) throws {
    self.name = name
    lines = LineCutter(read: read)
    try readHeader()
  }

  private func error(_ reason: CountFileError.Reason, line: Bool = true) -> CountFileError {
    CountFileError(file: name, line: line ? lines.number : nil, reason: reason)
  }

  private func readHeader() throws {
    let mark = "jukta counts "
    guard let first = try lines.next(), first.starts(with: mark.utf8) else {
      throw error(.notCounts, line: false)
    }
    let version = String(decoding: first.dropFirst(mark.utf8.count), as: UTF8.self)
    guard version == "1" else { throw error(.version(version)) }
    let fields = try readFields()
    guard let preset = fields["preset"] else { throw error(.missing(field: "preset")) }
    guard let frontEnd = fields["front_end"] else { throw error(.missing(field: "front_end")) }
    header = CountFileHeader(preset: preset, frontEnd: frontEnd)
  }

  /// Lines of a name, a TAB and a value, up to an empty line or the end; names that are not known
  /// pass, so that later versions may say more.
  private func readFields(untilEnd: Bool = false) throws -> [String: String] {
    var fields: [String: String] = [:]
    while let line = try lines.next() {
      if line.isEmpty {
        if untilEnd { throw error(.trailing) }
        return fields
      }
      guard let text = String(validating: line, as: UTF8.self) else {
        throw error(.badLine("the line is not UTF-8"))
      }
      let parts = text.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else {
        throw error(
          untilEnd ? .trailing : .badLine("the line is not a name, a TAB and a value"))
      }
      let name = String(parts[0])
      guard fields.updateValue(String(parts[1]), forKey: name) == nil else {
        throw error(untilEnd ? .trailing : .badField(name))
      }
    }
    guard untilEnd else { throw error(.cutShort) }
    return fields
  }

  /// Goes on to the next word; false behind the last one, after the end of the file has been checked.
  /// - Throws: `CountFileError`, or what reading the file throws.
  public func next() throws -> Bool {
    if isAtEnd { return false }
    guard let line = try lines.next() else { throw error(.cutShort) }
    if line.isEmpty {
      try readEnd()
      isAtEnd = true
      return false
    }
    swap(&word, &previous)
    try read(line)
    guard sums.distinctWords == 0 || previous.lexicographicallyPrecedes(word) else {
      throw error(.order)
    }
    word.withUnsafeBufferPointer { sums.add($0, count) }
    return true
  }

  /// Takes a line apart: a word, a TAB, a count.
  private func read(_ line: ArraySlice<UInt8>) throws {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else {
      throw error(.badLine("the line is not a word, a TAB and a count"))
    }
    word.removeAll(keepingCapacity: true)
    var index = line.startIndex
    while index < tab {
      if line[index] == UInt8(ascii: "\\") {
        index += 1
        guard index < tab, let byte = CountFileEscape.byte(of: line[index]) else {
          throw error(.badLine("\\ stands before none of t, n, r and \\"))
        }
        word.append(byte)
      } else {
        word.append(line[index])
      }
      index += 1
    }
    guard !word.isEmpty else { throw error(.badLine("the word is empty")) }
    guard UTF8Check.isValid(word.span) else { throw error(.badLine("the word is not UTF-8")) }
    guard let number = wholeNumber(line[(tab + 1)...]), number > 0 else {
      throw error(.badLine("the count is not a whole number from 1 to 2^64 - 1"))
    }
    count = number
  }

  private func readEnd() throws {
    let fields = try readFields(untilEnd: true)
    func number(_ name: String) throws -> UInt64 {
      guard let text = fields[name] else { throw error(.missing(field: name)) }
      guard let number = wholeNumber(Array(text.utf8)[...]) else { throw error(.badField(name)) }
      return number
    }
    let (documents, bytes) = (try number("documents"), try number("bytes"))
    guard let documents = Int(exactly: documents) else { throw error(.badField("documents")) }
    guard let bytes = Int(exactly: bytes) else { throw error(.badField("bytes")) }
    (summary.documents, summary.bytes) = (documents, bytes)
    summary.textWords = fields["text_words"] == nil ? nil : try number("text_words")
    sums.complete(&summary)
    func check(_ field: String, _ said: String?, _ found: String) throws {
      guard let said else { throw error(.missing(field: field)) }
      guard said == found else {
        throw error(.mismatch(field: field, said: said, found: found), line: false)
      }
    }
    try check("distinct_words", fields["distinct_words"], String(summary.distinctWords))
    try check("words", fields["words"], String(summary.words))
    try check("digest", fields["digest"], summary.digest)
  }
}

/// Decimal digits and nothing else, without leading zeros.
func wholeNumber(_ digits: ArraySlice<UInt8>) -> UInt64? {
  guard let first = digits.first, digits.count <= 20,
    first != UInt8(ascii: "0") || digits.count == 1
  else { return nil }
  var number: UInt64 = 0
  for digit in digits {
    guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
    let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
    let (sum, carry) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
    guard !overflow, !carry else { return nil }
    number = sum
  }
  return number
}

/// Cuts chunks of any size into lines.
private struct LineCutter {
  private let read: (inout [UInt8]) throws -> Bool
  private var bytes: [UInt8] = []
  private var position = 0
  private var hasEnded = false
  /// The number of the line that was given last, from 1.
  private(set) var number = 0

  init(read: @escaping (inout [UInt8]) throws -> Bool) { self.read = read }

  /// The next line, without its line end; nil at the end of the file.
  mutating func next() throws -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        number += 1
        return bytes[position..<end]
      }
      if hasEnded {
        guard position < bytes.count else { return nil }
        defer { position = bytes.count }
        number += 1
        return bytes[position...]
      }
      bytes.removeFirst(position)
      position = 0
      searched = bytes.count
      hasEnded = try !read(&bytes)
    }
  }
}
