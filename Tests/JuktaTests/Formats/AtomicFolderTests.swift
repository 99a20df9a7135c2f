import Testing

@testable import Jukta

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct `Atomic folder` {
  /// A fresh folder for one test.
  static func place() -> String {
    var template = Array("/tmp/jukta-test-XXXXXX".utf8CString)
    return mkdtemp(&template).map { String(cString: $0) } ?? "/nonexistent"
  }

  static func names(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  static func read(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    return Array(bytes[..<max(count, 0)])
  }

  @Test func `makes the folder and its parents with all files`() throws {
    let place = Self.place()
    let folder = try AtomicFolder(place + "/a/b/")
    try folder.commit([("one", Array("1".utf8)), ("two", Array("22".utf8))])
    #expect(Self.names(place + "/a") == ["b"])
    #expect(Self.names(place + "/a/b") == ["one", "two"])
    #expect(Self.read(place + "/a/b/two") == Array("22".utf8))
  }

  @Test func `replaces files of a folder that exists and keeps the others`() throws {
    let place = Self.place()
    try AtomicFolder(place + "/d").commit([("one", [1]), ("other", [9])])
    try AtomicFolder(place + "/d").commit([("one", [2])])
    #expect(Self.names(place) == ["d"])
    #expect(Self.read(place + "/d/one") == [2])
    #expect(Self.read(place + "/d/other") == [9])
  }

  @Test func `a file that can't be written leaves nothing behind`() throws {
    let place = Self.place()
    let folder = try AtomicFolder(place + "/d")
    #expect(throws: FolderError.self) {
      try folder.commit([("one", [1]), ("no/such/folder", [2])])
    }
    #expect(Self.names(place) == [])
  }

  @Test func `a file in the way is told before anything is written`() throws {
    let place = Self.place()
    try AtomicFolder(place + "/d").commit([("file", [1])])
    let error = #expect(throws: FolderError.self) {
      _ = try AtomicFolder(place + "/d/file")
    }
    #expect(
      error?.description
        == "\(place)/d/file: can't write into it: Not a directory. Nothing was written. Choose another name."
    )
  }
}
