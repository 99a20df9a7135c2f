internal import Synchronization

/// The pieces of a vocabulary, by id.
///
/// All bytes lie in one run: a vocabulary of 32,000 pieces is two arrays, not 32,000 strings, which
/// would be most of the time that loading takes. A `String` is made where one is asked for. Two
/// lists are equal where their bytes are: য় as one scalar and as two are two pieces, which Swift's
/// strings take for one.
public struct Pieces: Sendable {
  /// The bytes of all pieces, one behind the other: UTF-8.
  var utf8: [UInt8] { storage.bytes }
  /// Where each piece ends in `utf8`.
  var ends: [Int] { storage.ends }

  private let storage: Storage

  private final class Storage: Sendable {
    let bytes: [UInt8]
    let ends: [Int]
    /// All pieces as strings, made when enough have been asked for.
    let strings = Mutex<(all: [String]?, asked: Int)>((nil, 0))

    init(_ bytes: [UInt8], _ ends: [Int]) { (self.bytes, self.ends) = (bytes, ends) }
  }

  /// - Parameters:
  ///   - utf8: the bytes of all pieces; every piece must be UTF-8 by itself.
  ///   - ends: where each ends, rising, the last at the end of `utf8`.
  init(utf8: [UInt8], ends: [Int]) { storage = Storage(utf8, ends) }

  /// Creates a list of `pieces`; a piece's place is its id.
  public init(_ pieces: some Sequence<String>) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for piece in pieces {
      bytes.append(contentsOf: piece.utf8)
      ends.append(bytes.count)
    }
    self.init(utf8: bytes, ends: ends)
  }

  /// Where the piece of an id lies in `utf8`.
  func range(of id: Int) -> Range<Int> { (id == 0 ? 0 : ends[id - 1])..<ends[id] }

  /// The bytes of the piece of an id: a view, not a copy.
  public func utf8(of id: Int) -> ArraySlice<UInt8> { storage.bytes[range(of: id)] }

  /// Whether an id has no piece: a hole in the vocabulary.
  func isHole(_ id: Int) -> Bool { range(of: id).isEmpty }

  /// How many ids have no piece.
  var holeCount: Int { indices.count { isHole($0) } }

  /// The length of each piece in scalars.
  var scalarCounts: [UInt32] {
    indices.map { id in UInt32(truncatingIfNeeded: utf8(of: id).count { $0 & 0xC0 != 0x80 }) }
  }

  /// The length of each piece in bytes.
  var lengths: [UInt32] { indices.map { UInt32(truncatingIfNeeded: range(of: $0).count) } }

  /// All pieces as strings, for those who want them again and again: made once.
  var strings: [String] {
    storage.strings.withLock { strings in
      if let all = strings.all { return all }
      let made = Array(self)
      strings.all = made
      return made
    }
  }

  /// All pieces as strings, once about half as many have been asked for as there are; none before: to
  /// make all takes longer than to make those of the first texts.
  func strings(about count: Int) -> [String] {
    let isWorth = storage.strings.withLock { strings in
      if strings.all == nil { strings.asked += count }
      return strings.all != nil || strings.asked > self.count / 2
    }
    return isWorth ? strings : []
  }
}

extension Pieces: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of pieces.
  public var endIndex: Int { storage.ends.count }

  /// The piece of an id.
  /// - Complexity: O(*length*): the string is made.
  public subscript(id: Int) -> String { String(decoding: utf8(of: id), as: UTF8.self) }
}

extension Pieces: Equatable, ExpressibleByArrayLiteral {
  /// Whether both have the same pieces, byte for byte.
  public static func == (left: Pieces, right: Pieces) -> Bool {
    left.storage === right.storage || left.ends == right.ends && left.utf8 == right.utf8
  }

  /// Creates a list of pieces.
  public init(arrayLiteral elements: String...) { self.init(elements) }
}
