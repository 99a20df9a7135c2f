import JuktaCorpus

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Any bytes between the marks of a Parquet file: rows or an error, in bounded memory.
///
/// The marks are set anew, and the footer's length is taken from the last two bytes: so that mutations
/// are spent on what lies behind them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  guard size > 16 else { return 0 }
  var bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let magic: [UInt8] = [0x50, 0x41, 0x52, 0x31]
  bytes.replaceSubrange(0..<4, with: magic)
  bytes.replaceSubrange(size - 4..<size, with: magic)
  bytes[4] = 0x15
  bytes[size - 5] = 0
  bytes[size - 6] = 0
  let path = "/dev/shm/jukta-fuzz-\(getpid())"
  guard let file = fopen(path, "w") else { return 0 }
  fwrite(bytes, 1, size, file)
  fclose(file)
  defer { unlink(path) }
  var options = Corpus.Options()
  options.readsMetadata = true
  options.skipsBad = size % 2 == 0
  options.parquetPageLimit = 1 << 20
  let corpus = Corpus([path], options: options)
  var batch = CorpusBatch()
  do {
    while try corpus.next(into: &batch) {
      for document in batch.documents {
        precondition(document.range.upperBound <= batch.bytes.count)
      }
    }
  } catch {
    precondition(!"\(error)".isEmpty)
  }
  return 0
}
