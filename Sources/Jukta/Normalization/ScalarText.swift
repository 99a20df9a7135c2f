/// A text between two steps: scalars, each with the range of original bytes that it came from.
///
/// This is the plain path, which defines what a pipeline means; the fused scan is measured against
/// it. Every step gives each new scalar the range of one old scalar, by the rules of Hugging Face's
/// `NormalizedString`, so that offsets agree with it:
/// a decomposition shares its source's range, a composition keeps only its base's, a replacement has
/// that of the last character it replaces.
struct ScalarText: Equatable {
  private(set) var scalars: [UInt32] = []
  /// For each scalar, where its range starts and ends in the original, in bytes.
  private(set) var starts: [UInt32] = []
  private(set) var ends: [UInt32] = []

  var count: Int { scalars.count }
  var isEmpty: Bool { scalars.isEmpty }

  init() {}

  /// The text as it stands, `base` bytes into the original.
  init(
    decoding bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>
  ) throws(NormalizationError) {
    try decode(bytes, in: range)
  }

  /// Forgets the text but keeps the memory.
  mutating func removeAll() {
    scalars.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// Becomes the text as it stands.
  mutating func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>
  ) throws(NormalizationError) {
    removeAll()
    var position = range.lowerBound
    while position < range.upperBound {
      guard let (scalar, length) = UTF8Scalars.decode(bytes, at: position) else {
        throw .invalidUTF8(offset: position)
      }
      append(scalar, start: UInt32(position), end: UInt32(position + length))
      position += length
    }
  }

  mutating func append(_ scalar: UInt32, start: UInt32, end: UInt32) {
    scalars.append(scalar)
    starts.append(start)
    ends.append(end)
  }

  /// Appends a scalar with the range of scalar `index` of `other`; before the first one stands the
  /// empty range at the start of the text.
  mutating func append(_ scalar: UInt32, like index: Int, of other: ScalarText) {
    if index < 0 {
      append(scalar, start: 0, end: 0)
    } else {
      append(scalar, start: other.starts[index], end: other.ends[index])
    }
  }

  /// Removes the scalars that `isRemoved` names; the others keep their ranges.
  mutating func removeAll(where isRemoved: (UInt32) -> Bool) {
    var kept = 0
    for index in 0..<count where !isRemoved(scalars[index]) {
      (scalars[kept], starts[kept], ends[kept]) = (scalars[index], starts[index], ends[index])
      kept += 1
    }
    scalars.removeLast(count - kept)
    starts.removeLast(starts.count - kept)
    ends.removeLast(ends.count - kept)
  }

  /// The scalars of a range, each with its own range.
  func slice(_ range: Range<Int>) -> ScalarText {
    var result = ScalarText()
    result.scalars = Array(scalars[range])
    result.starts = Array(starts[range])
    result.ends = Array(ends[range])
    return result
  }

  /// Each scalar replaced by one other, in place.
  mutating func map(_ transform: (UInt32) -> UInt32) {
    for index in 0..<count { scalars[index] = transform(scalars[index]) }
  }

  /// Becomes a text of new scalars, each with its change: 0 stands for the next old scalar, +1 is
  /// inserted beside the one before, −n stands for the next and swallows n more.
  /// - Parameter spare: memory for the new text; afterwards it holds the old one.
  mutating func replaceScalars(by changes: [ScalarChange], spare: inout ScalarText) {
    spare.removeAll()
    var cursor = 0
    for new in changes {
      if new.change > 0 {
        spare.append(new.scalar, like: cursor - 1, of: self)
      } else {
        spare.append(new.scalar, like: cursor, of: self)
        cursor += 1 - new.change
      }
    }
    swap(&self, &spare)
  }

  /// Writes the text as UTF-8, and the way back where it is asked for.
  func write(to output: inout ByteBuffer, start: Int, alignment: inout Alignment?) {
    for index in 0..<count {
      if alignment != nil {
        let span = Int(starts[index])..<Int(ends[index])
        if span.count == UTF8Scalars.length(of: scalars[index]) {
          alignment?.appendCopy(normalized: output.count - start, original: span.lowerBound)
        } else {
          alignment?.appendBlock(normalized: output.count - start, original: span)
        }
      }
      UTF8Scalars.append(scalars[index], to: &output)
    }
  }
}

/// A new scalar and what it stands for among the old ones; see `ScalarText.replaceScalars(by:spare:)`.
struct ScalarChange: Equatable {
  var scalar: UInt32
  var change: Int
}
