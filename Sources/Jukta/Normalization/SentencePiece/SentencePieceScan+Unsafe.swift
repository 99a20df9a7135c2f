internal import CJuktaSupport

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

  /// - Parameter byBlocks: whether the scan by blocks may be taken; both make the same.
  @inline(__always)
  func scan<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, into output: inout ByteBuffer, _ sink: inout Sink,
    byBlocks: Bool = true
  ) {
    starts.classes.withUnsafeBufferPointer {
      scan(bytes, $0, into: &output, &sink, byBlocks ? plainRules : nil)
    }
  }

  private func scan<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    into output: inout ByteBuffer, _ sink: inout Sink, _ rules: PlainRules?
  ) {
    let position = options.removesExtraWhitespace ? leadingSpaces(bytes) : 0
    guard position < bytes.count else { return }
    output.reserve(bytes.count + bytes.count / 4 + 16)
    var state = State(
      run: position, isAfterSpace: options.removesExtraWhitespace, start: output.count)
    if options.addsDummyPrefix, !options.treatsWhitespaceAsSuffix {
      writeSpace(for: position..<position, state, &output, &sink)
    }
    if let rules {
      goByBlocks(bytes, classes, rules, from: position, &state, &output, &sink)
    } else {
      var position = position
      while position < bytes.count, !Self.isTooLong(state, output, sink) {
        position = goOn(bytes, classes, from: position, mark: .max, &state, &output, &sink)
      }
    }
    // What is behind would be refused anyway.
    guard !Self.isTooLong(state, output, sink) else { return }
    flush(bytes, upTo: bytes.count, &state, &output, &sink)
    finish(consumed: bytes.count, state, &output, &sink)
  }

  @inline(__always)
  private static func isTooLong<Sink: AlignmentSink & ~Copyable>(
    _ state: State, _ output: borrowing ByteBuffer, _ sink: borrowing Sink
  ) -> Bool {
    Sink.isWanted && output.count &- state.start >= longest
  }

  /// Goes over the text 64 bytes at a time, and looks where `rules` say so.
  ///
  /// Soundness: `jukta_rule_stops` reads `PlainRules.reach` bytes, which are there or in a copy with zeros
  /// behind.
  @inline(__always)
  private func goByBlocks<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ rules: PlainRules, from: Int, _ state: inout State, _ output: inout ByteBuffer,
    _ sink: inout Sink
  ) {
    guard let base = bytes.baseAddress else { return }
    let writesMarks = options.escapesWhitespace
    var position = from
    var block = from
    var carry: UInt64 = 0
    while block < bytes.count {
      var stops =
        block &+ PlainRules.reach <= bytes.count
        ? jukta_rule_stops(base + block, rules.stops, &carry)
        : Self.lastStops(bytes, block, rules, &carry)
      while stops != 0 {
        let place = block &+ stops.trailingZeroBitCount
        stops &= stops &- 1
        // What an earlier look went over.
        guard place >= position else { continue }
        if bytes[place] == 0x20, place > state.run, writesMarks {
          copyWord(base, bytes.count, upTo: place, &state, &output, &sink)
          position = place &+ 1
        } else {
          // The scalar before is plain, and may begin a rule that this one goes on. A rule may end
          // inside a character, whose rest is then looked at by itself.
          let before = place - (place > 0 && bytes[place - 1] < 0x80 ? 1 : 3)
          repeat {
            position = goOn(
              bytes, classes, from: max(position, before), mark: place, &state, &output, &sink)
          } while position <= place || position < bytes.count && bytes[position] & 0xC0 == 0x80
        }
        if Self.isTooLong(state, output, sink) { return }
      }
      block &+= 64
    }
  }

  /// The stops of a block near the end.
  @inline(never)
  private static func lastStops(
    _ bytes: UnsafeBufferPointer<UInt8>, _ block: Int, _ rules: PlainRules, _ carry: inout UInt64
  ) -> UInt64 {
    let rest = bytes[block...]
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: PlainRules.reach) { copy in
      copy.initialize(repeating: 0)
      let count = min(rest.count, copy.count)
      _ = copy.update(fromContentsOf: rest.prefix(count))
      guard let start = copy.baseAddress else { return 0 }
      let stops = jukta_rule_stops(start, rules.stops, &carry)
      return count < 64 ? stops & (1 << UInt64(count) &- 1) : stops
    }
  }

  /// Copies the run before a space, and writes ▁ for it; most of all text goes this way.
  ///
  /// Soundness: whole vectors are read below `count` only, and written where room for one more was asked
  /// for.
  @inline(__always)
  private func copyWord<Sink: AlignmentSink & ~Copyable>(
    _ base: UnsafePointer<UInt8>, _ count: Int, upTo end: Int, _ state: inout State,
    _ output: inout ByteBuffer, _ sink: inout Sink
  ) {
    typealias Vector = SIMD32<UInt8>
    let length = end &- state.run
    let from = UnsafeRawPointer(base + state.run)
    let place = output.count &- state.start
    sink.appendCopy(normalized: place, original: state.run)
    sink.appendBlock(
      normalized: place &+ length, original: Range(uncheckedBounds: (end, end &+ 1)))
    output.appendUninitialized(atMost: length &+ 32 &+ 4) { tail in
      let to = UnsafeMutableRawPointer(tail)
      if end &+ 32 <= count {
        var done = 0
        repeat {
          to.storeBytes(
            of: from.loadUnaligned(fromByteOffset: done, as: Vector.self), toByteOffset: done,
            as: Vector.self)
          done &+= 32
        } while done < length
      } else {
        to.copyMemory(from: from, byteCount: length)
      }
      Self.storeMark(tail + length)
      return length &+ 3
    }
    state.run = end &+ 1
    state.isAfterSpace = options.removesExtraWhitespace
  }

  /// Walks on to the next place where a rule may match, or over a plain scalar behind `mark`, and does
  /// what is to be done there; gives where to go on.
  @inline(never)
  private func goOn<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>, from: Int,
    mark: Int, _ state: inout State, _ output: inout ByteBuffer, _ sink: inout Sink
  ) -> Int {
    let (stop, isPlain) = Self.skip(bytes, classes, from: from, mark: mark)
    guard !isPlain, stop < bytes.count else { return stop }
    guard bytes[stop] == 0x20, classes[0x20] == RuleStarts.space else {
      return look(bytes, at: stop, &state, &output, &sink)
    }
    flush(bytes, upTo: stop, &state, &output, &sink)
    if !state.isAfterSpace {
      writeSpace(for: stop..<stop + 1, state, &output, &sink)
      state.isAfterSpace = options.removesExtraWhitespace
    }
    state.run = stop + 1
    return stop + 1
  }

  /// Walks over what is copied as it stands; gives the first place where a rule may match, or sooner a
  /// plain scalar behind `mark` that is copied too.
  @inline(__always)
  private static func skip(
    _ bytes: UnsafeBufferPointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>, from: Int,
    mark: Int
  ) -> (place: Int, isPlain: Bool) {
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
      if (before << 1) & own & RuleStarts.goesOn != 0 { return (last, false) }
      if own & (RuleStarts.alone | RuleStarts.space) != 0 { return (position, false) }
      if position > mark, PlainRules.isPlain(scalar) { return (position, true) }
      before = own
      last = position
      position &+= length
    }
    // A key may go on with what has no class.
    return (position < count && before & RuleStarts.longer != 0 ? last : position, false)
  }

  /// One step where a rule may match; gives where the next one starts.
  private func look<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, at stop: Int, _ state: inout State,
    _ output: inout ByteBuffer, _ sink: inout Sink
  ) -> Int {
    let (step, length) = step(bytes, at: stop)
    let end = stop + length
    if case .character = step, bytes[stop] != 0x20 { return end }
    flush(bytes, upTo: stop, &state, &output, &sink)
    switch step {
    case .character, .symbol:
      let text = UnsafeBufferPointer(rebasing: bytes[stop..<end])
      emit(text, for: stop..<end, &state, &output, &sink)
    case .target(let range):
      map?.targets.withUnsafeBufferPointer {
        let text = UnsafeBufferPointer(rebasing: $0[range])
        emit(text, for: stop..<end, &state, &output, &sink)
      }
    case .replacement:
      sink.appendBlock(normalized: output.count - state.start, original: stop..<end)
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
  private func flush<Sink: AlignmentSink & ~Copyable>(
    _ bytes: UnsafeBufferPointer<UInt8>, upTo end: Int, _ state: inout State,
    _ output: inout ByteBuffer, _ sink: inout Sink
  ) {
    guard end > state.run else { return }
    sink.appendCopy(normalized: output.count - state.start, original: state.run)
    output.append(UnsafeBufferPointer(rebasing: bytes[state.run..<end]))
    state.isAfterSpace = false
  }

  /// Writes what a step made of `original`; spaces in it as spaces.
  private func emit<Sink: AlignmentSink & ~Copyable>(
    _ text: UnsafeBufferPointer<UInt8>, for original: Range<Int>, _ state: inout State,
    _ output: inout ByteBuffer, _ sink: inout Sink
  ) {
    var rest = text[...]
    if state.isAfterSpace { rest = rest.drop { $0 == 0x20 } }
    guard let last = rest.last else { return }
    sink.appendBlock(normalized: output.count - state.start, original: original)
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
  private func writeSpace<Sink: AlignmentSink & ~Copyable>(
    for original: Range<Int>, _ state: State, _ output: inout ByteBuffer,
    _ sink: inout Sink
  ) {
    sink.appendBlock(normalized: output.count - state.start, original: original)
    if options.escapesWhitespace { Self.writeMark(&output) } else { output.append(0x20) }
  }

  /// U+2581.
  @inline(__always)
  private static func writeMark(_ output: inout ByteBuffer) {
    output.appendUninitialized(atMost: 4) { tail in
      storeMark(tail)
      return 3
    }
  }

  /// Writes the three bytes of U+2581, and a zero behind.
  @inline(__always)
  private static func storeMark(_ place: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(place).storeBytes(
      of: UInt32(0x0081_96E2).littleEndian, as: UInt32.self)
  }

  /// Takes spaces off the end, puts one there where the model wants it, and notes where all ended.
  private func finish<Sink: AlignmentSink & ~Copyable>(
    consumed: Int, _ state: State, _ output: inout ByteBuffer, _ sink: inout Sink
  ) {
    var consumed = consumed
    if options.removesExtraWhitespace {
      let length = lengthWithoutSpaces(output.span, from: state.start)
      if length < output.count {
        consumed = sink.cut(at: length - state.start)
        output.truncate(to: length)
      }
    }
    if options.addsDummyPrefix, options.treatsWhitespaceAsSuffix {
      writeSpace(for: consumed..<consumed, state, &output, &sink)
    }
    sink.appendBlock(normalized: output.count - state.start, original: consumed..<consumed)
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
