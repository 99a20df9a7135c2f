import Foundation
import TestSupport
import Testing

@testable import Jukta

@Suite struct Anomalies {
  /// A text and all of its codes.
  struct Record: Sendable, CustomStringConvertible {
    var hexadecimal: String
    var codes: [String]
    var description: String { "\(hexadecimal) = \(codes.joined(separator: " "))" }
  }

  static let records: [Record] = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    let file = folder.appending(path: "../../Fixtures/anomalies/records.txt")
    guard let lines = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    return lines.split(separator: "\n").compactMap { line in
      guard !line.hasPrefix("#"), let sign = line.firstIndex(of: "=") else { return nil }
      return Record(
        hexadecimal: String(line[..<sign]),
        codes: line[line.index(after: sign)...].split(separator: " ").map(String.init))
    }
  }()

  @Test(arguments: records)
  func `are found where the conditions hold, and nowhere else`(record: Record) {
    #expect(codes(text(record.hexadecimal)) == record.codes)
  }

  @Test func `are tried by 250 records or more, each code by three`() {
    #expect(Self.records.count >= 250)
    for code in AnomalyCode.allCases {
      let count = Self.records.count { $0.codes.contains(code.rawValue) }
      #expect(count >= 3, "\(code.rawValue)")
    }
    #expect(AnomalyCode.allCases.count == 43)
  }

  @Test func `carry a range, and a repair where one is known`() {
    let found = "হঠাত্\u{200D} অামি".anomalies
    #expect(
      found == [
        Anomaly(code: .khandaTaSequence, range: 9..<18, repair: "ৎ", isSafe: true),
        Anomaly(code: .vowelLookalike, range: 19..<25, repair: "আ", isSafe: true),
      ])
  }

  @Test(arguments: [
    ("985 9BE 9AE 9BF", "986 9AE 9BF"),
    ("995 9BF 9A8 9CD 9A4 9C1 9C1 9C1", "995 9BF 9A8 9CD 9A4 9C1"),
    ("99A 9BE 9C7 996", "99A 9CB 996"), ("995 9C7 9BE", "995 9CB"), ("995 9D7 9C7", "995 9CC"),
    ("9AB 981 9BE 9B8", "9AB 9BE 981 9B8"), ("9B0 9CD 9BC 9AF", "9B0 9BC 9CD 9AF"),
    ("9A4 9CD 200D", "9CE"), ("9A4 9CD", "9A4 9CD"), ("995 200C 9B0", "995 9B0"),
    ("9DF 9BC 9BC", "9DF"), ("9B6 9E4", "9B6 964"), ("9B9 9DF 9F7", "9B9 9DF 964"),
    ("9B9 200B 9DF", "9B9 9DF"), ("61 200B 62", "61 200B 62"),
    ("9B6 9B0 9CE 9C7 9B0", "9B6 9B0 9A4 9C7 9B0"),
    ("9B9 981 9CD 9AF 9BE", "9B9 9CD 9AF 9BE 981"),
    ("9AF 9BE 987 201D 9F7", "9AF 9BE 987 201D 964"),
    ("9F4 9F7 9F9", "9F4 9F7 9F9"), ("1F468 200D 1F469", "1F468 200D 1F469"),
    ("915 94D 200D 937", "915 94D 200D 937"), ("645 6CC 200C 631", "645 6CC 200C 631"),
    ("9A8 9BE 7C", "9A8 9BE 7C"), ("9AB 981 9C7 9BE", "9AB 9CB 981"),
  ])
  func `are repaired where that is safe`(before: String, after: String) {
    let bytes = Array(text(before).utf8)
    let repair = TextRepair(bytes.span)
    #expect(scalars(String(decoding: repair.bytes, as: UTF8.self)) == scalars(text(after)))
  }

  @Test(arguments: UInt64(0)..<300)
  func `are repaired once and for all, with a way back`(seed: UInt64) {
    var random = RandomBengali(seed: seed)
    let bytes = Array(random.text(scalars: 40).utf8)
    let repair = TextRepair(bytes.span)
    #expect(TextRepair(repair.bytes.span).bytes == repair.bytes)
    let back = repair.alignment.originalRange(of: 0..<repair.bytes.count)
    #expect(repair.bytes.isEmpty || back.upperBound <= bytes.count)
    // Every byte that no change covers is where the alignment says.
    for index in repair.bytes.indices {
      let range = repair.alignment.originalRange(of: index..<index + 1)
      let isCovered = repair.changes.contains { $0.range.overlaps(range) }
      if !isCovered { #expect(bytes[range.lowerBound] == repair.bytes[index]) }
    }
  }

  @Test func `leave a clean text as it is`() {
    let bytes = Array("আমি বাংলায় গান গাই।".utf8)
    let repair = TextRepair(bytes.span)
    #expect(repair.bytes == bytes)
    #expect(repair.changes.isEmpty)
  }
}
