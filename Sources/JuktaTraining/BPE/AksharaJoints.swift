internal import Jukta

/// Where a symbol may be joined when merges must not end inside an akshara.
///
/// Told by the symbol alone, so that any BPE encoder repeats it: a symbol that begins with a mark or
/// a joiner goes on with what stands before it, one that ends with a virama (a joiner may follow)
/// goes on with what comes next.
struct AksharaJoints {
  /// Goes on with what stands before it.
  let continues: Bool
  /// Goes on with what comes next.
  let isOpen: Bool

  private static let virama: UInt32 = 0x09CD

  init(_ token: BPEToken) {
    let scalars = String(decoding: token.bytes, as: UTF8.self).unicodeScalars.map(\.value)
    continues = scalars.first.map { Self.isJoiner($0) || Self.isMark($0) } ?? false
    isOpen = scalars.last { !Self.isJoiner($0) } == Self.virama
  }

  private static func isJoiner(_ scalar: UInt32) -> Bool { scalar == 0x200C || scalar == 0x200D }

  private static func isMark(_ scalar: UInt32) -> Bool {
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Where two neighbours stand to one another.
  enum Bond {
    /// Parts of one akshara: merged first.
    case inside
    /// Whole aksharas, one or more on either side: merged when aksharas are built.
    case between
    /// Neither: never merged.
    case none
  }

  static func bond(_ left: AksharaJoints, _ right: AksharaJoints) -> Bond {
    if right.continues || left.isOpen { return .inside }
    return left.continues || right.isOpen ? .none : .between
  }
}
