/// A set of scalars as the places where membership turns: where it begins and ends, by turns, ascending.
///
/// `[0x30, 0x3A]` holds the ten ASCII digits.
struct ScalarRanges: Hashable, Sendable {
  private(set) var turns: [UInt32]

  static let none = ScalarRanges(turns: [])
  static let all = ScalarRanges(turns: [0, 0x110000])

  init(turns: [UInt32]) { self.turns = turns }

  init(_ scalar: UInt32) { turns = [scalar, scalar + 1] }

  var isEmpty: Bool { turns.isEmpty }

  /// Everything else up to U+10FFFF.
  var inverted: ScalarRanges {
    var result = turns.first == 0 ? Array(turns.dropFirst()) : [0] + turns
    if result.last == 0x110000 { result.removeLast() } else { result.append(0x110000) }
    return ScalarRanges(turns: result)
  }

  func union(_ other: ScalarRanges) -> ScalarRanges { merged(with: other) { $0 || $1 } }

  func intersection(_ other: ScalarRanges) -> ScalarRanges { merged(with: other) { $0 && $1 } }

  private func merged(
    with other: ScalarRanges, _ keeps: (Bool, Bool) -> Bool
  ) -> ScalarRanges {
    var result: [UInt32] = []
    var (left, right) = (0, 0)
    var inside = false
    while left < turns.count || right < other.turns.count {
      let place = Swift.min(
        left < turns.count ? turns[left] : .max,
        right < other.turns.count ? other.turns[right] : .max)
      if left < turns.count, turns[left] == place { left += 1 }
      if right < other.turns.count, other.turns[right] == place { right += 1 }
      let now = keeps(left & 1 == 1, right & 1 == 1)
      if now != inside { result.append(place) }
      inside = now
    }
    return ScalarRanges(turns: result)
  }

  /// Whether `scalar` is in the set. O(log *n*) for *n* turns.
  func contains(_ scalar: UInt32) -> Bool {
    var (low, high) = (0, turns.count)
    while low < high {
      let middle = (low + high) / 2
      if turns[middle] <= scalar { low = middle + 1 } else { high = middle }
    }
    return low & 1 == 1
  }
}

/// All of Unicode parted into the fewest classes that a program over some sets can tell apart: one byte a
/// scalar.
///
/// Layout: two stages. `index[scalar >> 8]` is the number of a page of 256 classes; equal pages are stored
/// once, and page 0 is that of U+0000 to U+00FF, so that `pages[byte]` is the class of an ASCII byte.
/// A program over Bengali and ASCII text touches three pages.
struct ScalarClasses: Sendable {
  /// For each page of the code space, where it starts in `pages`, in pages.
  let index: [UInt16]
  let pages: [UInt8]
  /// How many classes there are: their numbers are below this.
  let count: Int
  /// For each set, whether a class lies in it.
  let members: [[Bool]]

  /// Classes of `sets`; nil where they tell more than `limit` (at most 255) apart.
  /// - Complexity: O(*b* · *s*) for *s* sets with *b* turns in all.
  init?(_ sets: [ScalarRanges], limit: Int = 250) {
    var bounds = Set<UInt32>([0])
    for set in sets { bounds.formUnion(set.turns) }
    bounds.remove(0x110000)
    let starts = bounds.sorted()
    var classes = [UInt8](repeating: 0, count: starts.count)
    var count = 1
    for set in sets {
      guard let refined = Self.refine(&classes, starts, by: set, count, limit) else { return nil }
      count = refined
    }
    self.count = count
    // The class of a set's first scalar tells for the whole class.
    var first = [UInt32](repeating: .max, count: count)
    for (place, kind) in classes.enumerated() where first[Int(kind)] == .max {
      first[Int(kind)] = starts[place]
    }
    members = sets.map { set in first.map { set.contains($0) } }
    (index, pages) = Self.paged(starts, classes)
  }

  /// Parts the classes of stretches by one more set; gives the new number of classes.
  private static func refine(
    _ classes: inout [UInt8], _ starts: [UInt32], by set: ScalarRanges, _ count: Int, _ limit: Int
  ) -> Int? {
    // What became of each old class, outside and inside the set. The first to come keeps the number.
    var outside = [Int](repeating: -1, count: count)
    var inside = outside
    var count = count
    var turn = 0
    for place in starts.indices {
      while turn < set.turns.count, set.turns[turn] <= starts[place] { turn += 1 }
      let old = Int(classes[place])
      let isInside = turn & 1 == 1
      if (isInside ? inside[old] : outside[old]) < 0 {
        let isFirst = inside[old] < 0 && outside[old] < 0
        if !isFirst, count == limit { return nil }
        let number = isFirst ? old : count
        if !isFirst { count += 1 }
        if isInside { inside[old] = number } else { outside[old] = number }
      }
      classes[place] = UInt8(truncatingIfNeeded: isInside ? inside[old] : outside[old])
    }
    return count
  }

  private static func paged(_ starts: [UInt32], _ classes: [UInt8]) -> ([UInt16], [UInt8]) {
    var index = [UInt16](repeating: 0, count: 0x1100)
    var pages: [UInt8] = []
    var known: [[UInt8]: UInt16] = [:]
    /// The number of the page that is of one class throughout.
    var uniform = [UInt16](repeating: .max, count: 256)
    var stretch = 0
    for page in 0..<0x1100 {
      let base = UInt32(page) << 8
      while stretch + 1 < starts.count, starts[stretch + 1] <= base { stretch += 1 }
      let isUniform = stretch + 1 == starts.count || starts[stretch + 1] >= base + 256
      let kind = Int(classes[stretch])
      if isUniform, uniform[kind] != .max {
        index[page] = uniform[kind]
        continue
      }
      var content = [UInt8](repeating: UInt8(kind), count: 256)
      if !isUniform {
        var here = stretch
        for offset in 0..<256 {
          while here + 1 < starts.count, starts[here + 1] <= base + UInt32(offset) { here += 1 }
          content[offset] = classes[here]
        }
      }
      let number = known[content] ?? UInt16(known.count)
      if known[content] == nil {
        known[content] = number
        pages += content
      }
      if isUniform { uniform[kind] = number }
      index[page] = number
    }
    return (index, pages)
  }

  /// The class of a scalar; what is no scalar has that of U+FFFD.
  subscript(scalar: UInt32) -> UInt8 {
    let scalar = scalar < 0x110000 ? scalar : 0xFFFD
    return pages[Int(index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)]
  }
}
