#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct NotCut: Error {}

/// Takes the last byte off a file.
func cutShort(_ path: String) throws {
  var status = stat()
  guard stat(path, &status) == 0, truncate(path, status.st_size - 1) == 0 else { throw NotCut() }
}
