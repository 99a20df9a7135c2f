/// The scratch for cutting one word after another by the longest piece.
///
/// A walk through the trie of all pieces from each place, the last end being kept: O(*n* · *m*) for *n*
/// characters and a longest piece of *m*. Pieces that follow are found from where their prefix leads to,
/// so that one trie serves both.
///
/// Soundness: places are below `word.count`; the trie's own bounds: see `ScalarTrie`.
struct WordPieceSearch: ~Copyable {
  /// Appends the ids of a word to `ids` and the bytes that each covers to `lengths`.
  /// - Returns: whether every id covers just its own length.
  mutating func search(
    _ word: UnsafeBufferPointer<UInt8>, _ model: WordPieceModel, _ ids: inout IDBuffer,
    _ lengths: inout IDBuffer
  ) throws(ModelError) -> Bool {
    let mark = ids.count
    let lengthMark = lengths.count
    var isKnown = !Self.isTooLong(word, model.longestWord)
    var position = 0
    while isKnown, position < word.count {
      guard let root = position == 0 ? 0 : model.following,
        let (id, end) = Self.longest(in: word, from: position, root, model.trie)
      else {
        isKnown = false
        break
      }
      ids.append(id)
      lengths.append(UInt32(truncatingIfNeeded: end - position))
      position = end
    }
    if isKnown { return true }
    ids.truncate(to: mark)
    lengths.truncate(to: lengthMark)
    guard let unknown = model.unknownID else {
      throw .unknownTokenNotInVocabulary(model.unknownToken)
    }
    ids.append(unknown)
    lengths.append(UInt32(truncatingIfNeeded: word.count))
    return false
  }

  private static func isTooLong(_ word: UnsafeBufferPointer<UInt8>, _ limit: Int) -> Bool {
    guard word.count > limit else { return false }
    var characters = 0
    for byte in word where byte & 0xC0 != 0x80 { characters += 1 }
    return characters > limit
  }

  @inline(__always)
  private static func longest(
    in word: UnsafeBufferPointer<UInt8>, from start: Int, _ root: UInt32, _ trie: ScalarTrie
  ) -> (id: UInt32, end: Int)? {
    var found: (id: UInt32, end: Int)?
    trie.units.withUnsafeBufferPointer { units in
      var unit = root
      var place = start
      while place < word.count, let (scalar, length) = UTF8Scalars.decode(word, at: place) {
        let symbol = UInt32(trie.symbol(of: scalar))
        let next = (units[Int(unit)].base & ~ScalarTrie.valueBit) &+ symbol
        guard symbol != 0, units[Int(next)].check == unit else { return }
        unit = next
        place += length
        if units[Int(unit)].base & ScalarTrie.valueBit != 0 { found = (trie.ids[Int(unit)], place) }
      }
    }
    return found
  }
}

extension WordLevelModel {
  /// Appends the id of a word to `ids` and its length to `lengths`.
  /// - Returns: whether it is known.
  func search(
    _ word: UnsafeBufferPointer<UInt8>, _ ids: inout IDBuffer, _ lengths: inout IDBuffer
  ) throws(ModelError) -> Bool {
    let known = table.id(of: word)
    guard let id = known ?? unknownID else { throw .unknownTokenNotInVocabulary(unknownToken) }
    ids.append(id)
    lengths.append(UInt32(truncatingIfNeeded: word.count))
    return known != nil
  }
}
