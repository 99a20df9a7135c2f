import Foundation
import TestPacking

/// The ways to pack a file.
enum Packing: CaseIterable {
  case gzip, zstd

  func pack(_ bytes: Data) -> Data {
    Data(self == .gzip ? Packed.gzip(bytes) : Packed.zstd(bytes))
  }

  func pack(_ text: String) -> Data { pack(Data(text.utf8)) }

  struct IsBroken: Error { let path: String }

  /// The text of a packed file, by its name.
  static func text(_ path: String) throws -> String {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let text = path.hasSuffix("gz") ? Packed.gunzip(bytes) : Packed.unzstd(bytes)
    guard let text else { throw IsBroken(path: path) }
    return String(decoding: text, as: UTF8.self)
  }
}
