internal import CJuktaJSON

/// Cuts a block into documents.
///
/// Soundness: every line is a stretch of the block's bytes; the parser of JSON reads ahead into the
/// block's padding, never further.
struct DocumentCutter {
  let options: Corpus.Options

  func cut(
    _ block: Block, into batch: inout CorpusBatch, _ tally: inout CorpusTally
  ) throws(CorpusError) {
    guard block.layout != .parquet else { return try cutRows(block, into: &batch, &tally) }
    let bytes = block.bytes
    let isText = block.layout != .jsonl
    // One look at the whole block; lines are looked at only where that found something.
    let isClean =
      !isText
      || (jukta_is_utf8(bytes.baseAddress, bytes.count) && !LineScan.contains(0, in: bytes))
    var start = 0
    var line = block.firstLine
    var joins = block.continuesParagraph
    while start < bytes.count {
      let end = LineScan.lineEnd(bytes, from: start)
      var last = end
      if last > start, bytes[last - 1] == UInt8(ascii: "\r") { last -= 1 }
      let text = UnsafeBufferPointer(rebasing: bytes[start..<last])
      if LineScan.isBlank(text[...]) {
        joins = joins && block.layout == .wiki
      } else if block.layout == .wiki, WikiLines.isBetween(text) {
        joins = false
      } else {
        do throws(CorpusError) {
          if isText {
            if !isClean { try Self.check(text, block.file, line) }
            append(text, line, joins: joins, block, &batch, &tally)
          } else {
            try appendRecord(text, line, block, &batch, &tally)
          }
          joins = block.layout == .paragraphs || block.layout == .wiki
        } catch {
          guard options.skipsBad, error.isOneLine else { throw error }
          tally.addBad(error, block: block.index)
        }
      }
      start = end + 1
      line += 1
    }
    if isText { filterText(&batch, &tally) }
    for document in batch.documents {
      tally.bytes += document.range.count + (document.isContinuation ? 1 : 0)
    }
  }

  /// Text has no metadata: a filter that asks for some drops all of it.
  private func filterText(_ batch: inout CorpusBatch, _ tally: inout CorpusTally) {
    if options.measuresFilters {
      for document in batch.documents {
        batch.effects.add(
          CorpusRecord(), batch.bytes[document.range], isContinuation: document.isContinuation)
      }
    }
    options.filters.forEachIdle(on: CorpusRecord()) { tally.withoutMetadata[$0] = tally.documents }
    if let reason = options.filters.reason(toDrop: CorpusRecord()) {
      tally.dropped[reason] = tally.kept
      tally.kept = 0
      batch.bytes.removeAll(keepingCapacity: true)
      batch.documents.removeAll(keepingCapacity: true)
    } else if options.filters.minimumCharacters != nil {
      let before = batch.documents.count
      // A document in parts is a long one.
      batch.documents = batch.documents.filter {
        $0.isContinuation || options.filters.keepsLength(of: batch.bytes[$0.range])
      }
      let dropped = before - batch.documents.count
      guard dropped > 0 else { return }
      tally.dropped[.length] = dropped
      tally.kept -= dropped
    }
  }

  /// Rows of Parquet: each is a record.
  private func cutRows(
    _ block: Block, into batch: inout CorpusBatch, _ tally: inout CorpusTally
  ) throws(CorpusError) {
    let isClean = jukta_is_utf8(block.bytes.baseAddress, block.bytes.count)
    var begin = 0
    for (index, end) in block.rowEnds.enumerated() {
      let text = UnsafeBufferPointer(rebasing: block.bytes[begin..<end])
      let row = block.firstLine + index
      begin = end
      do throws(CorpusError) {
        // What is UTF-8 in all may still be cut between rows in the middle of a character.
        let next = end < block.count ? block.bytes[end] : 0
        if !isClean || ((text.first ?? 0) & 0xC0 == 0x80) || next & 0xC0 == 0x80 {
          try Self.checkUTF8(text, block.file, row)
        }
      } catch {
        guard options.skipsBad else { throw error }
        tally.addBad(error, block: block.index)
        continue
      }
      let start = batch.bytes.count
      batch.bytes.append(contentsOf: text)
      let record = index < block.records.count ? block.records[index] : CorpusRecord()
      keep(record, from: start, row, &batch, &tally)
    }
    for document in batch.documents { tally.bytes += document.range.count }
  }

  private static func check(
    _ line: UnsafeBufferPointer<UInt8>, _ file: String, _ number: Int
  ) throws(CorpusError) {
    if let offset = line.firstIndex(of: 0) {
      throw CorpusError(file: file, line: number, reason: .nulByte(offset: offset))
    }
    try checkUTF8(line, file, number)
  }

  private static func checkUTF8(
    _ line: UnsafeBufferPointer<UInt8>, _ file: String, _ number: Int
  ) throws(CorpusError) {
    guard !jukta_is_utf8(line.baseAddress, line.count) else { return }
    var position = 0
    while position < line.count {
      let length = Self.characterLength(line, position)
      if length == 0 { break }
      position += length
    }
    let byte = position < line.count ? line[position] : 0
    throw CorpusError(
      file: file, line: number, reason: .invalidUTF8(byte: byte, offset: position))
  }

  /// The bytes of the character at `position`, 0 where there is none.
  private static func characterLength(
    _ line: UnsafeBufferPointer<UInt8>, _ position: Int
  ) -> Int {
    for length in 1...4 where position + length <= line.count {
      if let base = line.baseAddress, jukta_is_utf8(base + position, length) { return length }
    }
    return 0
  }

  private func append(
    _ text: UnsafeBufferPointer<UInt8>, _ line: Int, joins: Bool, _ block: Block,
    _ batch: inout CorpusBatch, _ tally: inout CorpusTally
  ) {
    let start = batch.bytes.count
    if joins, let last = batch.documents.indices.last {
      batch.bytes.append(UInt8(ascii: "\n"))
      batch.bytes.append(contentsOf: text)
      batch.documents[last].range = batch.documents[last].range.lowerBound..<batch.bytes.count
      return
    }
    batch.bytes.append(contentsOf: text)
    var document = CorpusBatch.Document(range: start..<batch.bytes.count, line: line)
    document.isContinuation = joins
    batch.documents.append(document)
    guard !joins else { return }
    tally.documents += 1
    tally.kept += 1
  }

  private func appendRecord(
    _ text: UnsafeBufferPointer<UInt8>, _ line: Int, _ block: Block, _ batch: inout CorpusBatch,
    _ tally: inout CorpusTally
  ) throws(CorpusError) {
    let reader = try recordReader(&batch, block.file)
    let start = batch.bytes.count
    let record: CorpusRecord
    switch reader.read(text, into: &batch.bytes) {
    case .success(let found): record = found
    case .failure(let reason): throw CorpusError(file: block.file, line: line, reason: reason)
    }
    keep(record, from: start, line, &batch, &tally)
  }

  /// Keeps a record whose text is in the batch from `start` on, or takes it out again.
  private func keep(
    _ record: CorpusRecord, from start: Int, _ line: Int, _ batch: inout CorpusBatch,
    _ tally: inout CorpusTally
  ) {
    let filters = options.filters
    tally.documents += 1
    filters.forEachIdle(on: record) { tally.withoutMetadata[$0, default: 0] += 1 }
    if options.measuresFilters { batch.effects.add(record, batch.bytes[start...]) }
    if let reason = filters.reason(toDrop: record) {
      batch.bytes.removeLast(batch.bytes.count - start)
      tally.dropped[reason, default: 0] += 1
      return
    }
    if filters.looksAtLines, let lines = record.lines {
      tally.droppedLines += filterLines(&batch.bytes, from: start, lines)
      guard batch.bytes.count > start else {
        tally.dropped[.noLines, default: 0] += 1
        return
      }
    }
    guard filters.keepsLength(of: batch.bytes[start...]) else {
      batch.bytes.removeLast(batch.bytes.count - start)
      tally.dropped[.length, default: 0] += 1
      return
    }
    tally.kept += 1
    batch.documents.append(
      CorpusBatch.Document(range: start..<batch.bytes.count, line: line, record: record))
  }

  private func recordReader(
    _ batch: inout CorpusBatch, _ file: String
  ) throws(CorpusError) -> JSONRecordReader {
    let looks = options.needsRecords
    if let reader = batch.reader, reader.field == options.field, reader.readsMetadata == looks {
      return reader
    }
    guard let reader = JSONRecordReader(field: options.field, readsMetadata: looks) else {
      throw CorpusError(file: file, line: nil, reason: .unreadable("out of memory for JSON"))
    }
    batch.reader = reader
    return reader
  }

  /// Takes the lines that do not pass out of the text from `start` on; gives their number.
  private func filterLines(
    _ bytes: inout [UInt8], from start: Int, _ languages: [LineLanguage?]
  ) -> Int {
    let lines = bytes[start...].split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var kept: [UInt8] = []
    var dropped = 0
    for (index, line) in lines.enumerated() {
      // A line that the list is too short for has no language.
      guard options.filters.keeps(index < languages.count ? languages[index] : nil) else {
        dropped += 1
        continue
      }
      if !kept.isEmpty { kept.append(UInt8(ascii: "\n")) }
      kept += line
    }
    bytes.removeLast(bytes.count - start)
    bytes += kept
    return dropped
  }
}
