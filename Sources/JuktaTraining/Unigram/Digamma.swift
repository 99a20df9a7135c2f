#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The digamma function ψ(x) = d/dx ln Γ(x), for x > 0.
///
/// Recurrence up to 7, then the asymptotic series in (x − ½)⁻², good to 1e-10 there (Abramowitz and
/// Stegun 6.3.5, 6.3.18).
func digamma(_ value: Double) -> Double {
  var x = value
  var result = 0.0
  while x < 7 {
    result -= 1 / x
    x += 1
  }
  let y = x - 0.5
  let z = 1 / (y * y)
  let series = z * (1.0 / 24 - z * (7.0 / 960 - z * (31.0 / 8064 - z * (127.0 / 30720))))
  return result + log(y) + series
}

@inline(__always) func naturalLog(_ value: Double) -> Double { log(value) }
@inline(__always) func exponential(_ value: Double) -> Double { exp(value) }
