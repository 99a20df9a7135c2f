import ArgumentParser

/// A number of bytes as people write it: 512M, 4G, 1.5G; powers of 1024.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
    var digits = argument.uppercased()[...]
    if digits.last == "B" { digits.removeLast() }
    var unit = 1.0
    if let last = digits.last, let found = units[last] {
      unit = found
      digits.removeLast()
    }
    guard let number = Double(digits), number > 0, number * unit < 1e18 else { return nil }
    bytes = Int(number * unit)
  }
}
