#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Seconds on a clock that never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// A whole number with a comma every three digits.
func grouped(_ number: some BinaryInteger) -> String {
  let digits = Array(String(number).utf8)
  var text: [UInt8] = []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(UInt8(ascii: ",")) }
    text.append(digit)
  }
  return String(decoding: text, as: UTF8.self)
}

/// A number with so many decimals.
func fixed(_ number: Double, _ decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { value, _ in value * 10 }
  guard abs(number) * scale < 1e15 else { return number.description }
  let whole = Int((abs(number) * scale).rounded())
  let digits = String(whole % Int(scale))
  let sign = number < 0 && whole > 0 ? "-" : ""
  if decimals == 0 { return sign + String(whole) }
  return sign + String(whole / Int(scale)) + "."
    + String(repeating: "0", count: decimals - digits.utf8.count) + digits
}

/// Millions of bytes, one decimal.
func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 1) }

/// A share in percent, one decimal.
func percent(_ part: Int, of whole: Int) -> String {
  fixed(whole == 0 ? 0 : 100 * Double(part) / Double(whole), 1) + " %"
}

/// The number of workers where none is asked for: one a core.
func defaultThreads() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
