/// A map from strings to strings as SentencePiece compiles it into a model
/// (`precompiled_charsmap`): what a normaliser replaces.
///
///     let map = try PrecompiledMap(model.normalizer.precompiledMap)
///
/// Little-endian: four bytes for the size *T* of the double array in bytes, *T* bytes of units, and
/// the targets, each ended by a NUL; a key's value is the offset of its target among them.
public struct PrecompiledMap: Sendable, Equatable {
  /// The keys.
  let trie: DoubleArray
  /// The targets, each ended by a NUL.
  let targets: [UInt8]

  /// Reads a map and checks all of it: lengths, every unit, every value, and that targets are UTF-8.
  public init(_ bytes: [UInt8]) throws(PrecompiledMapError) {
    func fault(_ offset: Int, _ reason: String) -> PrecompiledMapError {
      PrecompiledMapError(offset: offset, reason: reason)
    }
    guard bytes.count > 4 else {
      throw fault(0, "\(bytes.count) bytes are too few for a map")
    }
    let size = Int(Self.word(bytes, 0))
    guard size >= 1024, size % 1024 == 0, size < bytes.count - 4 else {
      throw fault(0, "a double array of \(size) bytes in a map of \(bytes.count)")
    }
    guard bytes.last == 0 else { throw fault(bytes.count - 1, "the last target has no end") }
    let units = (0..<size / 4).map { Self.word(bytes, 4 + 4 * $0) }
    let pool = Array(bytes[(4 + size)...])
    if let invalid = UTF8Check.firstInvalid(pool.span) {
      throw fault(4 + size + invalid, "a target is not UTF-8")
    }
    for (index, unit) in units.enumerated() where DoubleArray.isValue(unit) {
      let value = Int(DoubleArray.value(unit))
      guard value >= pool.count || pool[value] & 0xC0 != 0x80 else {
        throw fault(4 + 4 * index, "the value points into a character")
      }
    }
    do throws(DoubleArray.Fault) {
      trie = try DoubleArray(validating: units, valueLimit: pool.count)
    } catch {
      throw fault(4 + 4 * error.unit, error.reason)
    }
    targets = pool
  }

  private static func word(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
    var word: UInt32 = 0
    for index in (offset..<offset + 4).reversed() { word = word << 8 | UInt32(bytes[index]) }
    return word
  }

  /// The map in the form of the file.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 + 4 * trie.units.count + targets.count)
    for word in [UInt32(4 * trie.units.count)] + trie.units {
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes + targets
  }

  /// Where the target of a value stands in `targets`.
  @inline(__always)
  func target(_ value: UInt32) -> Range<Int> {
    let start = Int(value)
    var end = start
    while targets[end] != 0 { end += 1 }
    return start..<end
  }

  /// The longest key that `bytes` starts with from `position` on, and its target in `targets`.
  @inline(__always)
  func longestPrefix(
    of bytes: UnsafeBufferPointer<UInt8>, from position: Int
  ) -> (length: Int, target: Range<Int>)? {
    guard let found = trie.longestPrefix(of: bytes, from: position) else { return nil }
    return (found.length, target(found.value))
  }
}
