import TestSupport

/// Lines of random words over few letters, so that much repeats.
struct RandomLines {
  private var generator: SeededGenerator
  private var words: [String] = []

  init(seed: UInt64, letters: String, vocabulary: Int = 120) {
    generator = SeededGenerator(seed: seed)
    let alphabet = Array(letters.unicodeScalars)
    for _ in 0..<vocabulary {
      var word = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...7, using: &generator) {
        let draw = Double.random(in: 0..<1, using: &generator)
        word.append(alphabet[Int(draw * draw * Double(alphabet.count))])
      }
      words.append(String(word))
    }
  }

  mutating func lines(_ count: Int, mixedWith other: [String] = []) -> [String] {
    (0..<count).map { _ in
      (0..<Int.random(in: 1...8, using: &generator)).map { _ in
        let pool = other.isEmpty || Bool.random(using: &generator) ? words : other
        return pool[Int.random(in: 0..<pool.count, using: &generator)]
      }.joined(separator: " ")
    }
  }
}
