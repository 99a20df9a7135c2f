import TestSupport

@testable import Jukta

/// The units of a text, as strings.
func units(_ text: String) -> (graphemes: [String], aksharas: [String], conjuncts: [String]) {
  let bytes = Array(text.utf8)
  var inspector = Inspector()
  inspector.inspect(bytes.span)
  func cut(_ ends: [Int]) -> [String] {
    var start = 0
    return ends.map { end in
      defer { start = end }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }
  let graphemeEnds = (0..<inspector.graphemeEnds.count).map { Int(inspector.graphemeEnds[$0]) }
  let aksharaEnds = (0..<inspector.aksharaEnds.count).map { Int(inspector.aksharaEnds[$0]) }
  return (
    cut(graphemeEnds), cut(aksharaEnds),
    inspector.conjuncts.map { String(decoding: bytes[$0], as: UTF8.self) }
  )
}

/// The codes of a text, sorted.
func codes(_ text: String) -> [String] {
  let bytes = Array(text.utf8)
  var inspector = Inspector()
  inspector.inspect(bytes.span)
  return inspector.codes.map(\.rawValue)
}

/// The code points of a text: Swift compares strings by canonical equivalence, tests must not.
func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

/// A text of `hexadecimal` code points.
func text(_ hexadecimal: String) -> String {
  let scalars = hexadecimal.split(separator: " ").compactMap { UInt32($0, radix: 16) }
  return String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
}

/// Random text that is mostly Bengali signs in orders that no word has.
struct RandomBengali {
  private var generator: SeededGenerator
  private static let rare: [UInt32] = [
    0x20, 0x0A, 0x0D, 0x41, 0x31, 0xA0, 0x25CC, 0x0964, 0x7C, 0x3A, 0x0951, 0x0301, 0x200B, 0x1F642,
    0x1F1E7, 0x1F1E9, 0x0915, 0x094D, 0x093E, 0x1100, 0x1161, 0x11A8, 0x0600, 0xE000, 0xFFFD, 0xAD,
    0x2060, 0x1F3FB, 0x0BCD,
  ]

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func text(scalars count: Int) -> String {
    var view = String.UnicodeScalarView()
    for _ in 0..<count { if let scalar = Unicode.Scalar(next()) { view.append(scalar) } }
    return String(view)
  }

  private mutating func next() -> UInt32 {
    switch UInt32.random(in: 0..<20, using: &generator) {
    case 0..<9: 0x0980 + UInt32.random(in: 0..<128, using: &generator)
    case 9..<12: 0x09CD
    case 12..<14: [0x09B0, 0x09AF, 0x0995, 0x09A4][Int.random(in: 0..<4, using: &generator)]
    case 14: 0x200C
    case 15: 0x200D
    case 16: 0x09BC
    default: Self.rare[Int.random(in: 0..<Self.rare.count, using: &generator)]
    }
  }
}
