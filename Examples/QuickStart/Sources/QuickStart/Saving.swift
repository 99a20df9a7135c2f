import Foundation
import Jukta

/// Writes a tokenizer as a folder that transformers, and `Tokenizer(contentsOf:)`, load.
func save(_ tokenizer: Tokenizer, to path: String) throws {
  let folder = URL(fileURLWithPath: path, isDirectory: true)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  for file in TransformersFolder.files(of: tokenizer) {
    try Data(file.bytes).write(to: folder.appendingPathComponent(file.name), options: .atomic)
  }
}
