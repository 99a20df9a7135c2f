internal import Dispatch

/// Reads files one after another on a thread of its own, and cuts them into blocks of whole lines.
///
/// A line is never torn: a block grows until it holds one. Paragraphs are kept together up to
/// `paragraphLimit`, so that text without blank lines does not gather in memory. Where a file breaks
/// in the middle, the whole lines before that place still come.
struct BlockReader {
  /// What is done with bytes that are no text.
  enum Content {
    /// Text of a corpus: byte order marks go, other encodings are errors, the layout is found out.
    case corpus(CorpusLayout?)
    /// Lines as they are.
    case lines
  }

  let paths: [String]
  let content: Content
  let queue: BlockQueue
  let progress: ByteSource.Progress
  /// A paragraph of more bytes comes in parts.
  var paragraphLimit = 16 << 20
  /// A line of more bytes is an error.
  var lineLimit = 1 << 30
  /// How Parquet files are read.
  var parquet = ParquetRows.Options()
  /// Where broken files are counted before reading goes on with the next; nil: they end it.
  var skipped: TallySum?

  /// Starts reading; ends by itself when all is read or the queue is closed.
  func start() {
    DispatchQueue(label: "jukta.reader").async {
      do throws(CorpusError) {
        var index = 0
        for path in paths { guard try readOrSkip(path, &index) else { break } }
        queue.finish(nil)
      } catch {
        queue.finish(error)
      }
    }
  }

  /// What is carried from block to block of one file.
  private struct FileState {
    var rest: [UInt8] = []
    var line = 1
    var layout = CorpusLayout.lines
    var isFirst = true
    var continuesParagraph = false
  }

  /// Why a block gets no more bytes.
  private enum Ending {
    case full
    /// It holds a line, and the input has no more to give for now.
    case pause
    case endOfFile
    case broken(CorpusError)
  }

  private func readOrSkip(_ path: String, _ index: inout Int) throws(CorpusError) -> Bool {
    do throws(CorpusError) {
      return try read(path, &index)
    } catch {
      guard let skipped, error.isOneFile else { throw error }
      skipped.addBadFile(error, behind: index)
      return true
    }
  }

  /// Reads one file; false where nobody wants any more.
  private func read(_ path: String, _ index: inout Int) throws(CorpusError) -> Bool {
    let source = try ByteSource(path, progress)
    if try isParquet(source) { return try readRows(source, &index) }
    let stream = try Decompressor(source)
    var state = FileState()
    while let block = queue.takeFree() {
      block.removeAll()
      state.rest.withUnsafeBufferPointer { block.append($0) }
      state.rest.removeAll(keepingCapacity: true)
      let ending: Ending
      do throws(CorpusError) {
        ending = try fill(block, from: stream, source.name, &state)
      } catch {
        queue.putBack(block)
        throw error
      }
      block.file = source.name
      block.layout = state.layout
      block.index = index
      block.firstLine = state.line
      block.continuesParagraph = state.continuesParagraph
      state.line += LineScan.count(block.bytes)
      block.isPause = if case .pause = ending { true } else { false }
      switch ending {
      case .full, .pause: cut(block, &state)
      case .endOfFile: break
      case .broken: block.count = (LineScan.lastLineEnd(block.bytes, before: block.count) ?? -1) + 1
      }
      state.line -= LineScan.count(state.rest)
      state.isFirst = false
      if block.count > 0 {
        index += 1
        queue.put(block)
      } else {
        queue.putBack(block)
      }
      switch ending {
      case .full, .pause: break
      case .endOfFile: return true
      case .broken(let error): throw error.at(line: state.line)
      }
    }
    return false
  }

  /// Fills a block until it is full and holds a whole line.
  private func fill(
    _ block: Block, from stream: Decompressor, _ name: String, _ state: inout FileState
  ) throws(CorpusError) -> Ending {
    var hasBegun = false
    var search = LineSearch()
    while true {
      let ending = fillRoom(of: block, from: stream, &search)
      if state.isFirst, !hasBegun {
        try refuseParquet(block, stream, name)
        try begin(block, name, &state)
      }
      hasBegun = true
      guard case .full = ending else { return ending }
      let hasLine = search.hasLine(block)
      let wantsMore =
        block.count < paragraphLimit
        && (state.layout == .paragraphs && LineScan.lastBlankLine(block.bytes) == nil
          || state.layout == .wiki && WikiLines.lastEnd(block.bytes) == nil)
      if hasLine && !wantsMore { return .full }
      guard block.count < lineLimit else {
        return .broken(
          CorpusError(file: name, line: nil, reason: .lineTooLong(limit: lineLimit)))
      }
      block.reserve(block.capacity)
    }
  }

  /// Whether a block that grows holds a line end; looks at each byte once.
  private struct LineSearch {
    private var scanned = 0
    private var isFound = false

    mutating func hasLine(_ block: Block) -> Bool {
      isFound = isFound || LineScan.lineEnd(block.bytes, from: scanned) < block.count
      scanned = block.count
      return isFound
    }
  }

  /// Reads until a block has no room left, or has a line and whoever sent it waits for the answer.
  private func fillRoom(
    of block: Block, from stream: Decompressor, _ search: inout LineSearch
  ) -> Ending {
    do throws(CorpusError) {
      while block.count < block.capacity {
        let room = block.tail.count
        let count = try stream.read(block.tail)
        if count == 0 { return .endOfFile }
        block.count += count
        if count < room, isPause(stream), search.hasLine(block) { return .pause }
      }
      return .full
    } catch {
      return .broken(error)
    }
  }

  /// Whether the input has no more to give for now. While workers have something to do anyway, more
  /// may gather for a moment.
  private func isPause(_ stream: Decompressor) -> Bool {
    // The layout of a corpus is told by a whole block: it must not depend on the sender's pace.
    guard case .lines = content else { return false }
    return stream.isDry(for: 0) && (queue.isIdle || stream.isDry(for: 1))
  }

  /// Looks at the first bytes of a file.
  private func begin(
    _ block: Block, _ name: String, _ state: inout FileState
  ) throws(CorpusError) {
    guard case .corpus(let layout) = content else { return }
    let bytes = block.bytes
    if let encoding = Self.foreignEncoding(bytes) {
      throw CorpusError(file: name, line: nil, reason: .encoding(encoding))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { block.removeFirst(3) }
    state.layout = layout ?? CorpusLayout.detect(block.bytes)
    if layout == nil || layout == .jsonl, CorpusLayout.isArrayOfRecords(block.bytes) {
      throw CorpusError(file: name, line: 1, reason: .isArray)
    }
  }

  /// UTF-16 and UTF-32 by their marks, or by every other byte of the beginning being NUL.
  private static func foreignEncoding(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return "UTF-32LE" }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32BE" }
    if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
    if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
    let head = bytes.prefix(64)
    guard head.count >= 8 else { return nil }
    let zeros = (
      even: head.indices.count { $0 % 2 == 0 && head[$0] == 0 },
      odd: head.indices.count { $0 % 2 == 1 && head[$0] == 0 }
    )
    if zeros.odd >= head.count / 4, zeros.even == 0 { return "UTF-16LE" }
    if zeros.even >= head.count / 4, zeros.odd == 0 { return "UTF-16BE" }
    return nil
  }

  /// Takes what lies behind the last whole line or paragraph out of a block.
  private func cut(_ block: Block, _ state: inout FileState) {
    let bytes = block.bytes
    var end = (LineScan.lastLineEnd(bytes, before: bytes.count) ?? bytes.count - 1) + 1
    if state.layout == .paragraphs {
      let blank = LineScan.lastBlankLine(bytes)
      let last = (LineScan.lastLineEnd(bytes, before: end - 1) ?? -1) + 1
      state.continuesParagraph = blank == nil && !LineScan.isBlank(bytes[last..<(end - 1)])
      if let blank { end = blank }
    } else if state.layout == .wiki {
      let last = WikiLines.lastEnd(bytes)
      // Pages that are too long come in parts.
      state.continuesParagraph = last == nil
      if let last { end = last }
    }
    state.rest.append(contentsOf: bytes[end...])
    block.count = end
  }
}
