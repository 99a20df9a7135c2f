/// Which quotations are open, and since where: rule 2 must know whether a quote opens or closes.
struct QuoteState {
  /// Where the open quotation begins, in bytes of the unit; nil if none is open.
  private(set) var doubleStart: Int?
  private(set) var singleStart: Int?

  /// Whether a quotation opens only where a quote closes it again.
  var mustClose = false

  /// How many marks ahead the partner of a quote is looked for.
  private static let reach = 256

  var isOpen: Bool { doubleStart != nil || singleStart != nil }

  /// Where the innermost open quotation begins.
  var start: Int? {
    guard let doubleStart else { return singleStart }
    return singleStart.map { max($0, doubleStart) } ?? doubleStart
  }

  /// Whether a quotation of this quote's kind is open.
  func isOpen(_ value: UInt32) -> Bool { start(of: value) != nil }

  /// Where the open quotation of this quote's kind begins.
  func start(of value: UInt32) -> Int? {
    ScalarClass.isDoubleQuote(value) ? doubleStart : singleStart
  }

  mutating func open(_ value: UInt32, at index: Int) {
    if ScalarClass.isDoubleQuote(value) { doubleStart = index } else { singleStart = index }
  }

  mutating func close(_ value: UInt32) {
    if ScalarClass.isDoubleQuote(value) { doubleStart = nil } else { singleStart = nil }
  }

  /// Takes in the quote that is mark `mark`: what stands around it tells more than its shape, since
  /// ‘ is used to close and ’ to open, and an apostrophe is no quote at all.
  mutating func take(_ mark: Int, of marks: [Mark], in text: Span<UInt8>) {
    let index = marks[mark].offset
    let quote = text.scalar(at: index)
    let before = text.value(before: index)
    let after = text.value(at: index + quote.length)
    let startsWord = after != 0 && !ScalarClass.isSpace(after) && !Self.isTrailing(after)
    let endsWord = before != 0 && !ScalarClass.isSpace(before) && !Self.isLeading(before)
    if mustClose, !endsWord, Self.partner(of: mark, of: marks, in: text) == nil { return }
    if startsWord && !endsWord {
      if !isApostrophe(mark, of: marks, in: text) { open(quote.value, at: index) }
    } else if endsWord && !startsWord {
      close(quote.value)
    } else if ScalarClass.isDoubleQuote(quote.value) {
      switch quote.value {
      case 0x201C, 0xAB: open(quote.value, at: index)
      case 0x201D, 0xBB: close(quote.value)
      default: doubleStart == nil ? open(quote.value, at: index) : close(quote.value)
      }
    } else if !ScalarClass.isWord(before) || !ScalarClass.isWord(after) {
      if quote.value == 0x2018 || singleStart == nil {
        if !isApostrophe(mark, of: marks, in: text) { open(quote.value, at: index) }
      } else {
        close(quote.value)
      }
    }
  }

  /// Whether the single quote before a word is an apostrophe (`’৭১`, `'খন`): it has another shape than
  /// an opening quote, and no quote closes what it would open.
  private func isApostrophe(_ mark: Int, of marks: [Mark], in text: Span<UInt8>) -> Bool {
    let quote = text.scalar(at: marks[mark].offset)
    guard ScalarClass.isSingleQuote(quote.value), quote.value != 0x2018 else { return false }
    let behind = marks[mark].offset + quote.length
    // Within a quotation, or before the two figures of a year: `’৭১ সালে`.
    if singleStart != nil, quote.value == 0x2019 { return true }
    let digits = text.digits(from: behind)
    if text.scalarCount(digits) == 2, !Self.closes(at: digits.upperBound, in: text) { return true }
    return Self.partner(of: mark, of: marks, in: text) == nil
  }

  /// The mark that closes the quotation which mark `mark` opens, if one is near.
  static func partner(of mark: Int, of marks: [Mark], in text: Span<UInt8>) -> Int? {
    let quote = text.scalar(at: marks[mark].offset).value
    let isDouble = ScalarClass.isDoubleQuote(quote)
    var next = mark + 1
    while next < marks.count, next - mark <= reach {
      defer { next += 1 }
      guard marks[next].kind == .quote else { continue }
      let value = text.scalar(at: marks[next].offset).value
      if ScalarClass.isDoubleQuote(value) == isDouble, closes(at: marks[next].offset, in: text) {
        return next
      }
    }
    return nil
  }

  /// Whether a quote stands at `index` that may close: something before it, and no letter behind it
  /// unless its shape says so.
  private static func closes(at index: Int, in text: Span<UInt8>) -> Bool {
    guard index < text.count else { return false }
    let quote = text.scalar(at: index)
    guard ScalarClass.isQuote(quote.value) else { return false }
    let before = text.value(before: index)
    let after = text.value(at: index + quote.length)
    if ScalarClass.isSpace(before) || isLeading(before) {
      return ScalarClass.isSpace(after) || after == 0
    }
    let isSigned = ScalarClass.isSign(before)
    return isSigned || !(ScalarClass.isWord(after) || ScalarClass.isDigit(after))
      || quote.value == 0x201D
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
