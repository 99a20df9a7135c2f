/// The rows of a Parquet file: of each its text, and the metadata that filters look at.
final class ParquetRows {
  struct Options: Equatable {
    /// The column of the text; nil for `content` or `text`.
    var field: String?
    /// Whether metadata are read.
    var readsRecords = false
    /// The most bytes of a page, and of the texts in one.
    var pageLimit = 1 << 30
  }

  private let file: ParquetFile
  private let name: String
  private let text: ParquetColumn
  private let fields: [ParquetRecordField]
  private let columns: Set<Int>
  private var rowsLeft = 0
  /// Where reading is, for whoever shows it: other columns count as read where they are passed.
  private var reported = 0
  /// The number of the row, from 1; 0 before the first.
  private(set) var row = 0
  /// Its metadata.
  private(set) var record = CorpusRecord()

  init(_ source: ByteSource, _ options: Options) throws(CorpusError) {
    name = source.name
    do throws(ParquetFault) {
      file = try ParquetFile(source)
    } catch {
      throw error.error(file: source.name)
    }
    let leaves = file.footer.schema.leaves
    let leaf: ParquetLeaf
    do throws(CorpusError.Reason) {
      leaf = try Self.textLeaf(leaves, options.field)
    } catch {
      throw CorpusError(file: source.name, line: nil, reason: error)
    }
    text = ParquetColumn(file, leaf, limit: options.pageLimit)
    fields =
      options.readsRecords
      ? ParquetRecordField.all(in: file, leaves, limit: options.pageLimit) : []
    columns = Set([leaf.index] + fields.map(\.column.leaf.index))
  }

  /// Goes to the next row; false behind the last.
  func next() throws(CorpusError) -> Bool {
    do throws(ParquetFault) {
      return try advance()
    } catch {
      throw error.error(file: name).at(line: row)
    }
  }

  /// Appends the text of the row; a null is an empty text.
  func append(to block: Block) {
    guard text.isPresent else { return }
    block.append(text.text.assumingMemoryBound(to: UInt8.self))
  }

  private func advance() throws(ParquetFault) -> Bool {
    while rowsLeft == 0 {
      guard let group = try file.footer.nextGroup(columns: columns) else {
        report(file.size)
        return false
      }
      rowsLeft = group.rows
      for (index, chunk) in group.chunks {
        if index == text.leaf.index {
          guard chunk.values == group.rows else {
            throw .broken("\(chunk.values) values in \(group.rows) rows")
          }
          try text.begin(chunk)
        }
        for field in fields where field.column.leaf.index == index { try field.begin(chunk) }
      }
    }
    rowsLeft -= 1
    row += 1
    guard try text.advance() else { throw .broken("fewer values than rows") }
    report(text.pageOffset)
    guard !fields.isEmpty else { return true }
    record = CorpusRecord()
    var lines = ParquetRecordField.Lines()
    for field in fields { try field.read(into: &record, &lines) }
    record.lines = lines.languages
    return true
  }

  private func report(_ place: Int) {
    guard place > reported else { return }
    file.source.advance(place - reported)
    reported = place
  }

  /// The column of the text.
  private static func textLeaf(
    _ leaves: [ParquetLeaf], _ field: String?
  ) throws(CorpusError.Reason) -> ParquetLeaf {
    func isText(_ leaf: ParquetLeaf) -> Bool {
      leaf.physical == .bytes && !leaf.isForeign && leaf.maxRepetition == 0
    }
    let names = field.map { [$0] } ?? ["content", "text"]
    for name in names {
      guard let leaf = leaves.first(where: { $0.path.joined(separator: ".") == name }) else {
        continue
      }
      if leaf.maxRepetition > 0 { throw .fieldIsNotText(name, found: "a list") }
      guard isText(leaf) else {
        throw .fieldIsNotText(
          name, found: leaf.physical == .bytes ? "something else" : leaf.physical.name)
      }
      return leaf
    }
    for name in names where leaves.contains(where: { $0.path.first == name }) {
      let isList = leaves.contains { $0.path.first == name && $0.maxRepetition > 0 }
      throw .fieldIsNotText(name, found: isList ? "a list" : "other fields")
    }
    let others = leaves.filter(isText).map { $0.path.joined(separator: ".") }
    throw .missingField(names[names.count - 1], textFields: CorpusField.likelyFirst(others))
  }
}
