public import Jukta

/// Writes a file of counts into a buffer that its owner empties now and then.
///
///     var encoder = CountFileEncoder(header)
///     encoder.begin(&buffer)
///     encoder.append(word, 52, to: &buffer)     // words in the order of their bytes
///     encoder.end(summary, to: &buffer)
///
/// The same words and counts give the same bytes.
public struct CountFileEncoder: Sendable {
  private let header: CountFileHeader
  private var sums = CountSums()

  /// Creates an encoder for one file.
  public init(_ header: CountFileHeader) { self.header = header }

  /// Appends what comes before the words.
  public func begin(_ output: inout ByteBuffer) {
    output.append(utf8: "jukta counts 1\npreset\t\(header.preset)\nfront_end\t")
    output.append(utf8: header.frontEnd + "\n\n")
  }

  /// Appends one word and how often it occurs. Words come in the order of their bytes, each once.
  public mutating func append(_ word: Span<UInt8>, _ count: UInt64, to output: inout ByteBuffer) {
    word.withUnsafeBufferPointer { bytes in
      sums.add(bytes, count)
      Self.escape(bytes, to: &output)
    }
    output.append(UInt8(ascii: "\t"))
    output.append(utf8: String(count))
    output.append(UInt8(ascii: "\n"))
  }

  /// Appends what comes behind the words.
  /// - Parameter summary: what is known of the documents; its words are filled in.
  /// - Returns: The summary as it was written.
  @discardableResult
  public func end(_ summary: CountFileSummary, to output: inout ByteBuffer) -> CountFileSummary {
    var summary = summary
    sums.complete(&summary)
    output.append(
      utf8: """

        documents\t\(summary.documents)
        bytes\t\(summary.bytes)
        distinct_words\t\(summary.distinctWords)
        words\t\(summary.words)

        """)
    if let words = summary.textWords { output.append(utf8: "text_words\t\(words)\n") }
    output.append(utf8: "digest\t\(summary.digest)\n")
    return summary
  }

  private static func escape(_ word: UnsafeBufferPointer<UInt8>, to output: inout ByteBuffer) {
    for byte in word {
      if let letter = CountFileEscape.letter(of: byte) {
        output.append(UInt8(ascii: "\\"))
        output.append(letter)
      } else {
        output.append(byte)
      }
    }
  }
}

/// The four bytes that a word is not written with.
enum CountFileEscape {
  static func letter(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "\t"): UInt8(ascii: "t")
    case UInt8(ascii: "\n"): UInt8(ascii: "n")
    case UInt8(ascii: "\r"): UInt8(ascii: "r")
    case UInt8(ascii: "\\"): UInt8(ascii: "\\")
    default: nil
    }
  }

  static func byte(of letter: UInt8) -> UInt8? {
    switch letter {
    case UInt8(ascii: "t"): UInt8(ascii: "\t")
    case UInt8(ascii: "n"): UInt8(ascii: "\n")
    case UInt8(ascii: "r"): UInt8(ascii: "\r")
    case UInt8(ascii: "\\"): UInt8(ascii: "\\")
    default: nil
    }
  }
}

extension ByteBuffer {
  mutating func append(utf8 text: String) {
    var text = text
    text.withUTF8 { append($0) }
  }
}
