/// One byte for each scalar that says all that the boundary machines ask: the grapheme break class
/// and the Bengali class, joined to a dense number.
///
/// Layout: two stages. `index[scalar >> 8]` is the number of a page of 256 classes; equal pages are
/// stored once, so Bengali and ASCII text touches three of them.
struct ScalarClassTable: Sendable {
  /// How many columns the machines have; there are fewer classes than this.
  static let width = 64

  let index: [UInt8]
  let pages: [UInt8]
  /// What each class stands for.
  let kinds: [Kind]
  /// What a byte that is not UTF-8 counts as: U+FFFD.
  let replacement: UInt8

  /// The two classes behind a dense number.
  struct Kind: Hashable, Sendable {
    var grapheme: GraphemeBreakClass
    var bengali: BengaliClass
  }

  static let shared = ScalarClassTable()

  private init() {
    var numbers: [Kind: UInt8] = [:]
    var kinds: [Kind] = []
    func number(_ kind: Kind) -> UInt8 {
      if let known = numbers[kind] { return known }
      numbers[kind] = UInt8(kinds.count)
      kinds.append(kind)
      return UInt8(kinds.count - 1)
    }
    var pageNumbers: [[UInt8]: UInt8] = [:]
    var index: [UInt8] = []
    var pages: [UInt8] = []
    var run = 0
    for page in 0..<0x1100 {
      let classes = (0..<256).map { offset in
        let scalar = UInt32(page << 8 | offset)
        while run + 1 < graphemeBreakRuns.count, graphemeBreakRuns[run + 1] >> 6 <= scalar {
          run += 1
        }
        let value = graphemeBreakRuns[run]
        let bengali = BengaliClass(scalar, isMark: value & 32 != 0)
        let grapheme = GraphemeBreakClass(rawValue: UInt8(value & 31)) ?? .any
        return number(Kind(grapheme: grapheme, bengali: bengali))
      }
      let place = pageNumbers[classes] ?? UInt8(pageNumbers.count)
      if pageNumbers[classes] == nil {
        pageNumbers[classes] = place
        pages += classes
      }
      index.append(place)
    }
    precondition(kinds.count <= Self.width)
    replacement = number(Kind(grapheme: .any, bengali: .other))
    (self.index, self.pages, self.kinds) = (index, pages, kinds)
  }

  /// The classes of one scalar.
  func kind(of scalar: UInt32) -> Kind {
    guard scalar < 0x110000 else { return kinds[Int(replacement)] }
    return kinds[Int(pages[Int(index[Int(scalar >> 8)]) << 8 | Int(scalar & 255)])]
  }
}
