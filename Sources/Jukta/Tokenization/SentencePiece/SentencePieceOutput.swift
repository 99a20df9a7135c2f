/// Ids in the making, and what each covers.
struct SentencePieceOutput: ~Copyable {
  /// The ids so far.
  var ids = IDBuffer()
  /// Where an id stands for text that no piece covers: its index, then the bytes of normalised text.
  /// Of a character in bytes all but the last have the top bit set, and each has the character's length.
  /// Every other id covers what its piece holds, so a word from a cache has nothing to note.
  private(set) var unknown = IDBuffer(capacity: 64)
  /// Whether the last id stands for unknown text, so that more of it joins in.
  private var isOpen = false

  mutating func removeAll() {
    ids.removeAll()
    unknown.removeAll()
    isOpen = false
  }

  /// Appends a piece.
  @inline(__always)
  mutating func append(_ id: UInt32) {
    ids.append(id)
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
        append(
          unknown: vocabulary.byteIDs[Int(byte)],
          index + 1 < text.count ? length | Self.inside : length)
      }
      isOpen = false
      return
    }
    if isOpen { return unknown.extendLast(by: length) }
    // A vocabulary without byte pieces has an unknown piece.
    append(unknown: vocabulary.unknownID ?? 0, length)
    isOpen = true
  }

  private mutating func append(unknown id: UInt32, _ length: UInt32) {
    unknown.append(UInt32(truncatingIfNeeded: ids.count))
    unknown.append(length)
    ids.append(id)
  }

  /// Marks the length of a byte that is not its character's last.
  static let inside: UInt32 = 1 << 31

  /// Hands out each id's length in order: that of its piece, or what was noted; `body` says which.
  @inline(__always)
  borrowing func forEachLength(
    _ vocabulary: SentencePieceVocabulary, _ body: (_ index: Int, _ length: UInt32) -> Void
  ) {
    let ids = ids.ids(from: 0)
    let noted = unknown.ids(from: 0)
    vocabulary.shortLengths.withUnsafeBufferPointer { lengths in
      var index = 0
      var next = 0
      while index < ids.count {
        let stop = next < noted.count ? Int(noted[next]) : ids.count
        while index < stop {
          let length = UInt32(lengths[Int(ids[index])])
          body(index, length < 255 ? length : vocabulary.lengths[Int(ids[index])])
          index &+= 1
        }
        guard next < noted.count else { return }
        body(index, noted[next + 1])
        index &+= 1
        next &+= 2
      }
    }
  }
}
