/// Positive numbers by size, 64 bins an octave: quantiles within 1.6 % from some thousand counts,
/// whatever the number of values.
public struct LogHistogram: Sendable, Equatable {
  private static let binShift = 46
  private var bins: [Int: Int] = [:]
  /// How many values there are.
  public private(set) var count = 0
  /// The least and the greatest value.
  public private(set) var range: ClosedRange<Double>?

  /// Creates an empty histogram.
  public init() {}

  /// Adds a value; those that are not positive count as the least bin.
  public mutating func add(_ value: Double) {
    guard value.isFinite else { return }
    count += 1
    let low = min(value, range?.lowerBound ?? value)
    range = low...max(value, range?.upperBound ?? value)
    bins[Self.bin(value), default: 0] += 1
  }

  private static func bin(_ value: Double) -> Int {
    guard value >= 1 else { return 0 }
    // The exponent and the six highest bits behind the point.
    return Int(value.bitPattern >> binShift)
  }

  /// Adds the values of another.
  public mutating func add(_ other: LogHistogram) {
    bins.merge(other.bins, uniquingKeysWith: +)
    count += other.count
    guard let more = other.range else { return }
    let low = min(more.lowerBound, range?.lowerBound ?? more.lowerBound)
    range = low...max(more.upperBound, range?.upperBound ?? more.upperBound)
  }

  /// The value that a share of all values lie below, as the lower end of its bin; nil for none.
  public func quantile(_ share: Double) -> Double? {
    guard let range else { return nil }
    let wanted = Int(share * Double(count))
    var seen = 0
    for (bin, number) in bins.sorted(by: { $0.key < $1.key }) {
      seen += number
      guard seen > wanted else { continue }
      return max(range.lowerBound, bin == 0 ? 0 : Double(bitPattern: UInt64(bin) << Self.binShift))
    }
    return range.upperBound
  }
}
