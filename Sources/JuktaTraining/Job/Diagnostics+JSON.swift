internal import Jukta

extension SizeChoice {
  /// For the recipe.
  var json: JSONValue {
    .object([.init("entries", .integer(size)), .init("chosen_by", .string(reason.name))])
  }

  /// Why, for people; nil where the size is the one asked for.
  package var explanation: String? {
    switch reason {
    case .asked: nil
    case .corpusLength: "one for every 50 characters of the text"
    case .alphabet: "four times the alphabet"
    case .largestPossible: "the largest that the text can fill"
    }
  }
}

extension SizeChoice.Reason {
  fileprivate var name: String {
    switch self {
    case .asked: "asked"
    case .corpusLength: "corpus_length"
    case .alphabet: "alphabet"
    case .largestPossible: "largest_possible"
    }
  }
}

extension UnknownCharacters {
  /// For the recipe.
  var json: JSONValue {
    .object([
      .init("occurrences", .integer(occurrences)), .init("distinct", .integer(distinct)),
      .init(
        "commonest",
        .array(
          commonest.map {
            .array([.string(String($0.character)), .integer($0.count)])
          })),
      .init("coverage_keeping_commonest", coverageKeepingCommonest.map { .number($0) } ?? .null),
    ])
  }
}
