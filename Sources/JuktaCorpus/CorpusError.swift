/// Text that cannot be read, with its place, the reason, and what to do.
public struct CorpusError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Error, Equatable {
    /// The file cannot be opened or read; the system's own words.
    case unreadable(String)
    /// The path is a folder.
    case isFolder
    /// Compressed data that is broken or ends early.
    case brokenCompression(format: String, detail: String, compressedOffset: Int)
    /// The text is in another encoding than UTF-8, told by its first bytes.
    case encoding(String)
    /// Bytes that are not UTF-8: the first one and its offset in the line.
    case invalidUTF8(byte: UInt8, offset: Int)
    /// A NUL byte in text, by its offset in the line.
    case nulByte(offset: Int)
    /// A line of more bytes than can be held.
    case lineTooLong(limit: Int)
    /// A line that is not JSON.
    case invalidJSON(String)
    /// A line of JSON that is not an object.
    case notAnObject
    /// A JSON array where lines of objects are expected.
    case isArray
    /// The record has no such field; the names of those that it has and that hold text.
    case missingField(String, textFields: [String])
    /// The field holds something else than text.
    case fieldIsNotText(String, found: String)
    /// A Parquet file that is broken; the offset where that shows, where it is known.
    case brokenParquet(String, offset: Int?)
    /// A Parquet file with something that is not read.
    case unsupportedParquet(String)
    /// A Parquet file with more in it than is taken on trust.
    case parquetLimit(String)
    /// Parquet from a pipe, or inside another compression.
    case parquetNeedsFile(isCompressed: Bool)
    /// The layout Parquet was asked for, and this is none.
    case notParquet
  }

  /// The file, or "standard input".
  public let file: String
  /// The line, counted from 1; nil where the trouble is with the whole file.
  public let line: Int?
  /// What is wrong.
  public let reason: Reason

  /// Whether reading can go on with the next file.
  var isOneFile: Bool {
    switch reason {
    case .brokenCompression, .encoding, .isArray, .lineTooLong: true
    case .brokenParquet, .unsupportedParquet, .parquetLimit, .parquetNeedsFile, .notParquet: true
    // The column of a Parquet file, which is asked for once.
    case .missingField, .fieldIsNotText: line == nil
    default: false
    }
  }

  /// The same with its line.
  func at(line: Int) -> CorpusError { CorpusError(file: file, line: line, reason: reason) }

  /// Whether one line is at fault, so that reading can go on behind it.
  public var isOneLine: Bool {
    switch reason {
    case .unreadable, .isFolder, .brokenCompression, .encoding, .isArray, .lineTooLong,
      .brokenParquet, .unsupportedParquet, .parquetLimit, .parquetNeedsFile, .notParquet:
      false
    case .invalidUTF8, .nulByte, .invalidJSON, .notAnObject: true
    case .missingField, .fieldIsNotText: line != nil
    }
  }

  /// Place, reason and remedy.
  public var description: String {
    let place = line.map { "\(file):\($0)" } ?? file
    return "\(place): \(cause)"
  }

  private var cause: String {
    switch reason {
    case .unreadable(let detail): "cannot be read: \(detail)"
    case .isFolder:
      "is a folder; name the files in it" + (file.contains(" ") ? "" : ", for example \(file)/*")
    case .brokenCompression(let format, let detail, let offset):
      "\(format) data \(detail) at byte \(offset) of the file; download or copy it again"
    case .encoding(let name): "looks like \(name); recode it: iconv -f \(name) -t UTF-8"
    case .invalidUTF8(let byte, let offset):
      "not UTF-8: byte 0x\(Self.hex(byte)) at byte \(offset) of the line; recode the file, or leave "
        + "such lines out"
    case .nulByte(let offset):
      "a NUL byte at byte \(offset) of the line: this is no text file, or a damaged one; "
        + "such lines can be left out"
    case .lineTooLong(let limit):
      "the line is longer than \(limit) bytes; is this a text file?"
    case .invalidJSON(let detail):
      "not JSON: \(detail); each line must be one JSON object"
    case .notAnObject: "the line is JSON, but not an object with a text field"
    case .isArray: "a JSON array; write one record a line: jq -c '.[]'"
    case .missingField(let name, let others):
      "there is no field '\(name)' in this record"
        + (others.isEmpty
          ? "; name the one that holds the text"
          : "; text is in \(others.map { "'\($0)'" }.joined(separator: ", "))")
    case .fieldIsNotText(let name, let found):
      "the field '\(name)' holds \(found), not text; name another"
    case .brokenParquet(let detail, let offset):
      "the Parquet file is broken: \(detail)" + (offset.map { " (byte \($0) of the file)" } ?? "")
        + "; download or copy it again"
    case .unsupportedParquet(let detail): "the Parquet file \(detail)"
    case .parquetLimit(let detail): "the Parquet file \(detail)"
    case .parquetNeedsFile(let isCompressed):
      isCompressed
        ? "a Parquet file inside gzip or zstd, which cannot be read from any place; unpack it first"
        : "a Parquet file as a stream, which cannot be read from any place; name the file"
    case .notParquet: "is no Parquet file: it does not begin with PAR1"
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.utf8.count == 1 ? "0" + digits : digits
  }
}
