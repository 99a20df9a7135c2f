/// What the plain steps write into, kept from text to text: after warm-up they allocate nothing.
///
/// One for each pipeline, which belongs to one thread.
final class NormalizationScratch {
  var text = ScalarText()
  /// What a step builds before it takes the place of `text`.
  var spare = ScalarText()
  var changes: [ScalarChange] = []
  var composed: [ScalarChange] = []
  /// Room for the longest decomposition (18 scalars, U+FDFA) and what Unicode may add.
  var parts = [UInt32](repeating: 0, count: 32)
  var marks = MarkOrder()
  var search = SearchScratch()
}
