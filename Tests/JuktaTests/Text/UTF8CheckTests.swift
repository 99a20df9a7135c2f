import Foundation
import TestSupport
import Testing

@testable import Jukta

@Suite struct `The check for UTF-8` {
  @Test func `agrees with Swift's own on all that can go wrong`() throws {
    var random = SeededGenerator(seed: 11)
    let parts: [[UInt8]] =
      [
        [], [0x00], [0x7F], [0x80], [0xBF], [0xC0], [0xC1, 0x80], [0xC2], [0xC2, 0x80], [0xE0],
        [0xE0, 0x9F, 0x80], [0xE0, 0xA0, 0x80], [0xE0, 0xA6], [0xED, 0x9F, 0xBF],
        [0xED, 0xA0, 0x80], [0xEE, 0x80, 0x80], [0xEF, 0xBF, 0xBF], [0xF0, 0x8F, 0xBF, 0xBF],
        [0xF0, 0x90, 0x80, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x8F, 0xBF, 0xBF],
        [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
      ] + ["আমি", "é", "a", "😀", "中"].map { Array($0.utf8) }
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in
        parts.randomElement(using: &random) ?? []
      }
      #expect(UTF8Check.plain(bytes.span) == UTF8Check.firstInvalid(bytes.span), "\(bytes)")
    }
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max {
        for end in [[], [0x80], [0x80, 0x80], [0xC0, 0x80], [0x41]] as [[UInt8]] {
          let bytes = [first, second] + end
          let isSame = UTF8Check.plain(bytes.span) == UTF8Check.firstInvalid(bytes.span)
          if !isSame { Issue.record("\(bytes)") }
        }
      }
    }
  }

  @Test func `stands alone: nothing else asks for a newer system`() throws {
    let files = try #require(
      FileManager.default.enumerator(
        at: `Dependencies point one way`.sources, includingPropertiesForKeys: nil))
    var seen = 0
    for case let file as URL in files where file.pathExtension == "swift" {
      seen += 1
      if file.lastPathComponent == "UTF8Check.swift" { continue }
      let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter {
        !$0.drop(while: { $0 == " " }).hasPrefix("//")
      }.joined(separator: "\n")
      for name in ["UTF8Span", "utf8Span", "InlineArray", "UTF8.ValidationError"] {
        #expect(!code.contains(name), "\(file.lastPathComponent): \(name) needs macOS 26")
      }
    }
    #expect(seen > 100)
  }
}
