internal import CJuktaICU

extension ScalarRanges {
  /// The set of a text in ICU's brackets as `PatternTree.set` holds it; nil where ICU reads none in it.
  /// - Parameters:
  ///   - ignoringCase: closed over case, as ICU's expressions close sets under `(?i)`.
  ///   - alone: nil too where the set closed over case holds texts of several scalars, as ß is ss.
  init?(icuSet text: String, ignoringCase: Bool = false, alone: Bool = false) {
    // A set in an expression writes an intersection with two signs, one by itself with one. Literals are
    // escaped, so that no other sign is there.
    let units = Array(text.replacing("&&", with: "&").utf16)
    var turns = [UInt32](repeating: 0, count: 2048)
    var hasStrings: Int32 = 0
    for _ in 0..<2 {
      let room = Int32(turns.count)
      let count = Int(
        jukta_icu_set_turns(
          units, Int32(units.count), ignoringCase ? 1 : 0, &turns, room, &hasStrings))
      guard count >= 0, !alone || hasStrings == 0 else { return nil }
      if count <= turns.count {
        self.init(turns: Array(turns[..<count]))
        return
      }
      turns = [UInt32](repeating: 0, count: count)
    }
    return nil
  }
}
