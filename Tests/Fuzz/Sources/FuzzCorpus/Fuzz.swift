import JuktaCorpus

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Any bytes as a file of a dump, compressed or not, in any layout: documents or an error, and the
/// ranges of documents inside their batch.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let path = "/dev/shm/jukta-fuzz-\(getpid())"
  guard let file = fopen(path, "w") else { return 0 }
  fwrite(data, 1, size, file)
  fclose(file)
  defer { unlink(path) }
  var options = Corpus.Options()
  options.readsMetadata = true
  options.skipsBad = size % 2 == 0
  options.filters.minimumLineProbability = 0.5
  let corpus = Corpus([path], options: options)
  var batch = CorpusBatch()
  do {
    while try corpus.next(into: &batch) {
      for document in batch.documents {
        precondition(document.range.upperBound <= batch.bytes.count)
        batch.forEachLine(of: document) { precondition($0.count <= document.range.count) }
      }
    }
  } catch {
    precondition(!"\(error)".isEmpty)
  }
  return 0
}
