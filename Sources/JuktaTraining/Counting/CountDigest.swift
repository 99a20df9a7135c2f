/// A fingerprint of words and their counts, the same in whatever order they are added.
struct CountDigest: Sendable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  mutating func add(_ word: UnsafeBufferPointer<UInt8>, _ count: UInt64) {
    guard let start = word.baseAddress else { return }
    let hash = wordHash(start, word.count)
    let mixed = (hash ^ count &* 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: 0xD6E8_FEB8_6659_FD93 ^ hash)
    low &+= mixed.high ^ mixed.low
    high &+= mixed.low &* 0xA076_1D64_78BD_642F ^ hash
  }

  /// 32 hexadecimal digits.
  var text: String {
    [high, low].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }.joined()
  }
}
