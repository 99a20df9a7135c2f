/// Grapheme_Cluster_Break of Unicode 17.0.0, with what rules GB9c and GB11 ask about folded in:
/// Indic_Conjunct_Break and Extended_Pictographic (UAX #29).
///
/// The numbers are those of `graphemeBreakRuns`, which Scripts/make-grapheme-table.py writes.
enum GraphemeBreakClass: UInt8, CaseIterable {
  case any, carriageReturn, lineFeed, control
  /// GCB=Extend and InCB=Extend.
  case extend
  case zwj, regionalIndicator, prepend, spacingMark
  case hangulL, hangulV, hangulT, hangulLV, hangulLVT
  case pictographic
  /// InCB=Consonant.
  case consonant
  /// InCB=Linker (and GCB=Extend): the hasantas that join.
  case linker
  /// GCB=Extend and InCB=None: ZWNJ and emoji modifiers.
  case extendOnly
}

/// The version of Unicode whose grapheme clusters are found here, whatever ICU is linked.
public let graphemeClusterUnicodeVersion = "17.0.0"
