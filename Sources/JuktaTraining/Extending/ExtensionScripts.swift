internal import Jukta

/// The characters that new pieces may be made of, so that all other text keeps its ids.
///
/// A new piece can change an encoding only where its text stands. If every character of each new piece
/// is in this set, a text without such characters keeps its ids, whatever was learned.
public struct ExtensionScripts: Sendable, Equatable {
  /// Ranges of scalars, in ascending order; empty for all scalars.
  let ranges: [ClosedRange<UInt32>]
  /// The name, as `named` takes it.
  public let name: String

  private init(_ name: String, _ ranges: [ClosedRange<UInt32>]) {
    self.name = name
    self.ranges = ranges
  }

  /// Bengali's block, ZWNJ, ZWJ, । and ॥.
  public static let bengali = ExtensionScripts(
    "bengali", [0x0964...0x0965, 0x0980...0x09FF, 0x200C...0x200D])
  /// No limit: new pieces wherever they pay, and other text may change its ids.
  public static let all = ExtensionScripts("all", [])

  /// The blocks of scripts that are asked for by name, beside what they share.
  private static let blocks: [(name: String, ranges: [ClosedRange<UInt32>])] = [
    ("arabic", [0x0600...0x06FF, 0x0750...0x077F, 0x08A0...0x08FF]),
    ("bengali", bengali.ranges),
    ("cyrillic", [0x0400...0x052F]),
    ("devanagari", [0x0900...0x097F, 0xA8E0...0xA8FF]),
    ("gujarati", [0x0A80...0x0AFF]),
    ("gurmukhi", [0x0A00...0x0A7F]),
    ("kannada", [0x0C80...0x0CFF]),
    (
      "latin", [0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x024F, 0x1E00...0x1EFF]
    ),
    ("malayalam", [0x0D00...0x0D7F]),
    ("meetei", [0xAAE0...0xAAFF, 0xABC0...0xABFF]),
    ("ol-chiki", [0x1C50...0x1C7F]),
    ("oriya", [0x0B00...0x0B7F]),
    ("sinhala", [0x0D80...0x0DFF]),
    ("tamil", [0x0B80...0x0BFF]),
    ("telugu", [0x0C00...0x0C7F]),
  ]

  /// The names that `named` knows.
  public static var names: [String] { ["all"] + blocks.map(\.name) }

  /// The scripts of these names; nil where one is not known.
  public static func named(_ names: [String]) -> ExtensionScripts? {
    let names = names.map { $0.lowercased() }
    if names.contains("all") { return .all }
    var ranges: [ClosedRange<UInt32>] = []
    for name in names {
      guard let block = blocks.first(where: { $0.name == name }) else { return nil }
      ranges += block.ranges
    }
    guard !ranges.isEmpty else { return nil }
    ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    return ExtensionScripts(Set(names).sorted().joined(separator: ","), ranges)
  }

  /// Whether there is no limit.
  var isUnlimited: Bool { ranges.isEmpty }

  /// Whether a new piece may hold a character.
  func contains(_ scalar: UInt32) -> Bool {
    isUnlimited || ranges.contains { $0.contains(scalar) }
  }
}

/// Which pieces may be new: made of the allowed characters, with at most one mark for a space at one
/// end.
struct PieceRule: Sendable {
  let scripts: ExtensionScripts
  /// Whether a piece's text is bytes, and a space is a space; else a space is ▁.
  let isByteLevel: Bool
  /// Whether ▁ stands behind words.
  var marksEnds = false

  /// ▁ in UTF-8.
  static let mark: [UInt8] = [0xE2, 0x96, 0x81]

  /// Whether `text` (of byte-level models, bytes that are not spelled out) may be a piece.
  func allows(_ text: ArraySlice<UInt8>) -> Bool {
    guard !scripts.isUnlimited else { return true }
    var text = text
    if isByteLevel {
      if text.first == 0x20 { text.removeFirst() }
    } else if marksEnds {
      if text.suffix(3).elementsEqual(Self.mark) { text.removeLast(3) }
    } else if text.starts(with: Self.mark) {
      text.removeFirst(3)
    }
    guard !text.isEmpty else { return false }
    return allowsCharacters(text)
  }

  /// Whether all of `text` is allowed characters; of bytes, the last one may be the beginning of some
  /// that are all allowed, and its first byte alone is never enough.
  private func allowsCharacters(_ text: ArraySlice<UInt8>) -> Bool {
    var place = text.startIndex
    while place < text.endIndex {
      let length = Self.length(text[place])
      guard length > 0 else { return false }
      if place + length > text.endIndex {
        return isByteLevel && allowsBeginning(text[place...], of: length)
      }
      var scalar =
        length == 1 ? UInt32(text[place]) : UInt32(text[place]) & (0x7F >> UInt32(length))
      for byte in text[place + 1..<place + length] {
        guard byte & 0xC0 == 0x80 else { return false }
        scalar = scalar << 6 | UInt32(byte & 0x3F)
      }
      guard scripts.contains(scalar) else { return false }
      place += length
    }
    return true
  }

  /// Whether whatever begins with these bytes is allowed, so that joining them touches nothing else.
  ///
  /// E0 A5 is let through where । is: it could not be built otherwise, and three ids a sentence are
  /// dear. Devanagari's second half shares those bytes: its text says the same in fewer ids then.
  private func allowsBeginning(_ bytes: ArraySlice<UInt8>, of length: Int) -> Bool {
    guard bytes.count >= 2, length == 3 else { return false }
    var low = UInt32(bytes[bytes.startIndex] & 0x0F)
    for byte in bytes.dropFirst() {
      guard byte & 0xC0 == 0x80 else { return false }
      low = low << 6 | UInt32(byte & 0x3F)
    }
    let missing = length - bytes.count
    low <<= UInt32(6 * missing)
    let high = low + (1 << UInt32(6 * missing)) - 1
    if bytes.elementsEqual([0xE0, 0xA5]), scripts.contains(0x0964) { return true }
    return scripts.ranges.contains { $0.lowerBound <= low && high <= $0.upperBound }
  }

  /// The bytes of a character, by its first one; 0 for none.
  private static func length(_ first: UInt8) -> Int {
    switch first {
    case 0..<0x80: 1
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 0
    }
  }
}
