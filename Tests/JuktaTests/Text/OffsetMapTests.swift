import TestSupport
import Testing

@testable import Jukta

@Suite struct `An offset map` {
  @Test func `counts what strings count, at every boundary of scalars`() {
    var generator = SeededGenerator(seed: 61)
    for _ in 0..<300 {
      let text = DirtyText.string(upTo: 12, using: &generator)
      let bytes = Array(text.utf8)
      let maps = OffsetUnit.allCases.map { OffsetMap(bytes.span, unit: $0) }
      var index = text.unicodeScalars.startIndex
      while true {
        let before = text.unicodeScalars[..<index]
        let byte = text.utf8.distance(from: text.startIndex, to: index)
        #expect(
          maps.map { $0.offset(of: byte) } == [
            byte, before.count, text.utf16.distance(from: text.startIndex, to: index),
          ])
        guard index < text.unicodeScalars.endIndex else { break }
        text.unicodeScalars.formIndex(after: &index)
      }
    }
  }

  @Test func `takes an offset inside a scalar for its start`() {
    let text = Array("aক😀b".utf8)
    let scalars = OffsetMap(text.span, unit: .scalars)
    #expect((0...9).map { scalars.offset(of: $0) } == [0, 1, 1, 1, 2, 2, 2, 2, 3, 4])
    let utf16 = OffsetMap(text.span, unit: .utf16)
    #expect((0...9).map { utf16.offset(of: $0) } == [0, 1, 1, 1, 2, 2, 2, 2, 4, 5])
  }

  @Test func `of an empty text has one offset`() {
    for unit in OffsetUnit.allCases {
      #expect(OffsetMap([UInt8]().span, unit: unit).offset(of: 0) == 0)
    }
  }
}
