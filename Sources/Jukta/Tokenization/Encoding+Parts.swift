/// Encodings are cut, joined and padded after the model has seen the text: what tokenizers does in
/// `encoding.rs`, in the same order, so that overflowing parts come out the same.
extension Encoding {
  /// The tokens of `range` alone: no padding, no overflow, no sequences.
  func part(_ range: Range<Int>) -> Encoding {
    var part = Encoding()
    part.ids = Array(ids[range])
    part.typeIDs = Array(typeIDs[range])
    part.tokens = Array(tokens[range])
    part.ranges = Array(ranges[range])
    part.wordIDs = Array(wordIDs[range])
    part.specialTokensMask = Array(specialTokensMask[range])
    return part
  }

  /// Notes that all tokens are of sequence `index`.
  mutating func setSequence(_ index: Int) { sequenceRanges[index] = 0..<count }

  /// Gives all tokens the same type.
  mutating func setTypes(_ typeID: UInt32) {
    typeIDs = [UInt32](repeating: typeID, count: count)
  }

  /// Keeps `length` tokens; the others go to `overflowing`, in parts of that length.
  mutating func truncate(to length: Int, by truncation: Truncation) throws(TruncationError) {
    guard length < count else { return }
    guard length > 0 else {
      let all = self
      self = Encoding()
      overflowing = [all]
      return
    }
    let ranges = try truncation.ranges(of: count, length: length)
    var kept = part(ranges[0])
    kept.overflowing = ranges.dropFirst().map { part($0) }
    self = kept
  }

  /// Appends the tokens of `next`; each overflowing part of either is joined with the other and with
  /// each of its parts.
  mutating func append(contentsOf next: Encoding) {
    var joined: [Encoding] = []
    if !overflowing.isEmpty || !next.overflowing.isEmpty {
      for part in overflowing {
        joined.append(part.joined(with: next))
        for other in next.overflowing { joined.append(part.joined(with: other)) }
      }
      for other in next.overflowing { joined.append(self.joined(with: other)) }
    }
    let start = count
    for (sequence, range) in next.sequenceRanges {
      sequenceRanges[sequence] = start + range.lowerBound..<start + range.upperBound
    }
    if start == 0 {
      ids = next.ids
      typeIDs = next.typeIDs
      tokens = next.tokens
      ranges = next.ranges
      wordIDs = next.wordIDs
      specialTokensMask = next.specialTokensMask
    } else {
      ids += next.ids
      typeIDs += next.typeIDs
      tokens += next.tokens
      ranges += next.ranges
      wordIDs += next.wordIDs
      specialTokensMask += next.specialTokensMask
    }
    overflowing = joined
  }

  private func joined(with next: Encoding) -> Encoding {
    var result = self
    result.append(contentsOf: next)
    return result
  }

  /// Makes room for tokens.
  mutating func reserve(_ count: Int) {
    ids.reserveCapacity(count)
    typeIDs.reserveCapacity(count)
    tokens.reserveCapacity(count)
    ranges.reserveCapacity(count)
    wordIDs.reserveCapacity(count)
    specialTokensMask.reserveCapacity(count)
  }

  /// Appends the tokens of `text`, all of one type; sequences stay as they are.
  mutating func append(tokensOf text: Encoding, typeID: UInt32) {
    ids += text.ids
    typeIDs.append(contentsOf: repeatElement(typeID, count: text.count))
    tokens += text.tokens
    ranges += text.ranges
    wordIDs += text.wordIDs
    specialTokensMask += text.specialTokensMask
  }

  /// Pads this and all that overflows to `length` tokens; longer ones stay as they are.
  mutating func pad(to length: Int, by padding: Padding) {
    for index in overflowing.indices { overflowing[index].pad(to: length, by: padding) }
    let missing = length - count
    guard missing > 0 else { return }
    let place = padding.direction == .left ? 0 : count
    ids.insert(contentsOf: repeatElement(padding.id, count: missing), at: place)
    typeIDs.insert(contentsOf: repeatElement(padding.typeID, count: missing), at: place)
    tokens.insert(contentsOf: repeatElement(padding.token, count: missing), at: place)
    ranges.insert(contentsOf: repeatElement(0..<0, count: missing), at: place)
    wordIDs.insert(contentsOf: repeatElement(nil, count: missing), at: place)
    specialTokensMask.insert(contentsOf: repeatElement(1, count: missing), at: place)
    guard padding.direction == .left else {
      self.padding.after += missing
      return
    }
    self.padding.before += missing
    sequenceRanges = sequenceRanges.mapValues {
      $0.lowerBound + missing..<$0.upperBound + missing
    }
  }
}
