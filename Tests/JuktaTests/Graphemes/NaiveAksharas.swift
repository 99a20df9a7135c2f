@testable import Jukta

/// The grammar of the akshara, each rule as a function that says how far it matches: the slow twin
/// of the automaton.
enum NaiveAksharas {
  static func cut(_ scalars: [UInt32]) -> [[UInt32]] {
    var units: [[UInt32]] = []
    var start = 0
    while start < scalars.count {
      let end = longest(Reader(scalars: scalars), start)
      units.append(Array(scalars[start..<end]))
      start = end
    }
    return units
  }

  private static func longest(_ text: Reader, _ start: Int) -> Int {
    let ends = [
      text.onset(start).map { text.tail(text.rest($0)) },
      text.kind(start) == .deadConsonant ? text.tail(start + 1) : nil,
      text.kind(start) == .vowel ? text.tail(text.rest(text.nuktas(start + 1))) : nil,
      text.kind(start) == .placeholder ? text.tail(text.rest(text.nuktas(start + 1))) : nil,
      text.link(text.nuktas(start)).flatMap(text.onset).map { text.tail(text.rest($0)) },
      text.tail(start) > start ? text.tail(start) : nil,
    ]
    if let best = ends.compactMap({ $0 }).max() { return best }
    var end = start + 1
    while text.kind(end) == .mark { end += 1 }
    return end
  }

  private struct Reader {
    let scalars: [UInt32]

    func kind(_ index: Int) -> BengaliClass? {
      guard scalars.indices.contains(index), let scalar = Unicode.Scalar(scalars[index]) else {
        return nil
      }
      let isMark =
        [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
      return BengaliClass(scalar.value, isMark: isMark)
    }

    func nuktas(_ start: Int) -> Int { run(start) { $0 == .nukta } }
    func onset(_ start: Int) -> Int? { kind(start) == .consonant ? nuktas(start + 1) : nil }
    func link(_ start: Int) -> Int? {
      let joiners = run(start) { $0.isJoiner }
      let hasantas = run(joiners) { $0 == .hasanta }
      return hasantas > joiners ? run(hasantas) { $0 == .nukta || $0 == .zwj } : nil
    }
    func rest(_ start: Int) -> Int {
      var end = start
      while let next = link(end).flatMap(onset) { end = next }
      if let next = link(end), kind(next) == .deadConsonant { return next + 1 }
      return end
    }
    func tail(_ start: Int) -> Int { run(start) { $0.isSign || $0.isJoiner } }

    private func run(_ start: Int, _ fits: (BengaliClass) -> Bool) -> Int {
      var end = start
      while let kind = kind(end), fits(kind) { end += 1 }
      return end
    }
  }
}
