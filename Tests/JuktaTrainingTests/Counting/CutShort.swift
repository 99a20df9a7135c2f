@testable import JuktaTraining

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

struct NotCut: Error {}

/// Takes the last byte off a run.
func cutShort(_ run: SpillRun) throws {
  var status = stat()
  let descriptor = fileno(run.file)
  guard fstat(descriptor, &status) == 0, ftruncate(descriptor, status.st_size - 1) == 0 else {
    throw NotCut()
  }
}

/// A folder of a test's own, gone with it.
final class EmptyFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/jukta-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw NotCut() }
    path = String(cString: made)
  }

  deinit { rmdir(path) }

  var isEmpty: Bool {
    guard let folder = opendir(path) else { return false }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // . and ..
    return count == 2
  }
}
