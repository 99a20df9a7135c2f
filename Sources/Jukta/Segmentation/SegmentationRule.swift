/// What decided about a place where a sentence may end.
///
/// `policy` is the number of the rule in the segmentation policy (Documentation/decisions/0050);
/// nil for what an option adds.
public enum SegmentationRule: UInt8, Sendable, CaseIterable {
  /// A danda, `?`, `!`, or a pipe or ৷ typed for a danda.
  case terminator
  /// A dot typed for a danda.
  case fullStop
  /// A comma or semicolon follows: the sentence goes on.
  case comma
  /// The clause that reports a quotation follows.
  case reportingClause
  /// The quotation is used as a name or an object.
  case quotedName
  /// Dots, and what follows is clearly a new sentence.
  case ellipsisEnd
  /// Dots of hesitation or elision.
  case hesitation
  /// Dots before the first word belong to what follows.
  case openingEllipsis
  /// An abbreviation or initial.
  case abbreviation
  /// `etc.`, `Inc.` at the end of a sentence.
  case finalAbbreviation
  /// Inside a number, a date, a verse number.
  case number
  /// Inside a URL, an e-mail address, a file name, a version.
  case address
  /// The number of a list item.
  case listNumber
  /// Inside a parenthesis that sits inside a sentence.
  case insideParenthesis
  /// A parenthesis that started after a finished sentence ends.
  case parenthesisUnit
  /// `(!)`, `(?)`.
  case bracketedSign
  /// A name that is spelt with the sign.
  case nameWithSign
  /// The end of a line.
  case lineEnd
  /// An emoji between two clauses, with no sign beside it.
  case emojiEnd
  /// The name of one who speaks, before the speech.
  case speaker
  /// A pipe between the cells of a table.
  case tableCell
  /// Inside a quotation that is to be kept whole.
  case keptQuotation
  /// The sentence is longer than allowed.
  case maximumLength

  /// Whether a sentence ends here.
  public var isBoundary: Bool {
    switch self {
    case .terminator, .fullStop, .ellipsisEnd, .finalAbbreviation, .parenthesisUnit, .lineEnd,
      .emojiEnd, .maximumLength:
      true
    default: false
    }
  }

  /// The number of the policy's rule.
  public var policy: Int? {
    switch self {
    case .terminator, .fullStop, .comma: 1
    case .reportingClause, .quotedName: 2
    case .ellipsisEnd, .hesitation, .openingEllipsis: 3
    case .abbreviation, .finalAbbreviation, .number, .address: 4
    case .listNumber: 6
    case .insideParenthesis, .parenthesisUnit: 7
    case .bracketedSign, .nameWithSign: 8
    case .lineEnd: 9
    case .speaker: 14
    case .emojiEnd: 15
    case .tableCell: 17
    case .keptQuotation, .maximumLength: nil
    }
  }
}

/// A place where a sentence may end, and what decided.
public struct SegmentationDecision: Sendable, Equatable {
  /// Where the sign starts, in bytes of the text.
  public let offset: Int
  /// Where the sentence ends if it ends here: behind closing quotes, brackets and smileys.
  public let end: Int
  /// What decided.
  public let rule: SegmentationRule
}
