import JuktaTraining

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
func grouped(_ number: some BinaryInteger) -> String { Figures.grouped(number) }

/// A number with so many decimals.
func fixed(_ number: Double, _ decimals: Int) -> String { Figures.fixed(number, decimals) }

/// Millions of bytes, one decimal.
func megabytes(_ bytes: Int) -> String { fixed(Double(bytes) / 1e6, 1) }

/// A share in percent, one decimal.
func percent(_ part: Int, of whole: Int) -> String { Figures.percent(part, of: whole) }

/// The number of workers where none is asked for: one a core.
func defaultThreads() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
