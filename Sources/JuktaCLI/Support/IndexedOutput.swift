import Jukta

/// Output, and beside it, where one is asked for, an index of where each text ends.
///
/// The index of our own is one little-endian u64 a text: the number of ids up to its end. So the ids of
/// text *n* are those from `ends[n - 1]` (0 for the first) to `ends[n]`, the last end is the number of all
/// ids, and both files can be mapped into memory as arrays. Other programs' are told at `TrainingFiles`.
struct IndexedOutput: ~Copyable {
  /// Whose index it is.
  enum Style {
    /// Our own.
    case ends
    case megatron(width: Int)
    /// Our own, and a file of text beside it.
    case datatrove(model: String, width: Int)
  }

  private var main: Output
  private var index: Output?
  private var metadata: Output?
  private let style: Style
  private var megatron: MegatronIndex?
  private var texts = 0
  private var total: UInt64 = 0

  init(
    _ main: consuming Output, _ index: consuming Output?, _ metadata: consuming Output? = nil,
    _ style: Style = .ends
  ) {
    self.main = main
    self.index = index
    self.metadata = metadata
    self.style = style
    if case .megatron(let width) = style { megatron = MegatronIndex(width: width) }
  }

  /// How much has been written, for formats that training programs read.
  var summary: String? {
    if case .ends = style { return nil }
    return "\(grouped(total)) ids of \(grouped(texts)) \(texts == 1 ? "text" : "texts")"
  }

  mutating func write(_ text: Span<UInt8>, _ lengths: [Int]) throws {
    try main.write(text)
    guard index != nil else { return }
    texts += lengths.count
    for length in lengths {
      total += UInt64(length)
      if megatron != nil {
        try megatron?.add(length)
      } else {
        let end = total
        try index?.write { $0.appendLittleEndian(end, bytes: 8) }
      }
    }
  }

  mutating func flush() throws { try main.flush() }

  /// Makes all files appear: whole, and as good as at once.
  mutating func finish() throws {
    guard var index = index.take() else { return try main.finish() }
    try megatron?.write(to: &index)
    try index.prepare()
    if case .datatrove(let model, let width) = style {
      let text = DatatroveMetadata.text(model: model, width: width, ids: Int(total))
      try metadata?.write(text)
      try metadata?.prepare()
    }
    try main.prepare()
    // Both or none, whatever signal comes.
    try Interruption.holdOff { () throws in
      try metadata?.place()
      try index.place()
      try main.place()
    }
  }
}
