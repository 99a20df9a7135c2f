/// The scan over a `FusedTable`.
///
/// Soundness: every read of `bytes` is at a position below `bytes.count`, checked in the same
/// expression or by the loop; `classes` is indexed by a scalar below 0x10000 and holds 0x10000
/// entries; `transitions` is indexed by two classes below `classCount`. Bytes that are not UTF-8 never reach the tables: they go to the slow path, which reports them.
extension FusedTable {
  /// Appends the normal form of `bytes`; normalised offsets count from `start` in `output`.
  /// - Returns: the pages that the text would have been faster with.
  func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, _ pages: borrowing FusedPages, start: Int,
    into output: inout ByteBuffer, alignment: inout Alignment?, plain: PlainPipeline
  ) throws(NormalizationError) -> FusedPages.PageSet {
    var failure: NormalizationError?
    var missing = FusedPages.PageSet()
    pages.classes.withUnsafeBufferPointer { classes in
      transitions.withUnsafeBufferPointer { transitions in
        do throws(NormalizationError) {
          try scan(
            bytes, classes, transitions, pages, start: start, into: &output,
            alignment: &alignment, plain: plain, missing: &missing)
        } catch {
          failure = error
        }
      }
    }
    if let failure { throw failure }
    return missing
  }

  private func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ transitions: UnsafeBufferPointer<UInt8>, _ pages: borrowing FusedPages, start: Int,
    into output: inout ByteBuffer, alignment: inout Alignment?, plain: PlainPipeline,
    missing: inout FusedPages.PageSet
  ) throws(NormalizationError) {
    output.reserve(bytes.count + bytes.count / 8 + 16)
    var run = 0  // what lies before it has been written
    var position = 0
    var state: UInt8 = 0
    var lastFixed = (position: -1, output: 0)
    while true {
      let stop = Self.skip(bytes, classes, transitions, from: position, state: &state)
      guard stop < bytes.count else { break }
      let (scalar, length) = UTF8Scalars.decode(bytes, at: stop) ?? (0xFFFF, 0)
      if let packed = fixedReplacement(of: scalar, classes, pages) {
        // Where a slow stop that follows may have to take the output back to.
        let left = scalar == 0x3A ? boundary(before: stop, bytes, classes) : stop
        if left >= run {
          flush(bytes, run..<left, start: start, into: &output, alignment: &alignment)
          lastFixed = (left, output.count)
          run = left
        }
        flush(bytes, run..<stop, start: start, into: &output, alignment: &alignment)
        write(packed, for: stop..<stop + length, start, into: &output, alignment: &alignment)
        position = stop + length
        run = position
        // A colon after a colon is not after a Bengali scalar, whatever the first one became.
        state = scalar == 0x3A ? Class.other : Self.state(after: packed)
        continue
      }
      let left = boundary(before: stop, bytes, classes)
      let right = boundary(after: stop, bytes, classes, pages, missing: &missing)
      if left >= run {
        flush(bytes, run..<left, start: start, into: &output, alignment: &alignment)
      } else {
        // The boundary is the fixed scalar just written: take it back.
        assert(left == lastFixed.position)
        output.truncate(to: lastFixed.output)
        alignment?.truncate(to: lastFixed.output - start)
      }
      try plain.run(bytes, left..<right, start: start, into: &output, alignment: &alignment)
      position = right
      run = right
      state = Class.other
    }
    flush(bytes, run..<bytes.count, start: start, into: &output, alignment: &alignment)
  }

  /// Walks over what is copied as it stands; gives the first place where the scan must look closer.
  @inline(__always)
  private static func skip(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ transitions: UnsafeBufferPointer<UInt8>, from: Int, state: inout UInt8
  ) -> Int {
    var position = from
    var current = Int(state)
    let count = bytes.count
    while position < count {
      let lead = UInt32(bytes[position])
      var scalar = lead
      var length = 1
      if lead >= 0x80 {
        if lead & 0xF0 == 0xE0, position + 2 < count {
          let second = UInt32(bytes[position + 1]) ^ 0x80
          let third = UInt32(bytes[position + 2]) ^ 0x80
          scalar = (lead & 0x0F) << 12 | second << 6 | third
          guard second | third < 0x40, scalar >= 0x800 else { break }
          length = 3
        } else if lead & 0xE0 == 0xC0, position + 1 < count {
          let second = UInt32(bytes[position + 1]) ^ 0x80
          scalar = (lead & 0x1F) << 6 | second
          guard second < 0x40, scalar >= 0x80 else { break }
          length = 2
        } else {
          break
        }
      }
      let next = transitions[current &* classCount &+ Int(classes[Int(scalar)])]
      if next == stop { break }
      current = Int(next)
      position &+= length
    }
    state = UInt8(truncatingIfNeeded: current)
    return position
  }

  @inline(__always)
  private func fixedReplacement(
    of scalar: UInt32, _ classes: UnsafeBufferPointer<UInt8>, _ pages: borrowing FusedPages
  ) -> UInt64? {
    guard scalar < 0x10000 else { return nil }
    if classes[Int(scalar)] == Class.fixed {
      return pages.replacements[UInt16(truncatingIfNeeded: scalar)]
    }
    return scalar == 0x3A ? colonReplacement : nil
  }

  /// The class that stands for a replacement's last scalar: of the Bengali block or not.
  private static func state(after packed: UInt64) -> UInt8 {
    let count = Int(packed >> 56)
    guard count >= 3 else { return Class.other }
    let lead = UInt8(truncatingIfNeeded: packed >> (8 * UInt64(count - 3)))
    let second = UInt8(truncatingIfNeeded: packed >> (8 * UInt64(count - 2)))
    return lead == 0xE0 && (second == 0xA6 || second == 0xA7) ? Class.bengali : Class.other
  }

  @inline(__always)
  private func write(
    _ packed: UInt64, for original: Range<Int>, _ start: Int, into output: inout ByteBuffer,
    alignment: inout Alignment?
  ) {
    let count = Int(packed >> 56)
    if alignment != nil {
      if count == original.count {
        alignment?.appendCopy(normalized: output.count - start, original: original.lowerBound)
      } else {
        alignment?.appendBlock(normalized: output.count - start, original: original)
      }
    }
    output.appendUninitialized(atMost: 8) { tail in
      UnsafeMutableRawPointer(tail).storeBytes(of: packed.littleEndian, as: UInt64.self)
      return count
    }
  }

  @inline(__always)
  private func flush(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, start: Int,
    into output: inout ByteBuffer, alignment: inout Alignment?
  ) {
    guard !range.isEmpty else { return }
    if alignment != nil {
      alignment?.appendCopy(normalized: output.count - start, original: range.lowerBound)
    }
    output.append(UnsafeBufferPointer(rebasing: bytes[range]))
  }

  /// The start of the nearest boundary scalar before `stop`, or of the text.
  private func boundary(
    before stop: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>
  ) -> Int {
    var position = stop
    while position > 0 {
      position -= 1
      while position > 0, bytes[position] & 0xC0 == 0x80 { position -= 1 }
      guard let (scalar, _) = UTF8Scalars.decode(bytes, at: position) else { continue }
      if scalar < 0x10000, isBoundary[Int(classes[Int(scalar)])] { return position }
    }
    return 0
  }

  /// The start of the nearest boundary scalar after the one at `stop`, or the end of the text.
  private func boundary(
    after stop: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ pages: borrowing FusedPages, missing: inout FusedPages.PageSet
  ) -> Int {
    var position = stop
    while position < bytes.count {
      // A byte that is no UTF-8 is stepped over here and reported by the plain pipeline.
      guard let (scalar, length) = UTF8Scalars.decode(bytes, at: position) else {
        position += 1
        continue
      }
      if position > stop, scalar < 0x10000, isBoundary[Int(classes[Int(scalar)])] {
        return position
      }
      if scalar < 0x10000, !pages.knows(scalar) {
        missing.insert(UInt8(truncatingIfNeeded: scalar >> 8))
      }
      position += length
    }
    return bytes.count
  }
}
