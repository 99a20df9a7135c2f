import Jukta

/// Everything that the views for people show about one text.
struct InspectionView {
  let text: String
  private let bytes: [UInt8]
  let range: Range<Int>
  let graphemeCount: Int
  let aksharas: [Akshara]
  let transliterations: [String]
  let anomalies: [Anomaly]
  let forms: NormalFormReport
  let tokenRows: [TokenRow]
  let repair: TextRepair?

  init(
    _ bytes: Span<UInt8>, _ inspector: borrowing Inspector, _ settings: InspectionSettings,
    _ transliterator: Transliterator?, _ repair: TextRepair?
  ) throws {
    text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    self.bytes = bytes.withUnsafeBufferPointer { Array($0) }
    range = 0..<bytes.count
    graphemeCount = inspector.graphemeEnds.count
    var aksharas: [Akshara] = []
    var start = 0
    for index in 0..<inspector.aksharaEnds.count {
      let end = Int(inspector.aksharaEnds[index])
      aksharas.append(inspector.akshara(start..<end, of: bytes))
      start = end
    }
    self.aksharas = aksharas
    transliterations = aksharas.map { akshara in
      akshara.kind == .other ? "" : transliterator?.transliterate(akshara.text) ?? ""
    }
    anomalies = inspector.anomalies
    forms = NormalFormReport(bytes, graphemeEnds: inspector.graphemeEnds)
    tokenRows = try settings.models.map { try TokenRow($0, bytes, aksharas, nBest: settings.nBest) }
    self.repair = repair
  }

  /// How much of a text is quoted for an anomaly, in bytes: many may share a long stretch.
  private static let quoteLimit = 96
  /// How many aksharas light up together with one part of a page.
  private static let keyLimit = 32

  /// The beginning of a bit of the text, with all that is not seen made visible.
  func shownSlice(_ range: Range<Int>) -> String {
    var end = min(range.upperBound, range.lowerBound + Self.quoteLimit)
    while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let quote = InspectionText.visible(
      String(decoding: bytes[range.lowerBound..<end], as: UTF8.self))
    return end < range.upperBound ? quote + "…" : quote
  }

  /// The numbers of the aksharas that `range` touches, the first ones of many.
  func keys(of range: Range<Int>) -> String {
    // Aksharas lie end to end: the first is found by halving.
    var (low, high) = (0, aksharas.count)
    while low < high {
      let middle = (low + high) / 2
      if aksharas[middle].range.upperBound <= range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return aksharas[low...].prefix(Self.keyLimit).enumerated()
      .prefix { $0.element.range.overlaps(range) }
      .map { String(low + $0.offset) }.joined(separator: " ")
  }

  /// For each akshara the anomalies that touch it, the first few of many.
  func anomaliesByAkshara() -> [[Anomaly]] {
    var found = [[Anomaly]](repeating: [], count: aksharas.count)
    let starts = aksharas.map(\.range.lowerBound)
    for anomaly in anomalies {
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if aksharas[middle].range.upperBound <= anomaly.range.lowerBound {
          low = middle + 1
        } else {
          high = middle
        }
      }
      var index = low
      while index < aksharas.count, index < low + Self.keyLimit,
        aksharas[index].range.overlaps(anomaly.range)
      {
        if found[index].count < Self.keyLimit { found[index].append(anomaly) }
        index += 1
      }
    }
    return found
  }
}

/// The tokens of one model for a text.
struct TokenRow {
  /// One token.
  struct Token {
    var id: UInt32
    var piece: String
    var range: Range<Int>
    var score: Double?
    /// Whether it starts, or ends, inside an akshara.
    var startsInside: Bool
    var endsInside: Bool
  }

  let title: String
  let tokens: [Token]
  /// How many aksharas have a boundary inside, of how many.
  let cut: Int
  /// The words that can be cut in several ways, each with the most likely ones.
  let alternatives: [(word: String, ways: [Segmentation])]

  init(
    _ model: InspectionModel, _ text: Span<UInt8>, _ aksharas: [Akshara], nBest: Int
  ) throws {
    title = model.title
    alternatives = try model.alternatives(of: text, limit: nBest)
    let encoding = try model.encode(text)
    let edges = Set(aksharas.flatMap { [$0.range.lowerBound, $0.range.upperBound] })
    // A ▁ that the text does not have covers its first letter, so only starts tell boundaries.
    let isInside = encoding.ranges.map { !$0.isEmpty && !edges.contains($0.lowerBound) } + [false]
    tokens = encoding.ids.indices.map { index in
      Token(
        id: encoding.ids[index], piece: encoding.tokens[index], range: encoding.ranges[index],
        score: model.score(of: encoding.ids[index]), startsInside: isInside[index],
        endsInside: isInside[index + 1])
    }
    // Both lie in the order of the text: they are walked side by side.
    let starts = tokens.map(\.range.lowerBound).sorted()
    var (place, cut) = (0, 0)
    for akshara in aksharas {
      while place < starts.count, starts[place] <= akshara.range.lowerBound { place += 1 }
      if place < starts.count, starts[place] < akshara.range.upperBound { cut += 1 }
    }
    self.cut = cut
  }
}

extension InspectionModel {
  /// The tokens of `text`, without special ones around it.
  func encode(_ text: Span<UInt8>) throws -> Encoding {
    var encoder = try tokenizer.withoutTruncationAndPadding().makeEncoder()
    return try encoder.encoding(of: text, addsSpecialTokens: false)
  }

  /// Each distinct word of `text` that can be cut in several ways, in order, with the most likely
  /// ones; none where the model is not a Unigram model.
  func alternatives(
    of text: Span<UInt8>, limit: Int
  ) throws -> [(word: String, ways: [Segmentation])] {
    guard limit > 1, let words = try tokenizer.segmentations(of: text, limit: limit) else {
      return []
    }
    var seen: Set<[UInt8]> = []
    return words.filter { $0.ways.count > 1 && seen.insert(Array($0.word.utf8)).inserted }
  }

  /// The score of a piece, where the model has scores.
  func score(of id: UInt32) -> Double? {
    tokenizer.pieceScores.flatMap { Int(id) < $0.count ? $0[Int(id)] : nil }
  }
}

extension Akshara.Part {
  /// Its name in Bengali, for what it does here.
  var bengaliName: String? {
    switch role {
    case .reph: "রেফ"
    case .phala(let name): name
    default: SignName.bengali(scalar)
    }
  }

  /// What it does, in a few words.
  var remark: String {
    switch role {
    case .vowelSign(let position): "vowel sign, drawn \(position.rawValue)"
    case .joiner(.visibleHasanta): "asks for a visible hasanta"
    case .joiner(.halfForm): "asks for the half form"
    case .joiner(.phala): "asks for the phala"
    case .joiner(.nothing): "asks for nothing here"
    case .visibleHasanta: "hasanta, drawn"
    case .hasanta: "hasanta, joins"
    case .other: ""
    default: role.name
    }
  }
}
