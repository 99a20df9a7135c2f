/// Names of fields that hold the text of a document.
enum CorpusField {
  /// What corpora call it, the likeliest first.
  static let usual = [
    "text", "content", "raw_content", "body", "document", "article", "sentence", "passage",
  ]

  /// The names that corpora use for text before all others, which stay as they are.
  static func likelyFirst(_ names: [String]) -> [String] {
    let known = usual.filter(names.contains)
    return known + names.filter { !known.contains($0) }
  }
}
