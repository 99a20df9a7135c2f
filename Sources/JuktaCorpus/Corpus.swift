internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Files of text as a stream of documents: OSCAR's layouts, JSON lines, plain text, gzip and zstd of
/// them, and Parquet.
///
///     let corpus = Corpus(["bn_part_1.jsonl.gz"])
///     var batch = CorpusBatch()
///     while try corpus.next(into: &batch) {
///       for document in batch.documents { … }
///     }
///
/// It is a `DocumentSource` too, whose texts are the lines that are not blank: trainers take it as it
/// is.
///
/// One thread reads and decompresses ahead, into a few blocks of about a megabyte that are used over
/// again; whoever calls `next` cuts its block into documents, so several callers parse at once. No
/// file is ever held whole: memory is bounded by the number of callers and the longest line.
public final class Corpus: Sendable {
  /// How to read.
  public struct Options: Sendable {
    /// The layout of all files; nil tells each by its beginning.
    public var layout: CorpusLayout?
    /// The field of a JSON record, or the column of Parquet, that holds the text; dots lead into
    /// objects inside. nil for `content`, or `text` where there is no such field.
    public var field: String?
    /// Which records to keep.
    public var filters = CorpusFilters()
    /// Whether broken lines are counted and left out instead of ending the reading. A file that
    /// breaks in the middle counts too: reading goes on with the next.
    public var skipsBad = false
    /// Whether documents come with their metadata.
    public var readsMetadata = false
    /// Whether batches say what each filter would drop by itself.
    public var measuresFilters = false
    /// The most bytes that a page of Parquet, or the texts in one, may have; below 2 GiB.
    public var parquetPageLimit = 1 << 30
    /// How many bytes are read ahead at a time.
    var blockSize = 1 << 20
    /// A paragraph of more bytes comes in parts.
    var paragraphLimit = 16 << 20
    /// A line of more bytes is an error.
    var lineLimit = 1 << 30

    /// Creates the usual options.
    public init() {}

    /// Whether somebody looks at metadata.
    var needsRecords: Bool { readsMetadata || measuresFilters || filters.looksAtMetadata }
  }

  /// The files, `-` for standard input.
  public let paths: [String]
  /// How they are read.
  public let options: Options
  private let queue: BlockQueue
  private let progress = ByteSource.Progress()
  private let total = TallySum()
  let idle = IdleBatches()

  /// Starts reading.
  /// - Parameters:
  ///   - paths: Files; none or `-` stands for standard input.
  ///   - callers: How many will call `next` at once.
  public init(_ paths: [String], options: Options = Options(), callers: Int = usualCallers) {
    self.paths = paths.isEmpty ? ["-"] : paths
    self.options = options
    queue = BlockQueue(limit: callers + 2, capacity: options.blockSize)
    var reader = BlockReader(
      paths: self.paths, content: .corpus(options.layout), queue: queue, progress: progress)
    reader.paragraphLimit = options.paragraphLimit
    reader.lineLimit = options.lineLimit
    reader.parquet = ParquetRows.Options(
      field: options.field, readsRecords: options.needsRecords, pageLimit: options.parquetPageLimit)
    if options.skipsBad { reader.skipped = total }
    reader.start()
  }

  deinit { queue.close() }

  /// One a core: as many as count words where nobody says otherwise.
  public static let usualCallers = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Bytes read so far, compressed ones where files are compressed.
  public var bytesRead: Int { progress.bytes.load(ordering: .relaxed) }

  /// The size of all files, nil where one is not a regular file.
  public var size: Int? { Self.size(of: paths) }

  /// What has been met so far.
  public var tally: CorpusTally { total.value }

  /// Replaces what `batch` holds by the next documents; several threads may call at once.
  /// - Returns: false at the end.
  /// - Throws: `CorpusError`: the earliest in the input, to all callers, whatever their number.
  public func next(into batch: inout CorpusBatch) throws(CorpusError) -> Bool {
    batch.removeAll()
    guard let block = try queue.take() else { return false }
    batch.index = block.index
    batch.file = block.file
    batch.layout = block.layout
    var tally = CorpusTally()
    do throws(CorpusError) {
      try DocumentCutter(options: options).cut(block, into: &batch, &tally)
    } catch {
      throw queue.fail(error, in: block)
    }
    total.add(tally)
    queue.giveBack(block)
    return true
  }

  /// Whether a file is one of Parquet; false for what cannot be read.
  package static func isParquet(_ path: String) -> Bool {
    // Only to look at a FIFO would take from it.
    guard size(of: [path]) != nil, let source = try? ByteSource(path, ByteSource.Progress()) else {
      return false
    }
    return (try? ParquetFile.isParquet(source)) ?? false
  }

  /// The size of all files, nil where one is not a regular file.
  package static func size(of paths: [String]) -> Int? {
    guard !paths.isEmpty else { return nil }
    var total = 0
    for path in paths {
      var status = stat()
      guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
      }
      total += Int(status.st_size)
    }
    return total
  }
}
