/// Cuts Bengali text into sentences.
///
/// ```swift
/// for sentence in SentenceSegmenter.bengali.sentences(in: text) { print(sentence) }
/// ```
/// A sentence is a range of the original bytes. Ranges are in order and do not overlap; between
/// them, and before the first and behind the last, there are only spaces and line ends. So pieces and
/// gaps give back the input, whatever the bytes, UTF-8 or not.
///
/// The segmenter is a value that many threads may share. A `SentenceWorker` keeps memory from text
/// to text; a `SentenceStream` takes a text in pieces.
public struct SentenceSegmenter: Sendable {
  let lexicon: Lexicon
  /// Whether plain dandas go the short way; tests compare with the long way.
  var takesShortWay = true
  /// How far rules look; smaller in tests.
  var window = SentenceWorker.window
  /// How it segments.
  public let options: SegmentationOptions

  /// The default policy.
  public static let bengali = SentenceSegmenter()

  /// A segmenter with options of its own.
  public init(_ options: SegmentationOptions = SegmentationOptions()) {
    self.options = options
    lexicon =
      options.abbreviations.isEmpty
      ? Lexicon.builtIn : Lexicon(abbreviations: options.abbreviations)
  }

  /// The sentences of `text`. O(n).
  public func sentences(in text: String) -> [Substring] {
    var copy = text
    let ranges = copy.withUTF8 { self.ranges(in: $0.span) }
    return ranges.map { range in
      let start = copy.utf8.index(copy.startIndex, offsetBy: range.lowerBound)
      let end = copy.utf8.index(start, offsetBy: range.count)
      return copy[start..<end]
    }
  }

  /// The sentences of `text`, in bytes. O(n).
  public func ranges(in text: Span<UInt8>) -> [Range<Int>] {
    var worker = makeWorker()
    return worker.ranges(in: text)
  }

  /// Each place of `text` where a sentence may end, and which rule decided. O(n).
  public func decisions(in text: Span<UInt8>) -> [SegmentationDecision] {
    var worker = makeWorker()
    return worker.decisions(in: text)
  }

  /// A worker for one thread.
  public func makeWorker() -> SentenceWorker { SentenceWorker(self) }
}
