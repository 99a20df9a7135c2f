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
  private let ellipses: EllipsisRules
  private let speakers: SpeakerRules
  private let pictures: PictureRules
  private let lists: ListNumbers
  private let table: TableRow
  private var dots: DotRules
  private var isTable = false
  private var hasSpeaker = false
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
    ellipses = EllipsisRules(lexicon: lexicon)
    speakers = SpeakerRules(lexicon: lexicon)
    pictures = PictureRules(lexicon: lexicon)
    lists = ListNumbers(lexicon: lexicon)
    table = TableRow(lexicon: lexicon)
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
        quotes.take(index, of: marks, in: text)
        index += 1
      case .picture: takePicture(text, end, &sink)
      case .open: takeOpening(text, end, &sink)
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
    quotes.mustClose = options.keepsQuotations
    brackets.removeAll(keepingCapacity: true)
    index = 0
    isFirstSentence = true
    content = 0
    dots.hasDanda = false
    if marks.contains(where: { $0.kind == .open }) { BracketPairs.find(&marks, in: text) }
    var hasPipe = false
    lists.find(&marks, in: text, hasDanda: &dots.hasDanda, hasPipe: &hasPipe)
    isTable = hasPipe && table.isOne(marks, in: text)
    hasSpeaker = false
  }

  private mutating func takeOpening(
    _ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink
  ) {
    let mark = marks[index]
    guard mark.partner >= 0 else { return takeFace(text, end, &sink) }
    index += 1
    let isFirst = isSentenceStart(mark.offset, text)
    let close = marks[Int(mark.partner)]
    let isNumber = close.isListNumber || isShort(mark.offset + 1..<close.offset, text)
    // A stage direction of several sentences is one unit, at the beginning of a line too.
    let isWhole = isFirst && !isNumber && isDirection(mark, close, text)
    let isUnit = isFirst && !isNumber && (!isFirstSentence || isWhole)
    brackets.append(
      OpenBracket(
        close: Int(mark.partner), isInside: !isFirst || isWhole, isUnit: isUnit && !isInside))
  }

  /// Whether a bracket holds no more than an item's number: `(ক)`, `(iv)`.
  private func isShort(_ range: Range<Int>, _ text: Span<UInt8>) -> Bool {
    guard range.count <= 12 else { return false }
    if text.scalarCount(range) <= 2 || ScalarClass.isDigit(text.value(at: range.lowerBound)) {
      return true
    }
    return rules.isRoman(range, in: text)
  }

  /// Whether a bracket that begins a sentence holds several short ones.
  private func isDirection(_ open: Mark, _ close: Mark, _ text: Span<UInt8>) -> Bool {
    guard close.offset - open.offset <= 400 else { return false }
    var next = index
    while next < marks.count, marks[next].offset < close.offset {
      if marks[next].kind == .sign, marks[next].offset + 3 < close.offset,
        ScalarClass.isDanda(text.value(at: marks[next].offset))
      {
        return true
      }
      next += 1
    }
    return false
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
      return takeFace(text, end, &sink)
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

  /// Nine signs in ten: a danda or `?`, a space, a letter, and nothing around that a rule could ask
  /// for. Returns how long the sign is, or 0.
  @inline(__always)
  private func plainLength(_ mark: Mark, _ text: Span<UInt8>) -> Int {
    let offset = mark.offset
    guard offset + 6 < text.count else { return 0 }
    let length = text[offset] == 0x3F ? 1 : 3
    let space = offset + length
    guard text[space] == 0x20, text[space + 1] == 0xE0, text[space + 2] == 0xA6,
      length == 3 ? text[offset] == 0xE0 && text[offset + 1] == 0xA5 : !quotes.isOpen
    else { return 0 }
    return brackets.isEmpty && !mark.isListNumber && !options.keepsQuotations
      && offset - sentence > SentenceRules.longestItem ? length : 0
  }

  private mutating func takeSign(_ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink) {
    let mark = marks[index]
    let length = takesShortWay ? plainLength(mark, text) : 0
    if length > 0 {
      let end = mark.offset + length
      sink.add(sentence..<end, .terminator, at: mark.offset, in: text)
      sentence = end + 1
      isFirstSentence = false
      index += 1
      return
    }
    var candidate = Candidate(sentence: sentence, run: SignRun(at: mark.offset, in: text))
    let bracket = brackets.last
    let openBefore = brackets.count
    candidate.readTail(
      in: text, quotes: &quotes, openBrackets: openBefore, marks: marks, from: index)
    consume(to: candidate.end, text)
    let closes = brackets.count < openBefore
    if closes, let bracket, bracket.isUnit, bracket.isInside, candidate.closesBracket {
      let goesOn = rules.goesOnWithComma(candidate, in: text)
      decide(goesOn ? .comma : .parenthesisUnit, candidate, text, end, &sink)
      return
    }
    let rule = rule(for: candidate, mark, text, wasInside: bracket?.isInside ?? false)
    decide(rule, candidate, text, end, &sink)
  }

  /// Rule 15: emoji with no sign before them.
  private mutating func takePicture(
    _ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink
  ) {
    let start = marks[index].offset
    var last = start
    while let next = Smiley.end(at: last, in: text), next > last { last = next }
    guard last > start else {
      index += 1
      return
    }
    takePictures(start..<last, text, end, &sink)
  }

  /// The same for smileys of signs: `দেখলাম :) তারপর`.
  private mutating func takeFace(_ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink) {
    let bracket = marks[index].offset
    for start in stride(from: bracket - 1, through: max(sentence, bracket - 2), by: -1) {
      let sign = text[start]
      guard sign == 0x3A || sign == 0x3B || sign == 0x3D else { continue }
      guard ScalarClass.isSpace(text.value(before: start)),
        let last = Smiley.end(at: start, in: text), last > bracket
      else { break }
      return takePictures(start..<last, text, end, &sink)
    }
    index += 1
  }

  private mutating func takePictures(
    _ range: Range<Int>, _ text: Span<UInt8>, _ end: Int, _ sink: inout SentenceSink
  ) {
    consume(to: range.upperBound, text)
    guard brackets.isEmpty, !quotes.isOpen, range.upperBound < end,
      pictures.ends(range, sentence: sentence, in: text)
    else { return }
    var candidate = Candidate(sentence: sentence, run: SignRun(bracket: range.lowerBound))
    candidate.end = range.upperBound
    decide(.emojiEnd, candidate, text, end, &sink)
  }

  /// Goes on behind the marks before `end`, which a candidate's tail has taken in.
  private mutating func consume(to end: Int, _ text: Span<UInt8>) {
    while index < marks.count, marks[index].offset < end {
      if marks[index].kind == .close, brackets.last?.close == index { brackets.removeLast() }
      index += 1
    }
  }

  private mutating func rule(
    for candidate: Candidate, _ mark: Mark, _ text: Span<UInt8>, wasInside: Bool
  ) -> SegmentationRule {
    if rules.goesOnWithComma(candidate, in: text) { return .comma }
    if mark.isListNumber || rules.isItemNumber(candidate, in: text) { return .listNumber }
    if isTable, candidate.strength == .strong, rules.endsWithPipe(candidate, in: text) {
      return .tableCell
    }
    if rules.isInsideAddress(candidate, in: text) { return .address }
    if rules.isInsideNumber(candidate, in: text) { return .number }
    if isInside || (wasInside && candidate.closesBracket) {
      return isAlone(candidate, text) ? .bracketedSign : .insideParenthesis
    }
    if options.keepsQuotations, quotes.isOpen { return .keptQuotation }
    if candidate.strength == .dot {
      let result = dots.decide(candidate, in: text)
      guard result.isBoundary else { return result }
      return afterQuotation(candidate, text) ?? result
    }
    if rules.isNameWithSign(candidate, in: text) || isInsideName(candidate, text) {
      return .nameWithSign
    }
    if let rule = afterQuotation(candidate, text) { return rule }
    if isFirstSentence || hasSpeaker,
      speakers.isSpeaker(candidate, isKnown: hasSpeaker, in: text)
    {
      hasSpeaker = true
      return .speaker
    }
    guard candidate.strength == .ellipsis else { return .terminator }
    if isSentenceStart(candidate.signs.lowerBound, text) { return .openingEllipsis }
    return ellipses.endsWithDots(candidate, in: text)
  }

  /// Rules 2, 11 and 12: what a quotation that ends here, or a dash behind the signs, makes of them.
  private func afterQuotation(
    _ candidate: Candidate, _ text: Span<UInt8>
  ) -> SegmentationRule? {
    if candidate.closesQuotation || candidate.hasYear {
      switch quotations.decide(candidate, in: text) {
      case .goesOn(let rule): return rule
      case .ends: return candidate.strength == .ellipsis ? .ellipsisEnd : .terminator
      case .unknown: return nil
      }
    }
    return quotations.isTakenUpByDash(candidate, in: text) ? .quotedName : nil
  }

  /// Rule 12: a sign inside a quotation that is a name: `‘কে? কেন?’ বইটি`.
  private func isInsideName(_ candidate: Candidate, _ text: Span<UInt8>) -> Bool {
    guard let start = quotes.start, start >= sentence,
      ScalarClass.isQuestionOrExclamation(candidate.first), candidate.end - start <= 80
    else { return false }
    let single = text.scalar(at: start).value
    var next = index
    while next < marks.count, marks[next].offset - start <= 160 {
      let mark = marks[next]
      let value = text.scalar(at: mark.offset).value
      if mark.kind == .quote, ScalarClass.isDoubleQuote(value) == ScalarClass.isDoubleQuote(single)
      {
        let end = mark.offset + text.scalar(at: mark.offset).length
        return quotations.isName(start, closedAt: end, sentence: sentence, in: text)
      }
      if mark.kind == .sign, value == 0x964 { return false }
      next += 1
    }
    return false
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
