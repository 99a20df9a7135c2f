import Foundation

/// Files for one test, gone with it.
final class Files {
  let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "jukta-corpus-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Writes a file and gives its path.
  func add(_ name: String, _ bytes: [UInt8]) -> String {
    _ = FileManager.default.createFile(atPath: folder + "/" + name, contents: Data(bytes))
    return folder + "/" + name
  }

  func add(_ name: String, _ text: String) -> String { add(name, Array(text.utf8)) }
}
