/// Truncation, post-processor and padding for the ids of one text, and their ranges where they are
/// asked for: what `Tokenizer.finish` does, without an `Encoding`.
struct IDFinisher: Sendable {
  /// How ranges are trimmed, one after another.
  let trims: [ByteLevelOffsets]
  private let added: Int
  private let withSpecialTokens: Result<IDFrame, PostProcessorError>
  private let withoutSpecialTokens: Result<IDFrame, PostProcessorError>

  init(_ processor: PostProcessor?) {
    added = processor?.addedCount(isPair: false) ?? 0
    trims = processor?.trims ?? []
    func frame(_ addsSpecialTokens: Bool) -> Result<IDFrame, PostProcessorError> {
      Result { () throws(PostProcessorError) in
        try IDFrame(processor, texts: 1, addsSpecialTokens: addsSpecialTokens)
      }
    }
    withSpecialTokens = frame(true)
    withoutSpecialTokens = frame(false)
  }

  /// Appends the ids of a text, and what belongs around them, to `ids`.
  /// - Throws: `TruncationError`, or `PostProcessorError`.
  func append(
    _ text: Span<UInt32>, _ tokenizer: borrowing Tokenizer, addsSpecialTokens: Bool,
    to ids: inout [UInt32]
  ) throws {
    let frame = try (addsSpecialTokens ? withSpecialTokens : withoutSpecialTokens).get()
    let kept = try kept(of: text.count, tokenizer.truncation, addsSpecialTokens)
    let start = ids.count
    for part in frame.parts {
      switch part {
      case .ids(let special): ids.append(contentsOf: special)
      case .text: text.extracting(kept).withUnsafeBufferPointer { ids.append(contentsOf: $0) }
      }
    }
    guard let padding = tokenizer.padding else { return }
    let missing = missing(ids.count - start, padding)
    let place = padding.direction == .left ? start : ids.count
    ids.insert(contentsOf: repeatElement(padding.id, count: missing), at: place)
  }

  /// The same with the ranges of the text's tokens; what is put in has an empty one at 0.
  func append(
    _ text: Span<UInt32>, _ textRanges: [Range<Int>], _ tokenizer: borrowing Tokenizer,
    addsSpecialTokens: Bool, to ids: inout [UInt32], _ ranges: inout [Range<Int>]
  ) throws {
    let frame = try (addsSpecialTokens ? withSpecialTokens : withoutSpecialTokens).get()
    let kept = try kept(of: text.count, tokenizer.truncation, addsSpecialTokens)
    let (before, start) = (ids.count, ranges.count)
    for part in frame.parts {
      switch part {
      case .ids(let special): ranges.append(contentsOf: repeatElement(0..<0, count: special.count))
      case .text: ranges.append(contentsOf: textRanges[kept])
      }
    }
    let count = ranges.count - start
    try append(text, tokenizer, addsSpecialTokens: addsSpecialTokens, to: &ids)
    let padded = ids.count - before - count
    let place = tokenizer.padding?.direction == .left ? start : ranges.count
    if padded > 0 { ranges.insert(contentsOf: repeatElement(0..<0, count: padded), at: place) }
  }

  /// What truncation leaves of `count` tokens.
  private func kept(
    of count: Int, _ truncation: Truncation?, _ addsSpecialTokens: Bool
  ) throws -> Range<Int> {
    guard let truncation,
      let length = try truncation.kept(
        first: count, second: nil, added: addsSpecialTokens ? added : 0)?.first,
      length < count
    else { return 0..<count }
    return length == 0 ? 0..<0 : try truncation.range(of: count, length: length)
  }

  private func missing(_ count: Int, _ padding: Padding) -> Int {
    max(0, padding.target(longest: count) - count)
  }
}
