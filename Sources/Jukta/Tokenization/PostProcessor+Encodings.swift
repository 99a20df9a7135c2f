/// Running a post-processor over encodings, part by part as in tokenizers: only at the end are the
/// parts joined.
extension PostProcessor {
  /// A text or a special token on its way.
  struct Part {
    var encoding: Encoding
    /// Which of the texts it holds.
    var text: Int?
  }

  /// - Parameter sources: the texts, where `trimsOffsets`.
  func process(
    _ texts: [Encoding], _ sources: [SourceText], addsSpecialTokens: Bool
  ) throws(PostProcessorError) -> Encoding {
    var parts: [Part] = []
    for (index, text) in texts.enumerated() {
      var encoding = text
      encoding.setSequence(index)
      for place in encoding.overflowing.indices { encoding.overflowing[place].setSequence(index) }
      encoding.setTypes(UInt32(index))
      parts.append(Part(encoding: encoding, text: index))
    }
    try process(&parts, sources, addsSpecialTokens: addsSpecialTokens)
    var result = Encoding()
    for part in parts { result.append(contentsOf: part.encoding) }
    return result
  }

  private func process(
    _ parts: inout [Part], _ sources: [SourceText], addsSpecialTokens: Bool
  ) throws(PostProcessorError) {
    switch self {
    case .template(let template):
      parts = try template.apply(to: parts, addsSpecialTokens: addsSpecialTokens)
    case .bert(let cls, let sep):
      guard addsSpecialTokens else { return }
      for index in parts.indices {
        parts[index].encoding.surround(
          with: index == 0 ? cls : nil, sep, sequence: index == 0 ? 0 : 1,
          lastType: index == 0 ? 0 : 1)
      }
    case .roberta(let cls, let sep, let trims, let addsPrefixSpace):
      if trims { Self.trim(&parts, sources, ByteLevelOffsets(addsPrefixSpace: addsPrefixSpace)) }
      for index in parts.indices {
        parts[index].encoding.setTypes(0)
        guard addsSpecialTokens else { continue }
        for place in parts[index].encoding.overflowing.indices {
          parts[index].encoding.overflowing[place].setTypes(0)
        }
        parts[index].encoding.surround(
          with: index == 0 ? cls : sep, sep, sequence: index == 0 ? 0 : 1, lastType: 0)
      }
    case .byteLevel(let offsets):
      if offsets.trims { Self.trim(&parts, sources, offsets) }
      for index in parts.indices { parts[index].encoding.setSequence(index) }
    case .sequence(let all):
      for one in all { try one.process(&parts, sources, addsSpecialTokens: addsSpecialTokens) }
    }
  }

  private static func trim(
    _ parts: inout [Part], _ sources: [SourceText], _ offsets: ByteLevelOffsets
  ) {
    for index in parts.indices {
      guard let text = parts[index].text, text < sources.count else { continue }
      offsets.trim(&parts[index].encoding, sources[text])
      for place in parts[index].encoding.overflowing.indices {
        offsets.trim(&parts[index].encoding.overflowing[place], sources[text])
      }
    }
  }
}

extension Encoding {
  /// Puts a token before and one behind, here and in what overflows.
  fileprivate mutating func surround(
    with first: PostProcessor.Token?, _ last: PostProcessor.Token, sequence: Int, lastType: UInt32
  ) {
    for place in overflowing.indices {
      overflowing[place].surround(with: first, last, sequence: sequence, lastType: lastType)
      overflowing[place].overflowing = []
    }
    var whole = Encoding()
    if let first { whole = Encoding(special: [first.id], tokens: [first.content], typeID: 0) }
    let start = whole.count
    var body = self
    // The reference forgets what else was special, and to which sequence it belonged.
    body.specialTokensMask = [UInt32](repeating: 0, count: count)
    body.overflowing = []
    whole.append(contentsOf: body)
    whole.sequenceRanges = [sequence: start..<whole.count]
    whole.append(
      contentsOf: Encoding(special: [last.id], tokens: [last.content], typeID: lastType))
    whole.overflowing = overflowing
    self = whole
  }
}

extension ByteLevelOffsets {
  fileprivate func trim(_ encoding: inout Encoding, _ source: SourceText) {
    switch source {
    case .unknown: break
    case .text(let bytes):
      for index in 0..<encoding.count { trim(index, of: &encoding, in: bytes.span) }
    case .words(let words):
      for index in 0..<encoding.count {
        guard let word = encoding.wordIDs[index], word < words.count else { continue }
        let bytes = words[word]
        trim(index, of: &encoding, in: bytes.span)
      }
    }
  }

  private func trim(_ index: Int, of encoding: inout Encoding, in text: Span<UInt8>) {
    encoding.ranges[index] = range(
      of: encoding.tokens[index], encoding.ranges[index], in: text, isFirst: index == 0)
  }
}
