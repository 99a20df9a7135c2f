import TestPacking
import TestSupport
import Testing

@testable import JuktaCorpus

/// Files with random damage: reading ends in documents or in an error, and the same for any number
/// of callers and any size of blocks.
@Suite struct `Damaged files` {
  enum Outcome: Equatable {
    case read([Document], CorpusTally)
    case failed(CorpusError)
  }

  static let originals: [[UInt8]] = [
    Array(Oscar.v2019.utf8), Array(Oscar.v2109.utf8), Array(Oscar.v2201.utf8),
    Array(Oscar.v2301.utf8), Packed.gzip(Oscar.v2201 + Oscar.v2301),
    Packed.gzip(Oscar.v2109) + Packed.gzip(Oscar.v2019), Packed.zstd(Oscar.v2301),
    Packed.skippable([1, 2, 3]) + Packed.zstd(Oscar.v2109) + Packed.zstd(Oscar.v2019),
  ]

  static func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
      let place = bytes.indices.randomElement(using: &generator) ?? 0
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = .random(in: 0...255, using: &generator)
      case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes.insert(.random(in: 0...255, using: &generator), at: place)
      case 3: bytes.remove(at: place)
      default: bytes.removeLast(bytes.count - place)
      }
    }
    return bytes
  }

  static func outcome(
    _ paths: [String], _ size: Int, _ callers: Int, skipsBad: Bool
  ) throws -> Outcome {
    do {
      let reading = try read(
        paths,
        .with {
          $0.layout = nil
          $0.blockSize = size
          $0.skipsBad = skipsBad
          $0.readsMetadata = true
        }, callers: callers)
      return .read(reading.documents, reading.tally)
    } catch let error as CorpusError {
      return .failed(error)
    }
  }

  @Test(arguments: 1...150 as ClosedRange<UInt64>)
  func `reading damage ends, and always in the same way`(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let files = try Files()
    let paths = (0..<3).map { index in
      let original = Self.originals.randomElement(using: &generator) ?? []
      return files.add("\(index)", Self.damaged(original, &generator))
    }
    for skipsBad in [false, true] {
      // Blocks as large as the files: layouts are told by the first block.
      let expected = try Self.outcome(paths, 1 << 14, 1, skipsBad: skipsBad)
      for callers in [1, 2, 5] {
        let found = try Self.outcome(paths, 1 << 14, callers, skipsBad: skipsBad)
        #expect(found == expected)
      }
      if skipsBad, case .failed(let error) = expected { Issue.record("\(error)") }
      // With small blocks the layout may be told otherwise; that reading ends is what is tested.
      _ = try Self.outcome(paths, 64, 3, skipsBad: skipsBad)
    }
  }
}
