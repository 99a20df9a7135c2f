/// A coarse class of a scalar, for the rules that keep scripts and numbers apart.
enum ScriptClass: Equatable {
  /// Joins whatever precedes it: joiners, combining marks of no script.
  case inherited
  /// A decimal digit.
  case digit
  /// Punctuation, symbols, spaces.
  case common
  /// A letter or sign of the script with this number.
  case script(UInt32)

  init(_ scalar: UInt32) {
    switch scalar {
    case 0x30...0x39, 0xFF10...0xFF19, 0x966...0x96F, 0x9E6...0x9EF: self = .digit
    case 0x200C, 0x200D, 0x300...0x36F, 0x951...0x954, 0xFE00...0xFE0F: self = .inherited
    case 0x964, 0x965: self = .common
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF,
      0x1E00...0x1EFF, 0xFF21...0xFF3A, 0xFF41...0xFF5A:
      self = .script(1)
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .script(2)
    case 0x400...0x52F: self = .script(3)
    case 0x590...0x5FF: self = .script(4)
    case 0x600...0x6FF, 0x750...0x77F: self = .script(5)
    // The Indic blocks are 128 scalars each, one script a block.
    case 0x900...0xDFF: self = .script(scalar & ~0x7F)
    case 0xE00...0xE7F: self = .script(6)
    case 0xAC00...0xD7A3, 0x1100...0x11FF: self = .script(7)
    // Han, Hiragana and Katakana stand together in Japanese words.
    case 0x3041...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: self = .script(8)
    default: self = .common
    }
  }
}

/// Finds the places inside a word that no piece may reach across.
struct BoundaryScanner {
  private let rules: PieceBoundaries
  private var previous: ScriptClass?
  private var previousIsMarker = false

  static let wordMarker: UInt32 = 0x2581

  init(_ rules: PieceBoundaries) { self.rules = rules }

  mutating func startWord() {
    previous = nil
    previousIsMarker = false
  }

  /// Whether a boundary lies before `scalar`, the next of the word.
  mutating func cuts(before scalar: UInt32) -> Bool {
    if scalar == Self.wordMarker {
      let starts = rules.contains(.wordMarkers) && (previous != nil || previousIsMarker)
      previous = rules.contains(.wordMarkers) ? nil : previous
      previousIsMarker = true
      return starts
    }
    let own = ScriptClass(scalar)
    defer {
      if own != .inherited { previous = own }
      previousIsMarker = false
    }
    if rules.contains(.digits), own == .digit || (previous == .digit && own != .inherited) {
      return previous != nil || previousIsMarker
    }
    guard let previous, own != .inherited else { return false }
    if rules.contains(.numbers), (own == .digit) != (previous == .digit) { return true }
    if rules.contains(.scripts), own != .digit, previous != .digit { return own != previous }
    return false
  }
}
