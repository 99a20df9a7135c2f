import TestSupport
import Testing

@testable import Jukta

@Suite struct `A cache of words` {
  /// A word with bytes to read behind it, and what it is encoded as: some ids that tell it apart.
  private struct Word {
    let bytes: [UInt8]
    let count: Int
    let ids: [UInt32]

    init(_ number: Int, count: Int, idLimit: Int) {
      var generator = SeededGenerator(seed: UInt64(number))
      self.count = count
      bytes = (0..<count + 64).map { _ in UInt8.random(in: 0...255, using: &generator) }
      ids = (0..<1 + number % idLimit).map { UInt32(number * 16 + $0) }
    }
  }

  private static func held(
    _ word: Word, in line: UnsafeMutableRawPointer, _ key: WordCache.Key,
    _ cache: borrowing WordCache
  ) -> [UInt32]? {
    var ids = IDBuffer()
    guard let count = cache.ids(of: key, in: line, to: ids.tail(WordCache.idLimit)) else {
      return nil
    }
    ids.advance(by: count)
    return Array(ids.ids(from: 0))
  }

  @Test func `answers with what was kept last, and holds two words of one set`() {
    var cache = WordCache(bits: 16)
    var sets: [UnsafeMutableRawPointer: [Int]] = [:]
    var words: [Word] = []
    for number in 0..<4_000 {
      let word = Word(number, count: 1 + number % WordCache.wordLimit, idLimit: WordCache.idLimit)
      words.append(word)
      // One and two bytes are words that come again.
      guard word.count > 2 else { continue }
      let key = word.bytes.withUnsafeBufferPointer {
        $0.baseAddress.map { cache.key(at: $0, count: word.count) } ?? .zero
      }
      let line = cache.line(of: key)
      let before = Self.held(word, in: line, key, cache)
      #expect(before == nil)
      word.ids.withUnsafeBufferPointer { cache.keep($0, of: key, in: line) }
      let kept = Self.held(word, in: line, key, cache)
      #expect(kept == word.ids)
      sets[line, default: []].append(number)
    }
    let shared = sets.values.filter { $0.count == 2 }
    #expect(!shared.isEmpty)
    for numbers in sets.values {
      // In turn, so that each is promoted.
      for number in numbers.suffix(2) + numbers.suffix(2) {
        let word = words[number]
        let key = word.bytes.withUnsafeBufferPointer {
          $0.baseAddress.map { cache.key(at: $0, count: word.count) } ?? .zero
        }
        let line = cache.line(of: key)
        let kept = Self.held(word, in: line, key, cache)
        let isFirst = cache.holds(key, in: line)
        #expect(kept == word.ids && isFirst)
      }
    }
  }

  @Test func `keeps a word of over 30 bytes too`() {
    var cache = LongWordCache(bits: 13)
    for number in 0..<2_000 {
      let count = 31 + number % (LongWordCache.wordLimit - 30)
      let word = Word(number, count: count, idLimit: LongWordCache.idLimit)
      let key = word.bytes.withUnsafeBufferPointer {
        $0.baseAddress.map { cache.key(at: $0, count: count) } ?? .zero
      }
      let line = cache.line(of: key)
      let before = cache.count(of: key, in: line)
      #expect(before == nil)
      word.ids.withUnsafeBufferPointer { cache.keep($0, of: key, in: line) }
      let after = cache.count(of: key, in: line)
      #expect(after == word.ids.count)
      var ids = IDBuffer()
      LongWordCache.copy(line, to: ids.tail(LongWordCache.idLimit))
      ids.advance(by: word.ids.count)
      #expect(Array(ids.ids(from: 0)) == word.ids)
    }
  }

  @Test func `grows with the words that come, and still answers rightly`() {
    var cache = WordCache()
    var long = LongWordCache()
    var found = 0
    for number in 0..<20_000 {
      cache.growIfFull()
      long.growIfFull()
      let word = Word(number, count: 3 + number % 28, idLimit: WordCache.idLimit)
      Self.keep(word, in: &cache)
      let longWord = Word(number, count: 31 + number % 32, idLimit: LongWordCache.idLimit)
      let key = longWord.bytes.withUnsafeBufferPointer {
        $0.baseAddress.map { long.key(at: $0, count: longWord.count) } ?? .zero
      }
      longWord.ids.withUnsafeBufferPointer { long.keep($0, of: key, in: long.line(of: key)) }
      // The last words are in lines of their own, whenever it grew.
      for back in stride(from: 0, through: min(number, 40), by: 8) {
        let older = Word(number - back, count: 3 + (number - back) % 28, idLimit: WordCache.idLimit)
        let ids = Self.held(older, &cache)
        #expect(ids == nil || ids == older.ids)
        found += ids == nil ? 0 : 1
        if back == 0 { #expect(ids == older.ids) }
      }
    }
    #expect(found > 115_000)
  }

  private static func key(_ word: Word, _ cache: borrowing WordCache) -> WordCache.Key {
    word.bytes.withUnsafeBufferPointer {
      guard let base = $0.baseAddress else { return .zero }
      return cache.key(at: base, count: word.count)
    }
  }

  private static func keep(_ word: Word, in cache: inout WordCache) {
    let key = key(word, cache)
    let line = cache.line(of: key)
    word.ids.withUnsafeBufferPointer { cache.keep($0, of: key, in: line) }
  }

  private static func held(_ word: Word, _ cache: inout WordCache) -> [UInt32]? {
    let key = key(word, cache)
    return held(word, in: cache.line(of: key), key, cache)
  }
}
