/// Natural logarithms of sums.
enum Logarithm {
  /// ln 2.
  static let ofTwo = 0.693_147_180_559_945_3

  /// The logarithm of the sum of numbers that are given by their logarithms; 0 of none.
  static func ofSum(_ logarithms: [Double]) -> Double {
    guard let top = logarithms.max() else { return 0 }
    return top + naturalLog(logarithms.reduce(0) { $0 + exponential($1 - top) })
  }
}
