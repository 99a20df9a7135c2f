/// A number for each Unicode scalar, 0 for most: pages of 256 scalars, made when first written.
struct ScalarTable<Element: FixedWidthInteger & Sendable>: Sendable {
  /// Where the page of each 256 scalars starts in `values`; the first page is all zero.
  private var pages = [UInt32](repeating: 0, count: 0x1100)
  private var values: [Element]

  init(repeating zero: Element) { values = [Element](repeating: zero, count: 256) }

  @inline(__always)
  subscript(scalar: UInt32) -> Element {
    get { values[Int(pages[Int(scalar >> 8)]) + Int(scalar & 0xFF)] }
    set {
      if pages[Int(scalar >> 8)] == 0 {
        pages[Int(scalar >> 8)] = UInt32(values.count)
        values += [Element](repeating: 0, count: 256)
      }
      values[Int(pages[Int(scalar >> 8)]) + Int(scalar & 0xFF)] = newValue
    }
  }

  /// The scalars whose number is not 0, ascending.
  var nonzeroScalars: [UInt32] {
    pages.indices.filter { pages[$0] != 0 }.flatMap { page in
      (0..<256 as Range<UInt32>).map { UInt32(page) << 8 | $0 }.filter { self[$0] != 0 }
    }
  }
}

extension ScalarTable<UInt64> {
  /// The sum of all numbers; `UInt64.max` where it is that much or more.
  var sum: UInt64 { nonzeroScalars.reduce(0) { saturatingSum($0, self[$1]) } }
}
