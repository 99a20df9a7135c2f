/// All pieces in one array of scalars.
struct PieceScalars {
  private(set) var values: [UInt32] = []
  /// Where each piece ends.
  private(set) var ends: [Int] = []

  init(_ pieces: Pieces) {
    values.reserveCapacity(pieces.utf8.count / 2)
    ends.reserveCapacity(pieces.count)
    pieces.utf8.withUnsafeBufferPointer { bytes in
      var position = 0
      for end in pieces.ends {
        while position < end {
          let lead = UInt32(bytes[position])
          if lead & 0xF0 == 0xE0, position + 2 < end {
            // Most of a Bengali vocabulary.
            let second = UInt32(bytes[position + 1] & 0x3F)
            values.append((lead & 0x0F) << 12 | second << 6 | UInt32(bytes[position + 2] & 0x3F))
            position += 3
          } else {
            let (scalar, length) = UTF8Scalars.decode(bytes, at: position) ?? (0xFFFD, 1)
            values.append(scalar)
            position += length
          }
        }
        ends.append(values.count)
      }
    }
  }
}

/// The pieces in the order of their symbols, a shorter one before those that it begins, and of equal
/// ones the lower id first.
struct SortedPieces {
  /// The symbols of all pieces, one piece behind the other.
  private(set) var symbols: [UInt16] = []
  /// Where each piece ends in `symbols`.
  private(set) var ends: [Int] = []
  /// The id of each.
  private(set) var ids: [UInt32] = []

  /// Where a piece begins in `symbols`.
  func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }

  /// - Parameters:
  ///   - symbols: the symbol of each scalar of the Basic Multilingual Plane; 0 for none.
  ///   - rareSymbols: those of scalars beyond it.
  init(
    _ text: PieceScalars, symbolCount: Int, symbols table: [UInt16],
    rareSymbols: [UInt32: UInt16]
  ) {
    let all = text.values.map { $0 < 0x10000 ? table[Int($0)] : rareSymbols[$0] ?? 0 }
    var sorting = PieceSorting(all, text.ends, symbolCount: symbolCount)
    sorting.sort()
    symbols.reserveCapacity(text.values.count)
    ends.reserveCapacity(sorting.order.count)
    for piece in sorting.order {
      symbols.append(contentsOf: sorting.symbols[sorting.range(of: Int(piece))])
      ends.append(symbols.count)
    }
    ids = sorting.order
  }
}

/// Sorting pieces by a few symbols at a time, packed into one number with the id below them: what
/// ties is sorted by the symbols that follow.
private struct PieceSorting {
  private(set) var order: [UInt32]
  let symbols: [UInt16]
  private let ends: [Int]
  /// How many bits a symbol takes, and an id.
  private let symbolBits: Int
  private let idBits: Int
  /// How many symbols are packed.
  private let packed: Int
  private var keys: [UInt64] = []
  private var scratch: [UInt64] = []

  init(_ symbols: [UInt16], _ ends: [Int], symbolCount: Int) {
    (self.symbols, self.ends) = (symbols, ends)
    symbolBits = max(1, Int.bitWidth - (symbolCount - 1).leadingZeroBitCount)
    idBits = max(1, Int.bitWidth - ends.count.leadingZeroBitCount)
    packed = max(1, (64 - idBits) / symbolBits)
    order = []
    order.reserveCapacity(ends.count)
    // Found nowhere: an empty piece, and one with a scalar that got no symbol.
    let hasStrangers = symbolCount >= 0xFFFF
    var start = 0
    for (piece, end) in ends.enumerated() {
      if end > start, !hasStrangers || !symbols[start..<end].contains(0) {
        order.append(UInt32(truncatingIfNeeded: piece))
      }
      start = end
    }
  }

  func range(of piece: Int) -> Range<Int> { (piece == 0 ? 0 : ends[piece - 1])..<ends[piece] }

  mutating func sort() {
    // A stack, since a piece may be longer than the call stack is deep.
    var pending = [(range: 0..<order.count, depth: 0)]
    while let (range, depth) = pending.popLast() {
      sortKeys(of: range, depth)
      var start = 0
      while start < keys.count {
        let prefix = keys[start] >> UInt64(idBits)
        var end = start
        while end < keys.count, keys[end] >> UInt64(idBits) == prefix {
          order[range.lowerBound + end] = UInt32(keys[end] & (1 << UInt64(idBits) - 1))
          end += 1
        }
        // A last symbol of 0: these pieces are at their end, and equal.
        if end - start > 1, prefix & (1 << UInt64(symbolBits) - 1) != 0 {
          pending.append((range.lowerBound + start..<range.lowerBound + end, depth + packed))
        }
        start = end
      }
    }
  }

  private mutating func sortKeys(of range: Range<Int>, _ depth: Int) {
    keys.removeAll(keepingCapacity: true)
    for piece in order[range] {
      let end = ends[Int(piece)]
      var place = self.range(of: Int(piece)).lowerBound + depth
      var key: UInt64 = 0
      for _ in 0..<packed {
        key <<= UInt64(symbolBits)
        if place < end { key |= UInt64(symbols[place]) }
        place += 1
      }
      keys.append(key << UInt64(idBits) | UInt64(piece))
    }
    if keys.count <= 16 {
      sortByInsertion()
    } else if keys.count < 1024 {
      keys.sort()
    } else {
      sortByRadix()
    }
  }

  /// Most ties are a handful of pieces.
  private mutating func sortByInsertion() {
    for index in keys.indices.dropFirst() {
      let key = keys[index]
      var place = index
      while place > 0, keys[place - 1] > key {
        keys[place] = keys[place - 1]
        place -= 1
      }
      keys[place] = key
    }
  }

  /// Least significant digit first, ten bits a digit; the ids below are in order already.
  private mutating func sortByRadix() {
    if scratch.count < keys.count { scratch = [UInt64](repeating: 0, count: keys.count) }
    var shift = UInt64(idBits)
    while shift < 64 {
      var places = [Int](repeating: 0, count: 1025)
      for key in keys { places[Int(key >> shift & 1023) + 1] += 1 }
      for digit in 1...1024 { places[digit] += places[digit - 1] }
      for key in keys {
        let digit = Int(key >> shift & 1023)
        scratch[places[digit]] = key
        places[digit] += 1
      }
      for index in keys.indices { keys[index] = scratch[index] }
      shift += 10
    }
  }
}
