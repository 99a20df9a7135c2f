/// The scratch for cutting one word after another by the longest piece.
///
/// For each place the hashes of all that starts there are taken in one pass, up to the longest piece,
/// and looked up from the longest down: O(*n* · *m*) for *n* bytes and a longest piece of *m*.
///
/// Soundness: places are below `word.count`; `ends` and `hashes` are arrays, checked as such.
struct WordPieceSearch: ~Copyable {
  private var ends: [Int] = []
  private var hashes: [UInt64] = []

  /// Appends the ids of a word to `ids` and the bytes that each covers to `lengths`.
  /// - Returns: whether every id covers just its own length.
  mutating func search(
    _ word: UnsafeBufferPointer<UInt8>, _ model: WordPieceModel, _ ids: inout IDBuffer,
    _ lengths: inout IDBuffer
  ) throws(ModelError) -> Bool {
    let mark = ids.count
    let lengthMark = lengths.count
    var position = Self.isTooLong(word, model.longestWord) ? -1 : 0
    while position >= 0, position < word.count {
      let table = position == 0 ? model.first : model.following
      guard let (id, end) = longest(in: word, from: position, table) else {
        position = -1
        break
      }
      ids.append(id)
      lengths.append(UInt32(truncatingIfNeeded: end - position))
      position = end
    }
    guard position < 0 else { return true }
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

  private mutating func longest(
    in word: UnsafeBufferPointer<UInt8>, from start: Int, _ table: PieceIndex
  ) -> (id: UInt32, end: Int)? {
    ends.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    let limit = min(word.count, start + table.longest)
    var hash = PieceIndex.seed
    var place = start
    while place < limit {
      hash = PieceIndex.hash(hash, word[place])
      place += 1
      if place == word.count || word[place] & 0xC0 != 0x80 {
        ends.append(place)
        hashes.append(hash)
      }
    }
    for index in ends.indices.reversed() {
      let bytes = UnsafeBufferPointer(rebasing: word[start..<ends[index]])
      if let id = table.id(of: bytes, hash: hashes[index]) { return (id, ends[index]) }
    }
    return nil
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
