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

/// Which quotations are open: rule 2 must know whether a quote opens or closes.
struct QuoteState {
  var isDoubleOpen = false
  var isSingleOpen = false

  var isOpen: Bool { isDoubleOpen || isSingleOpen }

  /// Whether a quotation of this quote's kind is open.
  func isOpen(_ value: UInt32) -> Bool {
    ScalarClass.isDoubleQuote(value) ? isDoubleOpen : isSingleOpen
  }

  mutating func set(_ value: UInt32, open: Bool) {
    if ScalarClass.isDoubleQuote(value) { isDoubleOpen = open } else { isSingleOpen = open }
  }

  /// Takes in the quote at `index`: what stands around it tells more than its shape, since ‘ is
  /// used to close and ’ to open, and an apostrophe is no quote at all.
  mutating func take(at index: Int, in text: Span<UInt8>) {
    let quote = text.scalar(at: index)
    let before = text.value(before: index)
    let after = text.value(at: index + quote.length)
    let startsWord = after != 0 && !ScalarClass.isSpace(after) && !Self.isTrailing(after)
    let endsWord = before != 0 && !ScalarClass.isSpace(before) && !Self.isLeading(before)
    if startsWord && !endsWord {
      set(quote.value, open: true)
    } else if endsWord && !startsWord {
      set(quote.value, open: false)
    } else if ScalarClass.isDoubleQuote(quote.value) {
      switch quote.value {
      case 0x201C, 0xAB: set(quote.value, open: true)
      case 0x201D, 0xBB: set(quote.value, open: false)
      default: set(quote.value, open: !isDoubleOpen)
      }
    } else if !ScalarClass.isWord(before) || !ScalarClass.isWord(after) {
      set(quote.value, open: quote.value == 0x2018 ? true : !isSingleOpen)
    }
  }

  /// What may stand before an opening quote.
  private static func isLeading(_ value: UInt32) -> Bool {
    ScalarClass.isOpeningBracket(value) || ScalarClass.isDash(value) || ScalarClass.isQuote(value)
      || value == 0x2C || value == 0x3A || value == 0x3B || value == 0x983 || value == 0x3D
  }

  /// What may stand behind a closing quote.
  private static func isTrailing(_ value: UInt32) -> Bool {
    ScalarClass.isClosingBracket(value) || ScalarClass.isSign(value) || ScalarClass.isQuote(value)
      || value == 0x2C || value == 0x3A || value == 0x3B || ScalarClass.isDash(value)
  }
}
