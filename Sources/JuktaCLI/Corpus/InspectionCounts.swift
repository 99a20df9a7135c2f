import Jukta

/// What the inspector finds in a corpus: sums, the same in whatever order documents come.
struct InspectionCounts: Sendable, Equatable {
  /// Conjuncts as stored, joiners aside.
  private(set) var conjuncts: [String: Int] = [:]
  /// Documents with an anomaly, by code.
  private(set) var anomalies: [AnomalyCode: Int] = [:]
  private(set) var graphemes = 0
  private(set) var aksharas = 0

  /// Adds the documents of others.
  mutating func add(_ other: InspectionCounts) {
    conjuncts.merge(other.conjuncts, uniquingKeysWith: +)
    anomalies.merge(other.anomalies, uniquingKeysWith: +)
    graphemes += other.graphemes
    aksharas += other.aksharas
  }

  /// Adds one document.
  mutating func add(_ document: Span<UInt8>, _ inspector: inout Inspector) {
    inspector.inspect(document)
    graphemes += inspector.graphemeEnds.count
    aksharas += inspector.aksharaEnds.count
    for range in inspector.conjuncts {
      let text = document.extracting(range).withUnsafeBufferPointer {
        String(decoding: $0, as: UTF8.self)
      }
      conjuncts[Self.withoutJoiners(text), default: 0] += 1
    }
    for code in inspector.codes { anomalies[code, default: 0] += 1 }
  }

  private static func withoutJoiners(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{200C}" || $0 == "\u{200D}" }) else {
      return text
    }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.filter { $0 != "\u{200C}" && $0 != "\u{200D}" }))
  }
}
