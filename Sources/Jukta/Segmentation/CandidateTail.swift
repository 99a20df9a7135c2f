/// Rule 1: what closes behind the signs belongs to the sentence that they close.
extension Candidate {
  /// Reads quotes, brackets, further signs, smileys and bare references behind the signs.
  mutating func readTail(
    in text: Span<UInt8>, quotes: inout QuoteState, openBrackets: Int, marks: [Mark],
    from mark: Int
  ) {
    var openBrackets = openBrackets
    while end < text.count {
      if isBeforeLetter(in: text) { return }
      let read = text.scalar(at: end)
      if ScalarClass.isQuote(read.value), closes(at: end, in: text, quotes) {
        quoteStart = quotes.start(of: read.value)
        quotes.close(read.value)
        closesQuotation = true
        end += read.length
        quoteEnd = end
      } else if ScalarClass.isClosingBracket(read.value) {
        openBrackets -= 1
        closesBracket = true
        end += read.length
      } else if ScalarClass.isSign(read.value), end > signs.upperBound || first == 0x29 {
        takeSigns(in: text)
      } else if let next = closerBehindSpace(in: text, quotes, openBrackets) {
        end = next
      } else if strength != .dot, let next = Smiley.end(at: end, in: text) {
        end = next
      } else if let next = Reference.end(behind: self, in: text, marks, from: mark) {
        hasYear =
          hasYear
          || (closesQuotation && text.value(before: next) == 0x29
            && Self.endsWithYear(next, in: text))
        end = next
        // No clause reports a quotation behind its reference.
        closesQuotation = false
      } else {
        return
      }
    }
  }

  /// A space and a letter of Bengali: nothing of a tail, and what stands there most often.
  @inline(__always)
  private func isBeforeLetter(in text: Span<UInt8>) -> Bool {
    end + 3 < text.count && text[end] == 0x20 && text[end + 1] == 0xE0 && text[end + 2] == 0xA6
  }

  /// Whether the bracket that ends before `index` ends with a year: `(১৯৭২)`.
  private static func endsWithYear(_ index: Int, in text: Span<UInt8>) -> Bool {
    text.scalarCount(text.digits(before: index - 1)) == 4
  }

  /// Signs behind a closing quote or bracket: `”।`.
  private mutating func takeSigns(in text: Span<UInt8>) {
    let run = SignRun(at: end, in: text)
    end = run.range.upperBound
    isSingle = false
    guard run.strength != .dot || closesQuotation || closesBracket else { return }
    if run.strength == .strong { strength = .strong }
    if run.strength == .strong || run.strength == .dot {
      closesQuotation = false
      closesBracket = false
      hasYear = false
      strength = .strong
    }
  }

  /// Whether the quote at `index`, right behind the signs or other closers, closes.
  private func closes(at index: Int, in text: Span<UInt8>, _ quotes: QuoteState) -> Bool {
    let quote = text.scalar(at: index)
    let after = text.value(at: index + quote.length)
    let endsHere =
      after == 0 || ScalarClass.isSpace(after) || ScalarClass.isSign(after) || after == 0x2C
      || ScalarClass.isClosingBracket(after) || ScalarClass.isDash(after)
      || ScalarClass.isQuote(after)
    switch quote.value {
    case 0x201D, 0xBB, 0x2019: return endsHere || quotes.isOpen(quote.value)
    case 0x201C, 0x2018:
      return quotes.isOpen(quote.value) && endsHere && !ScalarClass.isQuote(after)
    case 0xAB: return false
    default:
      // Two straight quotes: the first closes and the second opens, or both close (`''`).
      if !quotes.isOpen(quote.value) { return endsHere && !ScalarClass.isQuote(after) }
      return true
    }
  }

  /// A closing quote or bracket with a space in front of it: `নাও । "`.
  private func closerBehindSpace(
    in text: Span<UInt8>, _ quotes: QuoteState, _ openBrackets: Int
  ) -> Int? {
    let next = text.skipSpaces(from: end)
    guard next > end, next < text.count else { return nil }
    let read = text.scalar(at: next)
    if ScalarClass.isClosingBracket(read.value) { return openBrackets > 0 ? next : nil }
    guard ScalarClass.isQuote(read.value) else { return nil }
    // Nothing is left that a quote at the end of the line could open.
    if next + read.length >= text.count { return next }
    guard quotes.isOpen(read.value) || read.value == 0x201D else { return nil }
    let after = text.value(at: next + read.length)
    let ends = after == 0 || ScalarClass.isSpace(after) || ScalarClass.isSign(after)
    let isPair =
      ScalarClass.isQuote(after) && quotes.isOpen(after)
      && text.skipSpaces(from: next + 2 * read.length) != next + 2 * read.length
    return ends || (isPair || (ScalarClass.isQuote(after) && next + 2 * read.length >= text.count))
      ? next : nil
  }
}
