/// Adds files of counts, as many as there are, in bounded memory.
///
///     let merge = CountMerge(files: paths) { path in try CountFileReader(name: path) { … } }
///     let summary = try merge.forEachWord { word, count in … }
///
/// The files are sorted, so at most `fanIn` of them are open at once and a word of each is held;
/// where there are more, groups are merged into temporary files first. Counting is a monoid: the sum
/// is what counting all documents at once would have given.
public struct CountMerge {
  private let files: [String]
  private let open: (String) throws -> CountFileReader
  private let temporaryFolder: String
  private let fanIn: Int

  /// - Parameters:
  ///   - files: What `open` is called with; each once.
  ///   - temporaryFolder: Where groups of files are merged into, if there are more than `fanIn`.
  ///   - fanIn: How many files are open at once, 2 at least.
  ///   - open: Opens one.
  public init(
    files: [String], temporaryFolder: String = "/tmp", fanIn: Int = 64,
    open: @escaping (String) throws -> CountFileReader
  ) {
    self.files = files
    self.temporaryFolder = temporaryFolder
    self.fanIn = max(fanIn, 2)
    self.open = open
  }

  /// What all files say of themselves.
  private struct Heads {
    var header: CountFileHeader?
    var first = ""
    var summary = CountFileSummary(textWords: 0)
  }

  /// Calls `body` with each distinct word in the order of their bytes, with its count over all files.
  ///
  /// - Parameter begin: Called once, before the first word, with what the first file says.
  /// - Returns: What was counted, all files together.
  /// - Throws: `CountFileError` where a file is damaged or was counted by another front end,
  ///   `SpillError` where there is no room for temporary files, or what `body` and `open` throw.
  public func forEachWord(
    begin: (CountFileHeader) throws -> Void, _ body: ([UInt8], UInt64) throws -> Void
  ) throws -> CountFileSummary {
    var heads = Heads()
    if files.count <= fanIn {
      let readers = try openGroup(files[...], &heads)
      if let header = heads.header { try begin(header) }
      try mergeWords(readers, body)
      return summary(heads, readers)
    }
    var runs: [SpillRun] = []
    for start in stride(from: 0, to: files.count, by: fanIn) {
      let readers = try openGroup(files[start..<min(start + fanIn, files.count)], &heads)
      runs.append(try merged(readers))
      heads.summary = summary(heads, readers)
    }
    while runs.count > fanIn {
      runs = try stride(from: 0, to: runs.count, by: fanIn).map { start in
        try merged(runs[start..<min(start + fanIn, runs.count)].map { try RunReader($0) })
      }
    }
    if let header = heads.header { try begin(header) }
    try mergeWords(try runs.map { try RunReader($0) }, body)
    return heads.summary
  }

  private func openGroup(
    _ group: ArraySlice<String>, _ heads: inout Heads
  ) throws -> [CountFileReader] {
    var readers: [CountFileReader] = []
    for file in group {
      let reader = try open(file)
      if let header = heads.header {
        guard header == reader.header else {
          throw CountFileError(
            file: reader.name, line: nil,
            reason: .otherFrontEnd(
              preset: reader.header.preset, first: heads.first, firstPreset: header.preset))
        }
      } else {
        (heads.header, heads.first) = (reader.header, reader.name)
      }
      readers.append(reader)
    }
    return readers
  }

  private func merged<Stream: WordStream>(_ streams: [Stream]) throws -> SpillRun {
    let run = try SpillFolder(temporaryFolder).makeRun()
    var writer = RunWriter(run)
    try mergeWords(streams) { try writer.append($0, $1) }
    try writer.flush()
    return run
  }

  private func summary(_ heads: Heads, _ readers: [CountFileReader]) -> CountFileSummary {
    readers.reduce(into: heads.summary) { $0.addDocuments(of: $1.summary) }
  }

  /// Loads the sum of all files into a table.
  ///
  /// - Parameters:
  ///   - memory: The bytes that the table may take; the rarest words are left out where it is too
  ///     little, the same ones that `WordCounter` leaves out. Nil for as many as it needs.
  ///   - begin: Called once, before the first word, with what the first file says.
  /// - Throws: As `forEachWord`.
  public func load(
    memory: Int? = nil, begin: (CountFileHeader) throws -> Void
  ) throws -> CountedCorpus {
    var counts = WordCounts()
    guard let memory else {
      let summary = try forEachWord(begin: begin) { counts.add($0.span, count: $1) }
      return CountedCorpus(
        counts: counts, documents: summary.documents, bytes: summary.bytes,
        textWords: summary.textWords)
    }
    let run = try SpillFolder(temporaryFolder).makeRun()
    var writer = RunWriter(run)
    let summary = try forEachWord(begin: begin) { try writer.append($0, $1) }
    try writer.flush()
    let dropped = try SpilledCounts(limit: memory).load([run], into: &counts)
    return CountedCorpus(
      counts: counts, documents: summary.documents, bytes: summary.bytes,
      textWords: summary.textWords, droppedWords: dropped.words,
      droppedOccurrences: dropped.occurrences)
  }
}
