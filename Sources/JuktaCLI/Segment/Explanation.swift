import Jukta

/// What `--explain` says of one candidate.
enum Explanation {
  /// One line: offset, whether a sentence ends, the policy's rule, its name, the text around.
  static func write(
    _ decision: SegmentationDecision, of text: Span<UInt8>, into output: inout ByteBuffer
  ) {
    let policy = decision.rule.policy.map { "rule \($0)" } ?? "option"
    let verdict = decision.rule.isBoundary ? "boundary" : "-"
    append("\(decision.offset)\t\(verdict)\t\(policy)\t\(decision.rule)\t", to: &output)
    let before = scalarStart(in: text, near: max(0, decision.end - 48))
    let after = scalarStart(in: text, near: min(text.count, decision.end + 24))
    output.append(text.extracting(before..<decision.end))
    append("⟂", to: &output)
    output.append(text.extracting(decision.end..<after))
    output.append(UInt8(ascii: "\n"))
  }

  /// The member `decisions` of a record.
  static func write(
    _ decisions: [SegmentationDecision], _ units: OffsetMap, to json: inout JSONWriter
  ) {
    json.raw(",\"decisions\":[")
    for (index, decision) in decisions.enumerated() {
      json.raw(index > 0 ? ",{\"offset\":" : "{\"offset\":")
      json.number(units.offset(of: decision.offset))
      json.raw(",\"end\":")
      json.number(units.offset(of: decision.end))
      json.raw(",\"boundary\":")
      json.raw(decision.rule.isBoundary ? "true" : "false")
      json.raw(",\"rule\":")
      json.string("\(decision.rule)")
      if let policy = decision.rule.policy {
        json.raw(",\"policy\":")
        json.number(policy)
      }
      json.raw("}")
    }
    json.raw("]")
  }

  private static func append(_ string: String, to output: inout ByteBuffer) {
    var string = string
    string.withUTF8 { output.append($0) }
  }

  private static func scalarStart(in text: Span<UInt8>, near index: Int) -> Int {
    var index = index
    while index < text.count, index > 0, text[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }
}
