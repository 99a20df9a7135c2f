/// Ids in the making, and what each covers.
struct SentencePieceOutput: ~Copyable {
  /// The ids so far.
  var ids = IDBuffer()
  /// Where asked for: the bytes of normalised text that each id covers. The bytes of a character that
  /// no piece covers have the top bit set but for the last, and each has the character's length.
  var lengths = IDBuffer()
  /// Whether `lengths` is wanted.
  var hasLengths = false
  /// Whether the last id stands for unknown text, so that more of it joins in.
  private var isOpen = false

  mutating func removeAll() {
    ids.removeAll()
    lengths.removeAll()
    isOpen = false
  }

  /// Appends a piece.
  @inline(__always)
  mutating func append(_ id: UInt32, length: Int) {
    ids.append(id)
    if hasLengths { lengths.append(UInt32(truncatingIfNeeded: length)) }
    isOpen = false
  }

  /// Notes that pieces were put into `ids` from outside.
  @inline(__always)
  mutating func noteKnown() { isOpen = false }

  /// Appends text that no piece covers: its bytes, or the unknown id, once for neighbours.
  @inline(never)
  mutating func appendUnknown(
    _ text: UnsafeBufferPointer<UInt8>, _ vocabulary: SentencePieceVocabulary
  ) {
    let length = UInt32(truncatingIfNeeded: text.count)
    guard vocabulary.byteIDs.isEmpty else {
      for (index, byte) in text.enumerated() {
        ids.append(vocabulary.byteIDs[Int(byte)])
        if hasLengths { lengths.append(index + 1 < text.count ? length | 1 << 31 : length) }
      }
      isOpen = false
      return
    }
    if isOpen {
      if hasLengths { lengths.extendLast(by: length) }
      return
    }
    // A vocabulary without byte pieces has an unknown piece.
    ids.append(vocabulary.unknownID ?? 0)
    if hasLengths { lengths.append(length) }
    isOpen = true
  }
}
