/// Parquet files into blocks of whole rows.
extension BlockReader {
  /// Rows without text take no room: a block has an end all the same.
  private static let rowLimit = 1 << 16

  /// Whether a file is one of Parquet; nothing of it counts as read.
  func isParquet(_ source: ByteSource) throws(CorpusError) -> Bool {
    let isOne = try ParquetFile.isParquet(source)
    if case .corpus(.parquet) = content, !isOne, source.size != nil {
      throw CorpusError(file: source.name, line: nil, reason: .notParquet)
    }
    return isOne
  }

  /// Says what to do with Parquet that cannot be read at any place.
  func refuseParquet(
    _ block: Block, _ stream: Decompressor, _ name: String
  ) throws(CorpusError) {
    if ParquetFile.isParquet(block.bytes.prefix(5)) {
      throw CorpusError(
        file: name, line: nil, reason: .parquetNeedsFile(isCompressed: stream.isCompressed))
    }
    if case .corpus(.parquet) = content {
      throw CorpusError(file: name, line: nil, reason: .notParquet)
    }
  }

  /// Reads one file; false where nobody wants any more. Where it breaks in the middle, the rows before
  /// that place still come.
  func readRows(_ source: ByteSource, _ index: inout Int) throws(CorpusError) -> Bool {
    let rows = try ParquetRows(source, parquet)
    while let block = queue.takeFree() {
      block.removeAll()
      block.firstLine = rows.row + 1
      var isEnd = false
      var failure: CorpusError?
      do throws(CorpusError) {
        isEnd = try fill(block, from: rows)
      } catch {
        failure = error
      }
      if block.rowEnds.isEmpty {
        queue.putBack(block)
      } else {
        block.file = source.name
        block.layout = .parquet
        block.continuesParagraph = false
        block.isPause = false
        block.index = index
        index += 1
        queue.put(block)
      }
      if let failure { throw failure }
      if isEnd { return true }
    }
    return false
  }

  /// Fills a block; true at the end of the file.
  private func fill(_ block: Block, from rows: ParquetRows) throws(CorpusError) -> Bool {
    while block.count < block.capacity, block.rowEnds.count < Self.rowLimit {
      guard try rows.next() else { return true }
      rows.append(to: block)
      block.rowEnds.append(block.count)
      if parquet.readsRecords { block.records.append(rows.record) }
    }
    return false
  }
}
