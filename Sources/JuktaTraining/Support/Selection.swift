/// Where to cut a set of keys so that exactly so many of the largest stay.
struct Cut: Equatable {
  /// Keys above this stay.
  let threshold: UInt64
  /// How many of the keys equal to the threshold stay as well.
  let ties: Int
}

/// Finds the cut that keeps the `keep` largest of `keys`, which must be more than `keep`.
///
/// Radix selection by 16 bits at a time from the top. O(*n*), no comparison, no order needed.
func cut(keeping keep: Int, of keys: FlatArray<UInt64>) -> Cut {
  precondition(keep < keys.count)
  var prefix: UInt64 = 0
  var left = keep
  var histogram = [Int](repeating: 0, count: 1 << 16)
  for shift in stride(from: 48, through: 0, by: -16) {
    for digit in histogram.indices { histogram[digit] = 0 }
    count(keys, under: prefix, at: shift, into: &histogram)
    var digit = histogram.count - 1
    while left >= histogram[digit], digit > 0 {
      left -= histogram[digit]
      digit -= 1
    }
    prefix |= UInt64(digit) << UInt64(shift)
  }
  return Cut(threshold: prefix, ties: left)
}

/// Counts the digits at `shift` of the keys that agree with `prefix` above them.
private func count(
  _ keys: FlatArray<UInt64>, under prefix: UInt64, at shift: Int, into histogram: inout [Int]
) {
  let base = keys.base
  let above = shift == 48 ? 0 : ~UInt64(0) << UInt64(shift + 16)
  var bins = histogram.mutableSpan
  for index in 0..<keys.count where (base[index] ^ prefix) & above == 0 {
    bins[Int(truncatingIfNeeded: (base[index] >> UInt64(shift)) & 0xFFFF)] += 1
  }
}

/// A key that orders as the number does. Not for NaN.
@inline(__always)
func orderedKey(_ value: Double) -> UInt64 {
  let bits = value.bitPattern
  return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
}
