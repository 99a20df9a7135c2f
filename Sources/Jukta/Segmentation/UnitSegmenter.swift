/// Segments one unit: a line, or with wrapped text a paragraph. Rule 9 makes units independent.
///
/// One pass over the marks. What a candidate needs of its surroundings is kept on the way (open
/// quotes, open brackets) or looked up before (pairs of brackets, numbers of list items); the rules
/// read the words around a candidate only when its sign asks for it, which a plain danda does not.
struct UnitSegmenter: ~Copyable {
  private struct OpenBracket {
    /// The index of the closing mark.
    var close: Int
    /// Whether it sits inside a sentence, and hides the signs in it.
    var isInside: Bool
    /// Whether it started after a finished sentence, and ends with its bracket.
    var isUnit: Bool
  }

  let options: SegmentationOptions
  private let rules: SentenceRules
  private let quotations: QuotationRules
  private var dots: DotRules
  /// Whether plain dandas are decided without reading what is around.
  var takesShortWay = true
  /// The marks of the unit, in order.
  var marks: [Mark] = []
  private var brackets: [OpenBracket] = []
  private var quotes = QuoteState()
  private var sentence = 0
  private var isFirstSentence = true
  /// Where the first word of the sentence stands, or no word has been found up to.
  private var content = 0
  private var index = 0

  init(lexicon: Lexicon, options: SegmentationOptions) {
    self.options = options
    rules = SentenceRules(lexicon: lexicon)
    quotations = QuotationRules(lexicon: lexicon)
    dots = DotRules(lexicon: lexicon)
  }

  /// Gives the sentences of `text` to `sink`, with offsets in `text`.
  ///
  /// - Parameter isWhole: Whether `text` is a whole unit. If not, what is behind the last boundary
  ///   is left.
  /// - Returns: Where the next sentence starts: the end of `text`, or less if it is not whole.
  mutating func segment(_ text: Span<UInt8>, isWhole: Bool, into sink: inout SentenceSink) -> Int {
    let end = text.skipSpaces(before: text.count)
    sentence = text.skipSpaces(from: 0)
    guard sentence < end else { return text.count }
    prepare(text)
    while index < marks.count, marks[index].offset < end {
      switch marks[index].kind {
      case .sign: takeSign(text, end, &sink)
      case .quote:
        quotes.take(at: marks[index].offset, in: text)
        index += 1
      case .open: takeOpening(text)
      case .close: takeClosing(text, end, &sink)
      case .lineEnd: index += 1
      }
    }
    guard isWhole else { return sentence }
    if sentence < end { sink.add(sentence..<end, .lineEnd, at: end, in: text) }
    return text.count
  }

  private mutating func prepare(_ text: Span<UInt8>) {
    quotes = QuoteState()
    brackets.removeAll(keepingCapacity: true)
    index = 0
    isFirstSentence = true
    content = 0
    dots.hasDanda = false
    if marks.contains(where: { $0.kind == .open }) { BracketPairs.find(&marks, in: text) }
    ListNumbers.find(&marks, in: text, hasDanda: &dots.hasDanda)
  }

  private mutating func takeOpening(_ text: Span<UInt8>) {
    let mark = marks[index]
    index += 1
    guard mark.partner >= 0 else { return }
    let isFirst = isSentenceStart(mark.offset, text)
    let close = marks[Int(mark.partner)]
    let words = text.word(from: text.skipSpaces(from: mark.offset + 1))
    let isNumber = close.isListNumber || words.upperBound >= close.offset
    let isUnit = isFirst && !isFirstSentence && !isNumber
    brackets.append(
      OpenBracket(close: Int(mark.partner), isInside: !isFirst, isUnit: isUnit && !isInside))
  }

  /// Whether only quotes, dashes and bullets stand between the start of the sentence and `offset`.
  /// What has been looked at is not looked at again: linear time over a unit.
  private mutating func isSentenceStart(_ offset: Int, _ text: Span<UInt8>) -> Bool {
    content = max(content, sentence)
    while content < offset {
      let read = text.scalar(at: content)
      if ScalarClass.isWord(read.value) || ScalarClass.isDigit(read.value) { return false }
      if ScalarClass.isClosingBracket(read.value) { return false }
      content += read.length
    }
    return true
  }

  private var isInside: Bool { brackets.last?.isInside ?? false }

  /// Rule 7: a parenthesis that started after a finished sentence ends with its bracket.
  private mutating func takeClosing(
    _ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink
  ) {
    let mark = marks[index]
    guard let last = brackets.last, last.close == index else {
      index += 1
      return
    }
    guard last.isUnit else {
      brackets.removeLast()
      index += 1
      return
    }
    let run = SignRun(bracket: mark.offset)
    var candidate = Candidate(sentence: sentence, run: run)
    candidate.readTail(
      in: text, quotes: &quotes, openBrackets: brackets.count, marks: marks, from: index)
    consume(to: candidate.end, text)
    let next = text.value(at: candidate.end)
    let goesOn =
      rules.goesOnWithComma(candidate, in: text) || ScalarClass.isWord(next)
      || ScalarClass.isDash(next)
    decide(goesOn ? .comma : .parenthesisUnit, candidate, text, end, &sink)
  }

  /// Nine signs in ten: a danda, a space, a letter, and nothing around that a rule could ask for.
  @inline(__always)
  private func isPlainDanda(_ mark: Mark, _ text: Span<UInt8>) -> Bool {
    let offset = mark.offset
    guard offset + 6 < text.count, text[offset] == 0xE0, text[offset + 1] == 0xA5,
      text[offset + 3] == 0x20, text[offset + 4] == 0xE0, text[offset + 5] == 0xA6
    else { return false }
    return brackets.isEmpty && !mark.isListNumber && !options.keepsQuotations
      && offset - sentence > SentenceRules.longestItem
  }

  private mutating func takeSign(_ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink) {
    let mark = marks[index]
    if takesShortWay, isPlainDanda(mark, text) {
      sink.add(sentence..<mark.offset + 3, .terminator, at: mark.offset, in: text)
      sentence = mark.offset + 4
      isFirstSentence = false
      index += 1
      return
    }
    var candidate = Candidate(sentence: sentence, run: SignRun(at: mark.offset, in: text))
    let wasInside = isInside
    let openBefore = brackets.count
    candidate.readTail(
      in: text, quotes: &quotes, openBrackets: openBefore, marks: marks, from: index)
    consume(to: candidate.end, text)
    let closes = brackets.count < openBefore
    let rule = rule(for: candidate, mark, text, wasInside: wasInside, closes: closes)
    decide(rule, candidate, text, end, &sink)
  }

  /// Goes on behind the marks before `end`, which a candidate's tail has taken in.
  private mutating func consume(to end: Int, _ text: Span<UInt8>) {
    while index < marks.count, marks[index].offset < end {
      if marks[index].kind == .close, brackets.last?.close == index { brackets.removeLast() }
      index += 1
    }
  }

  private mutating func rule(
    for candidate: Candidate, _ mark: Mark, _ text: Span<UInt8>, wasInside: Bool, closes: Bool
  ) -> SegmentationRule {
    if rules.goesOnWithComma(candidate, in: text) { return .comma }
    if mark.isListNumber || rules.isItemNumber(candidate, in: text) { return .listNumber }
    if rules.isInsideAddress(candidate, in: text) { return .address }
    if rules.isInsideNumber(candidate, in: text) { return .number }
    if isInside || (wasInside && candidate.closesBracket) {
      return isAlone(candidate, text) ? .bracketedSign : .insideParenthesis
    }
    if options.keepsQuotations, quotes.isOpen { return .keptQuotation }
    var result = SegmentationRule.terminator
    if candidate.strength == .dot {
      result = dots.decide(candidate, in: text)
      guard result.isBoundary else { return result }
    }
    if rules.isNameWithSign(candidate, in: text) { return .nameWithSign }
    if candidate.closesQuotation, let rule = quotations.decide(candidate, in: text) { return rule }
    guard candidate.strength == .ellipsis else { return result }
    if isSentenceStart(candidate.signs.lowerBound, text) { return .openingEllipsis }
    return rules.endsWithDots(candidate, in: text)
  }

  /// `(!)`, `(?)`.
  private func isAlone(_ candidate: Candidate, _ text: Span<UInt8>) -> Bool {
    ScalarClass.isOpeningBracket(text.value(before: candidate.signs.lowerBound))
  }

  private mutating func decide(
    _ rule: SegmentationRule, _ candidate: Candidate, _ text: Span<UInt8>, _ end: Int,
    _ sink: inout SentenceSink
  ) {
    guard candidate.end < end else { return }
    guard rule.isBoundary else {
      sink.note(rule, at: candidate.signs.lowerBound, end: candidate.end)
      return
    }
    sink.add(sentence..<candidate.end, rule, at: candidate.signs.lowerBound, in: text)
    sentence = text.skipSpaces(from: candidate.end)
    isFirstSentence = false
  }
}

extension SignRun {
  /// The closing bracket at `offset`, in the role of a sign.
  fileprivate init(bracket offset: Int) {
    range = offset..<offset + 1
    strength = .strong
    isSingle = true
    first = 0x29
  }
}
