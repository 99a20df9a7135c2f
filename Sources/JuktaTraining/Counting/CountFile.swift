internal import Jukta

/// What a file of counts says of itself before its words.
///
/// The file is text, so that `zcat`, `grep` and `sort` work on it, in three parts with an empty line
/// between them:
///
///     jukta counts 1
///     preset ⇥ bengali
///     front_end ⇥ {"normalizer":…,"pre_tokenizer":…}
///
///     ▁আমি ⇥ 52
///     ▁গান ⇥ 7
///
///     documents ⇥ 8
///     bytes ⇥ 734
///     distinct_words ⇥ 2
///     words ⇥ 59
///     text_words ⇥ 41
///     digest ⇥ 32 hexadecimal digits
///
/// (⇥ is one TAB, without spaces.) Words are in the order of their bytes, each once; counts are whole
/// numbers from 1 to 2⁶⁴ − 1. In a word, `\t`, `\n`, `\r` and `\\` stand for TAB, LF, CR and `\`.
/// `words` are those of the pre-tokenizer, `text_words` (which may be missing) what stands between white
/// space. `digest` is that of `WordCounts`, over all words and counts, so that a file that was damaged, cut
/// short or edited by halves is told.
public struct CountFileHeader: Sendable, Equatable {
  /// The name of the preset by which the words were normalised.
  public var preset: String
  /// How words were made, in tokenizer.json's terms: only counts of one front end may be added.
  public var frontEnd: String

  /// Creates a header.
  /// - Parameter frontEnd: one line of JSON.
  public init(preset: String, frontEnd: String) {
    self.preset = preset
    self.frontEnd = frontEnd
  }

  /// Whether two hold the same; by bytes: Swift takes canonically equivalent strings for equal.
  public static func == (left: CountFileHeader, right: CountFileHeader) -> Bool {
    left.preset.utf8.elementsEqual(right.preset.utf8)
      && left.frontEnd.utf8.elementsEqual(right.frontEnd.utf8)
  }
}

/// What was counted, told behind the words.
public struct CountFileSummary: Sendable, Equatable {
  /// The number of documents.
  public var documents = 0
  /// The bytes of the documents, before normalisation.
  public var bytes = 0
  /// What stands between white space in the documents; nil where it is not known.
  public var textWords: UInt64?
  /// Distinct words.
  public internal(set) var distinctWords = 0
  /// Words in all; `UInt64.max` when there are that many or more.
  public internal(set) var words: UInt64 = 0
  /// The fingerprint of the words and their counts, as `WordCounts.digest` has it.
  public internal(set) var digest = ""

  /// Creates a summary of nothing.
  public init() {}

  init(textWords: UInt64?) { self.textWords = textWords }

  /// Adds what another file says of its documents; words are summed when they are merged.
  mutating func addDocuments(of other: CountFileSummary) {
    documents = other.documents.addingSaturating(documents)
    bytes = other.bytes.addingSaturating(bytes)
    textWords = textWords.flatMap { sum in other.textWords.map { saturatingSum(sum, $0) } }
  }
}

extension Int {
  fileprivate func addingSaturating(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

/// A file of counts that cannot be read, or not be added to another.
public struct CountFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Equatable, Sendable {
    /// The first line is not that of a file of counts.
    case notCounts
    /// A version that this program does not know.
    case version(String)
    /// A line of the head or of the end is missing.
    case missing(field: String)
    /// The value of a line of the head or of the end cannot be read.
    case badField(String)
    /// A line between head and end that is not a word, a TAB and a count.
    case badLine(String)
    /// A word that does not come behind the one before it.
    case order
    /// The file ends before its end.
    case cutShort
    /// Something stands behind the end.
    case trailing
    /// What the end says does not agree with the words.
    case mismatch(field: String, said: String, found: String)
    /// Counted by another front end than the file it is to be added to.
    case otherFrontEnd(preset: String, first: String, firstPreset: String)
  }

  /// The file, as messages name it.
  public let file: String
  /// The line, counted from 1; nil where the trouble is with the whole file.
  public let line: Int?
  /// What is wrong.
  public let reason: Reason

  /// Place, cause and remedy.
  public var description: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(cause)"
  }

  private var cause: String {
    let again = "; copy it again, or count again"
    switch reason {
    case .notCounts:
      return "not a file of counts"
    case .version(let version):
      return "a file of counts of version \(version), and this program knows version 1 alone"
    case .missing(let field): return "the line '\(field)' is missing" + again
    case .badField(let field): return "the value of '\(field)' cannot be read" + again
    case .badLine(let detail): return detail + again
    case .order:
      return "the word does not come behind the one before it in the order of bytes" + again
    case .cutShort: return "ends in the middle" + again
    case .trailing:
      return "more stands behind the end; add files of counts up, do not concatenate them"
    case .mismatch(let field, let said, let found):
      return "says \(field) \(said), but its words give \(found): it is damaged" + again
    case .otherFrontEnd(let preset, let first, let firstPreset):
      return preset.utf8.elementsEqual(firstPreset.utf8)
        ? "its words were cut in another way than those of \(first) (another pattern, or another "
          + "version of Jukta): they cannot be added"
        : "counted with the preset \(preset), but \(first) with \(firstPreset): they cannot be added"
    }
  }
}

/// The digest and the sums of words that come one by one, in any order.
struct CountSums: Sendable {
  private var digest = CountDigest()
  private(set) var distinctWords = 0
  private(set) var words: UInt64 = 0

  mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ count: UInt64) {
    digest.add(word, count)
    distinctWords += 1
    words = saturatingSum(words, count)
  }

  func complete(_ summary: inout CountFileSummary) {
    summary.distinctWords = distinctWords
    summary.words = words
    summary.digest = digest.text
  }
}
