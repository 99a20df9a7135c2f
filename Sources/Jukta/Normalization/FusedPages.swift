internal import Synchronization

/// What a `FusedTable` knows of each scalar, learnt in pages of 256 as texts bring them.
///
/// Asking the plain pipeline about all of the Basic Multilingual Plane takes longer than loading the
/// rest of a tokenizer, and a text in Bengali and English touches five pages. A page that is not
/// known yet says `slow` for each of its scalars, which is always right.
///
/// A value is a snapshot: workers read their own without a lock, and take a newer one after a text
/// that asked for more.
struct FusedPages: Sendable {
  /// The class of each scalar of the Basic Multilingual Plane.
  fileprivate(set) var classes: [UInt8]
  /// What a fixed scalar becomes: up to 7 bytes, little-endian, their number in the top byte.
  fileprivate(set) var replacements: [UInt16: UInt64] = [:]
  fileprivate(set) var known = PageSet()

  /// ASCII, Bengali and Devanagari, and general punctuation: nearly all that texts of ours hold.
  fileprivate static let common: [UInt8] = [0x00, 0x09, 0x20]

  /// Whether the page of a scalar below 0x10000 is known.
  @inline(__always)
  func knows(_ scalar: UInt32) -> Bool { known.contains(UInt8(truncatingIfNeeded: scalar >> 8)) }

  /// Pages by number.
  struct PageSet: Sendable {
    private var bits = SIMD4<UInt64>()

    var isEmpty: Bool { bits == SIMD4() }

    func contains(_ page: UInt8) -> Bool { bits[Int(page >> 6)] >> UInt64(page & 63) & 1 != 0 }

    mutating func insert(_ page: UInt8) { bits[Int(page >> 6)] |= 1 << UInt64(page & 63) }
  }
}

/// The pages that all workers of one normaliser share.
final class FusedPageStore: Sendable {
  private let plan: FusedPlan
  private let pages: Mutex<FusedPages>

  /// nil where the pipeline cannot be asked about single scalars.
  init?(_ plan: FusedPlan, specials: [UInt32], _ plain: PlainPipeline) {
    self.plan = plan
    var first = FusedPages(
      classes: [UInt8](repeating: FusedTable.Class.slow, count: 0x10000))
    first.classes[0x20] = FusedTable.Class.space
    first.classes[0x3A] = FusedTable.Class.colon
    for (index, scalar) in specials.enumerated() {
      first.classes[Int(scalar)] = FusedTable.Class.firstSpecial + UInt8(index)
    }
    for page in FusedPages.common {
      guard Self.learn(page, plan, plain, into: &first) else { return nil }
    }
    pages = Mutex(first)
  }

  /// What is known now.
  var current: FusedPages { pages.withLock { $0 } }

  /// What is known once `wanted` are learnt, by asking `plain`.
  func learn(_ wanted: FusedPages.PageSet, _ plain: PlainPipeline) -> FusedPages {
    let plan = plan
    return pages.withLock { pages in
      for page in UInt8.min...UInt8.max where wanted.contains(page) && !pages.known.contains(page) {
        // A page that cannot be told stays slow, and is not asked for again.
        if !Self.learn(page, plan, plain, into: &pages) { pages.known.insert(page) }
      }
      return pages
    }
  }

  private static func learn(
    _ page: UInt8, _ plan: FusedPlan, _ plain: PlainPipeline, into pages: inout FusedPages
  ) -> Bool {
    let first = UInt32(page) << 8
    // Spaces, colons and parts of pairs have their classes already.
    let candidates = (first..<first + 256).filter { scalar in
      !(0xD800...0xDFFF).contains(scalar) && pages.classes[Int(scalar)] == FusedTable.Class.slow
        && !plan.triggers.contains(scalar) && FusedTable.isSelfContained(scalar)
    }
    guard let results = plain.results(of: candidates) else { return false }
    for (scalar, result) in zip(candidates, results) {
      let (kind, replacement) = FusedTable.classify(scalar, result, plan: plan)
      pages.classes[Int(scalar)] = kind
      if let replacement { pages.replacements[UInt16(scalar)] = replacement }
    }
    pages.known.insert(page)
    return true
  }
}
