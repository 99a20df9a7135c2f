#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Numbers as C's `%g` prints them, which is how SentencePiece's `.vocab` has them.
enum SixDigits {
  /// At most 13 bytes, as `-1.17549e-38`.
  ///
  /// Soundness: `vsnprintf` writes no more than the 32 bytes it is told of, and the one argument is
  /// the double that `%g` asks for; what it returns is below 32 for every double.
  static func text(_ number: Double) -> [UInt8] {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
      let count = withVaList([number]) { vsnprintf(buffer.baseAddress, 32, "%g", $0) }
      return buffer[..<max(0, min(Int(count), 31))].map { UInt8(bitPattern: $0) }
    }
  }
}
