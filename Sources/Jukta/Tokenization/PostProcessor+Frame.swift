/// What stands in an encoded text, with nothing known of the text itself: enough for ids alone.
struct IDFrame: Sendable {
  enum Part: Sendable, Equatable {
    case ids([UInt32])
    /// The ids of one of the texts.
    case text(Int)
  }
  /// What stands there, in order.
  var parts: [Part]

  init(
    _ processor: PostProcessor?, texts: Int, addsSpecialTokens: Bool
  ) throws(PostProcessorError) {
    let whole = (0..<texts).map { [Part.text($0)] }
    parts = try processor?.frame(whole, addsSpecialTokens).flatMap { $0 } ?? whole.flatMap { $0 }
  }
}

extension PostProcessor {
  fileprivate func frame(
    _ parts: [[IDFrame.Part]], _ addsSpecialTokens: Bool
  ) throws(PostProcessorError) -> [[IDFrame.Part]] {
    switch self {
    case .template(let template):
      return try template.pieces(for: parts.count).compactMap { piece in
        switch piece {
        case .first: parts[0]
        case .second: parts.count > 1 ? parts[1] : []
        case .special(let name, _):
          addsSpecialTokens ? [.ids(template.special(named: name)?.ids ?? [])] : nil
        }
      }
    case .bert(let cls, let sep):
      guard addsSpecialTokens else { return parts }
      return parts.enumerated().map { index, part in
        (index == 0 ? [.ids([cls.id])] : []) + part + [.ids([sep.id])]
      }
    case .roberta(let cls, let sep, _, _):
      guard addsSpecialTokens else { return parts }
      return parts.enumerated().map { index, part in
        [.ids([index == 0 ? cls.id : sep.id])] + part + [.ids([sep.id])]
      }
    case .byteLevel: return parts
    case .sequence(let all):
      var parts = parts
      for one in all { parts = try one.frame(parts, addsSpecialTokens) }
      return parts
    }
  }
}
