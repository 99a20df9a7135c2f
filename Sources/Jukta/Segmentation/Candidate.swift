/// A run of signs with all that closes behind it: a place where a sentence may end.
struct Candidate {
  /// What the signs of a run amount to.
  enum Strength: UInt8 {
    /// One dot.
    case dot
    /// Several dots or an ellipsis.
    case ellipsis
    /// With a danda, `?`, `!` or pipe among them.
    case strong
  }

  /// Where the sentence starts that may end here.
  var sentence: Int
  /// The signs.
  var signs: Range<Int>
  var strength: Strength
  /// Whether the run is one sign.
  var isSingle: Bool
  /// The value of the first sign.
  var first: UInt32
  /// Behind quotes, brackets, further signs, smileys and bare references.
  var end: Int
  /// Whether a quotation ends in the tail, and no sign follows its closing quote.
  var closesQuotation = false
  /// Where the quotation that ended last in the tail begins, if known.
  var quoteStart: Int?
  /// Behind the closing quote of the quotation that ended last in the tail.
  var quoteEnd: Int?
  /// Whether a bracket that the tail has taken in behind a quotation holds a year.
  var hasYear = false
  /// Whether a parenthesis ends in the tail, and no sign follows its closing bracket.
  var closesBracket = false

  /// A candidate whose tail is still to be read.
  init(sentence: Int, run: SignRun) {
    self.sentence = sentence
    signs = run.range
    strength = run.strength
    isSingle = run.isSingle
    first = run.first
    end = run.range.upperBound
  }
}

/// The signs that stand together.
struct SignRun {
  var range: Range<Int>
  var strength: Candidate.Strength
  var isSingle: Bool
  var first: UInt32

  /// Reads the run that starts with the sign at `start` (rule 1). A space between two signs is part
  /// of the run, but not before dots that open a word: `সে এল। ...তারপর`.
  init(at start: Int, in text: Span<UInt8>) {
    var end = start
    var dots = 0
    var number = 0
    var isStrong = false
    first = text.value(at: start)
    while end < text.count {
      let read = text.scalar(at: end)
      guard ScalarClass.isSign(read.value) else {
        guard number > 0, let next = Self.signBehindSpace(at: end, in: text) else { break }
        end = next
        continue
      }
      switch read.value {
      case 0x2E: dots += 1
      case 0x2026: dots += 3
      case 0x203C, 0x2047...0x2049:
        isStrong = true
        number += 1
      default: isStrong = true
      }
      number += 1
      end += read.length
    }
    range = start..<end
    strength = isStrong ? .strong : dots > 1 ? .ellipsis : .dot
    isSingle = number == 1
  }

  /// Where the next sign stands, if only one space is between.
  private static func signBehindSpace(at index: Int, in text: Span<UInt8>) -> Int? {
    let space = text.scalar(at: index)
    guard space.value == 0x20 || space.value == 0xA0 else { return nil }
    let next = index + space.length
    guard next < text.count else { return nil }
    let sign = text.scalar(at: next)
    guard ScalarClass.isSign(sign.value) else { return nil }
    guard sign.value == 0x2E || sign.value == 0x2026 else { return next }
    var end = next
    while end < text.count, text[end] == 0x2E || text.value(at: end) == 0x2026 {
      end += text.scalar(at: end).length
    }
    let opensWord = end < text.count && ScalarClass.isWord(text.value(at: end))
    return opensWord ? nil : next
  }
}
