/// The scan of `SentencePieceNormalizer`: copies runs, and looks closer where `RuleStarts` says so.
///
/// Soundness: every read of `bytes` is at a position below `bytes.count`, checked in the same
/// expression or by the loop; `classes` holds 0x10000 entries and is indexed by scalars below that;
/// targets are ranges of the map's own pool, and the pool ends with a NUL.
extension SentencePieceNormalizer {
  /// What one step makes of the text at its place.
  private enum Step {
    /// The bytes themselves: a character that no rule begins.
    case character
    /// The bytes themselves, whatever is in them.
    case symbol
    /// A range of the map's targets.
    case target(Range<Int>)
    /// U+FFFD for one byte that is no UTF-8.
    case replacement
  }

  /// Where the scan is.
  private struct State {
    /// What lies before it has been written.
    var run = 0
    /// Whether a space that comes now would be one too many.
    var isAfterSpace: Bool
    /// Where the result starts in the output.
    let start: Int
  }

  func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer,
    alignment: inout Alignment?
  ) {
    starts.classes.withUnsafeBufferPointer {
      scan(bytes, $0, into: &output, alignment: &alignment)
    }
  }

  private func scan(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    into output: inout ByteBuffer, alignment: inout Alignment?
  ) {
    var position = options.removesExtraWhitespace ? leadingSpaces(bytes) : 0
    guard position < bytes.count else { return }
    output.reserve(bytes.count + bytes.count / 4 + 16)
    var state = State(
      run: position, isAfterSpace: options.removesExtraWhitespace, start: output.count)
    if options.addsDummyPrefix, !options.treatsWhitespaceAsSuffix {
      writeSpace(for: position..<position, state, &output, &alignment)
    }
    while true {
      let stop = Self.skip(bytes, classes, from: position)
      guard stop < bytes.count else { break }
      if bytes[stop] == 0x20, classes[0x20] == RuleStarts.space {
        flush(bytes, upTo: stop, &state, &output, &alignment)
        if !state.isAfterSpace {
          writeSpace(for: stop..<stop + 1, state, &output, &alignment)
          state.isAfterSpace = options.removesExtraWhitespace
        }
        position = stop + 1
        state.run = position
      } else {
        position = look(bytes, at: stop, &state, &output, &alignment)
      }
      // What is behind would be refused anyway.
      guard alignment == nil || output.count - state.start < Self.longest else { return }
    }
    flush(bytes, upTo: bytes.count, &state, &output, &alignment)
    finish(consumed: bytes.count, state, &output, &alignment)
  }

  /// Walks over what is copied as it stands; gives the first place where a rule may match.
  @inline(__always)
  private static func skip(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>, from: Int
  ) -> Int {
    let count = bytes.count
    var position = from
    var last = from
    var before: UInt8 = 0
    while position < count {
      let lead = UInt32(bytes[position])
      var scalar = lead
      var length = 1
      if lead >= 0x80 {
        if lead & 0xF0 == 0xE0, position + 2 < count {
          let second = UInt32(bytes[position + 1]) ^ 0x80
          let third = UInt32(bytes[position + 2]) ^ 0x80
          scalar = (lead & 0x0F) << 12 | second << 6 | third
          // Overlong forms and surrogates are not UTF-8.
          guard second | third < 0x40, scalar >= 0x800, scalar & 0xF800 != 0xD800 else { break }
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
      let own = classes[Int(scalar)]
      if (before << 1) & own & RuleStarts.goesOn != 0 { return last }
      if own & (RuleStarts.alone | RuleStarts.space) != 0 { return position }
      before = own
      last = position
      position &+= length
    }
    // A key may go on with what has no class.
    return position < count && before & RuleStarts.longer != 0 ? last : position
  }

  /// One step where a rule may match; gives where the next one starts.
  @inline(never)
  private func look(
    _ bytes: UnsafeBufferPointer<UInt8>, at stop: Int, _ state: inout State,
    _ output: inout ByteBuffer, _ alignment: inout Alignment?
  ) -> Int {
    let (step, length) = step(bytes, at: stop)
    let end = stop + length
    if case .character = step, bytes[stop] != 0x20 { return end }
    flush(bytes, upTo: stop, &state, &output, &alignment)
    switch step {
    case .character, .symbol:
      let text = UnsafeBufferPointer(rebasing: bytes[stop..<end])
      emit(text, for: stop..<end, &state, &output, &alignment)
    case .target(let range):
      map?.targets.withUnsafeBufferPointer {
        let text = UnsafeBufferPointer(rebasing: $0[range])
        emit(text, for: stop..<end, &state, &output, &alignment)
      }
    case .replacement:
      alignment?.appendBlock(normalized: output.count - state.start, original: stop..<end)
      UTF8Scalars.append(0xFFFD, to: &output)
      state.isAfterSpace = false
    }
    state.run = end
    return end
  }

  /// What is at `position`, and how many bytes of the text it takes.
  private func step(
    _ bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (step: Step, length: Int) {
    if let symbol = symbols?.longestPrefix(of: bytes, from: position) {
      return (.symbol, symbol.length)
    }
    if let found = map?.longestPrefix(of: bytes, from: position) {
      return (.target(found.target), found.length)
    }
    guard let (_, length) = UTF8Scalars.decode(bytes, at: position) else {
      return (.replacement, 1)
    }
    return (.character, length)
  }

  /// How many bytes at the front become nothing but single spaces.
  private func leadingSpaces(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var position = 0
    while position < bytes.count {
      let (step, length) = step(bytes, at: position)
      switch step {
      case .character, .symbol:
        guard length == 1, bytes[position] == 0x20 else { return position }
      case .target(let range):
        guard range.count == 1, map?.targets[range.lowerBound] == 0x20 else { return position }
      case .replacement: return position
      }
      position += length
    }
    return position
  }

  /// Copies the run before `end`; it holds no space that anything happens to.
  @inline(__always)
  private func flush(
    _ bytes: UnsafeBufferPointer<UInt8>, upTo end: Int, _ state: inout State,
    _ output: inout ByteBuffer, _ alignment: inout Alignment?
  ) {
    guard end > state.run else { return }
    if alignment != nil {
      alignment?.appendCopy(normalized: output.count - state.start, original: state.run)
    }
    output.append(UnsafeBufferPointer(rebasing: bytes[state.run..<end]))
    state.isAfterSpace = false
  }

  /// Writes what a step made of `original`; spaces in it as spaces.
  private func emit(
    _ text: UnsafeBufferPointer<UInt8>, for original: Range<Int>, _ state: inout State,
    _ output: inout ByteBuffer, _ alignment: inout Alignment?
  ) {
    var rest = text[...]
    if state.isAfterSpace { rest = rest.drop { $0 == 0x20 } }
    guard let last = rest.last else { return }
    if alignment != nil {
      alignment?.appendBlock(normalized: output.count - state.start, original: original)
    }
    for byte in rest {
      if byte == 0x20, options.escapesWhitespace {
        Self.writeMark(&output)
      } else {
        output.append(byte)
      }
    }
    state.isAfterSpace = options.removesExtraWhitespace && last == 0x20
  }

  @inline(__always)
  private func writeSpace(
    for original: Range<Int>, _ state: State, _ output: inout ByteBuffer,
    _ alignment: inout Alignment?
  ) {
    if alignment != nil {
      alignment?.appendBlock(normalized: output.count - state.start, original: original)
    }
    if options.escapesWhitespace { Self.writeMark(&output) } else { output.append(0x20) }
  }

  /// U+2581.
  @inline(__always)
  private static func writeMark(_ output: inout ByteBuffer) {
    output.appendUninitialized(atMost: 4) { tail in
      UnsafeMutableRawPointer(tail).storeBytes(
        of: UInt32(0x0081_96E2).littleEndian, as: UInt32.self)
      return 3
    }
  }

  /// Takes spaces off the end, puts one there where the model wants it, and notes where all ended.
  private func finish(
    consumed: Int, _ state: State, _ output: inout ByteBuffer, _ alignment: inout Alignment?
  ) {
    var consumed = consumed
    if options.removesExtraWhitespace {
      let length = lengthWithoutSpaces(output.span, from: state.start)
      if length < output.count {
        if let alignment { consumed = alignment.originalStart(of: length - state.start) }
        output.truncate(to: length)
        alignment?.truncate(to: length - state.start)
      }
    }
    if options.addsDummyPrefix, options.treatsWhitespaceAsSuffix {
      writeSpace(for: consumed..<consumed, state, &output, &alignment)
    }
    alignment?.appendBlock(
      normalized: output.count - state.start, original: consumed..<consumed)
  }

  private func lengthWithoutSpaces(_ text: Span<UInt8>, from start: Int) -> Int {
    var length = text.count
    if options.escapesWhitespace {
      while length - start >= 3, text[length - 3] == 0xE2, text[length - 2] == 0x96,
        text[length - 1] == 0x81
      {
        length -= 3
      }
    } else {
      while length > start, text[length - 1] == 0x20 { length -= 1 }
    }
    return length
  }
}
