/// Running an automaton over symbols.
///
/// Soundness: `symbols` has a byte at every place of the range and one more behind it, which is set to the
/// edge for the time of the scan; all of them are below the table's stride, as are classes and the edge.
/// Every row leads to row 0 on the edge, so that no run leaves the range. Rows in entries are rows of the
/// table.
extension PatternAutomaton {
  /// Appends all matches in `range`, leftmost first, not overlapping, as if the range were a text of its own.
  /// An empty match directly at the end of the match before it is left out, as Oniguruma's scan does.
  /// - Parameters:
  ///   - withGaps: whether what lies between matches is appended too, and nothing that is empty.
  ///   - budget: how many scalars may be looked at; what was looked at is taken off.
  /// - Returns: false where the budget is used up.
  func appendMatches(
    in symbols: UnsafeMutablePointer<UInt8>, _ range: Range<Int>, to matches: inout SymbolRanges,
    withGaps: Bool = false, budget: inout Int
  ) -> Bool {
    let behind = symbols[range.upperBound]
    symbols[range.upperBound] = edge
    defer { symbols[range.upperBound] = behind }
    var budgetLeft = budget
    defer { budget = budgetLeft }
    let firstRow = starts[classCount]
    let looksBehind = looksBehind
    return table.withUnsafeBufferPointer { table in
      stops.withUnsafeBufferPointer { stops in
        var position = range.lowerBound
        var lastEnd = -1
        // Where what is not yet appended begins.
        var gap = position
        while position <= range.upperBound {
          while stops[Int(symbols[position])] == 0 { position &+= 1 }
          if position == range.upperBound, stops[Int(edge)] == 1 { break }
          var row = firstRow
          if looksBehind, position > range.lowerBound {
            row = starts[Int(symbols[position &- 1])]
          }
          var place = position
          var end = -1
          repeat {
            let entry = table[Int(row | UInt16(symbols[place]))]
            if entry & 1 == 1 { end = place }
            row = entry & 0xFFFE
            place &+= 1
          } while row != 0
          budgetLeft &-= place &- position
          if budgetLeft < 0 { return false }
          if withGaps, end >= position, position > gap {
            matches.append(SymbolRange(gap, position))
            gap = position
          }
          if end > position {
            matches.append(SymbolRange(position, end))
            (position, lastEnd, gap) = (end, end, end)
          } else {
            if end == position, lastEnd != position, !withGaps {
              matches.append(SymbolRange(position, position))
            }
            position &+= 1
          }
        }
        if withGaps, range.upperBound > gap {
          matches.append(SymbolRange(gap, range.upperBound))
        }
        return true
      }
    }
  }
}
