/// The same documents in each layout that OSCAR has had, written by hand after its papers and cards.
enum Oscar {
  static let documents = [
    ["নদীর ধারে হাট বসে।", "আজ হাটবার \"মঙ্গলবার\"।"], ["একা লাইন"],
    ["ক\tখ", "র‍্যাব ও উদ্‌যাপন", "😀 দাম ৳২৫"],
  ]
  static var lines: [String] { documents.flatMap(\.self) }
  static var joined: [String] { documents.map { $0.joined(separator: "\n") } }

  /// 2019: a document a line (line ends inside had become spaces).
  static var v2019: String { documents.map { $0.joined(separator: " ") + "\n" }.joined() }
  /// 21.09: lines, and a blank line between documents.
  static var v2109: String { joined.joined(separator: "\n\n") + "\n" }
  /// 22.01: JSON lines with `annotation`, and `content-length` as text.
  static var v2201: String {
    documents.map { lines in
      """
      {"content":\(json(lines)),"warc_headers":{"warc-type":"conversion","content-length":"985",\
      "warc-identified-content-language":"ben"},"metadata":{"identification":{"label":"bn",\
      "prob":0.75},"annotation":["short_sentences","footer"],"sentence_identifications":\
      [\(lines.map { _ in #"{"label":"bn","prob":0.9}"# }.joined(separator: ","))]}}

      """
    }.joined()
  }
  /// 23.01: `quality_warnings`, `harmful_pp`, `tlsh`, `categories`, and `content-length` as a number.
  static var v2301: String {
    documents.map { lines in
      """
      {"content":\(json(lines)),"warc_headers":{"content-length":985,"content-type":"text/plain"},\
      "metadata":{"identification":{"label":"bn","prob":0.99},"harmful_pp":412.5,\
      "tlsh":"tlsh:3:AB","quality_warnings":["tiny"],"categories":["blog","press"],\
      "sentence_identifications":[null\(lines.dropFirst().map { _ in #",{"label":"bn","prob":1.0}"# }
        .joined())]}}

      """
    }.joined()
  }

  /// Lines as a JSON string: ASCII only for odd numbers of lines, so that both forms are met.
  static func json(_ lines: [String]) -> String {
    let text = lines.joined(separator: "\n")
    let escapes: [UInt16: String] = [0x22: "\\\"", 0x5C: "\\\\", 0x0A: "\\n", 0x09: "\\t"]
    let units = text.utf16.map { unit in
      escapes[unit] ?? (unit < 0x80 ? String(Unicode.Scalar(UInt8(unit))) : "\\u" + hex(unit))
    }
    guard lines.count.isMultiple(of: 2) else { return "\"" + units.joined() + "\"" }
    let scalars = text.unicodeScalars.map { scalar in
      escapes[UInt16(truncatingIfNeeded: scalar.value)].flatMap { scalar.isASCII ? $0 : nil }
        ?? String(scalar)
    }
    return "\"" + scalars.joined() + "\""
  }

  private static func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
