public import Jukta

/// SentencePiece 0.2.3's encoding as its rules are told, over whole lines and without any cleverness:
/// f32 sums from the first character to the last, one dictionary, no cache.
public struct NaiveSentencePiece {
  /// A piece of the result: its id, and its bytes in the normalised text. nil where no piece covers it.
  public struct Token: Equatable {
    /// nil for unknown text.
    public var id: UInt32?
    /// Bytes of the normalised text.
    public var range: Range<Int>
  }

  private struct Key: Hashable {
    let bytes: [UInt8]
  }
  private let model: SentencePieceModel
  private var ids: [Key: Int] = [:]
  private var longest = 1

  /// Prepares a model.
  public init(_ model: SentencePieceModel) {
    self.model = model
    for (id, piece) in model.pieces.enumerated() {
      guard [.normal, .userDefined, .unused].contains(piece.kind) else { continue }
      ids[Key(bytes: Array(piece.text.utf8))] = id
      longest = max(longest, piece.text.unicodeScalars.count)
    }
  }

  private func id(_ bytes: ArraySlice<UInt8>) -> Int? { ids[Key(bytes: Array(bytes))] }

  /// Where each character starts, and the end.
  private func places(_ text: [UInt8]) -> [Int] {
    text.indices.filter { text[$0] & 0xC0 != 0x80 } + [text.count]
  }

  /// The best path of a Unigram model.
  public func unigram(_ text: [UInt8]) -> [Token] {
    let places = places(text)
    let count = places.count - 1
    let unknown = (model.pieces.filter { $0.kind == .normal }.map(\.score).min() ?? 0) - 10
    var best: [(score: Float, start: Int, id: Int?)?] = [(0, 0, nil)]
    best += Array(repeating: nil, count: count)
    var furthest = 0
    for start in 0..<max(count, 0) {
      var base = best[start]?.score ?? 0
      if abs(base) > 100_000 {
        for place in start...furthest { best[place]?.score -= base }
        base = 0
      }
      func offer(_ end: Int, _ score: Float, _ id: Int?) {
        let sum = score + base
        if let held = best[end], !(sum > held.score) { return }
        best[end] = (sum, start, id)
        furthest = max(furthest, end)
      }
      var isCovered = false
      for end in start + 1..<max(start + 2, min(count, start + longest) + 1) {
        guard let id = id(text[places[start]..<places[end]]) else { continue }
        let piece = model.pieces[id]
        if piece.kind == .unused { continue }
        let length = places[end] - places[start]
        offer(
          end, piece.kind == .userDefined ? Float(0.1 * Double(length - 1)) : piece.score, id)
        if end == start + 1 { isCovered = true }
      }
      if !isCovered { offer(start + 1, unknown, nil) }
    }
    var tokens: [Token] = []
    var place = count
    while place > 0, let step = best[place] {
      tokens.append(
        Token(id: step.id.map { UInt32($0) }, range: places[step.start]..<places[place]))
      place = step.start
    }
    return tokens.reversed()
  }

  /// Merges of a BPE model: the pair with the highest score, of two the leftmost, until none is left.
  public func bpe(_ text: [UInt8]) -> [Token] {
    let places = places(text)
    var parts: [(range: Range<Int>, isFrozen: Bool)] = []
    var place = 0
    while place < places.count - 1 {
      var end = place + 1
      var isFrozen = false
      for candidate in place + 1..<min(places.count, place + longest + 1) {
        if let id = id(text[places[place]..<places[candidate]]),
          model.pieces[id].kind == .userDefined
        {
          (end, isFrozen) = (candidate, true)
        }
      }
      parts.append((places[place]..<places[end], isFrozen))
      place = end
    }
    var halves: [Key: (Range<Int>, Range<Int>)] = [:]
    func joined(_ index: Int) -> (range: Range<Int>, id: Int)? {
      guard index >= 0, index + 1 < parts.count, !parts[index].isFrozen, !parts[index + 1].isFrozen
      else { return nil }
      let range = parts[index].range.lowerBound..<parts[index + 1].range.upperBound
      return id(text[range]).map { (range, $0) }
    }
    func note(_ index: Int) {
      guard let (range, id) = joined(index), model.pieces[id].kind == .unused else { return }
      halves[Key(bytes: Array(text[range]))] = (parts[index].range, parts[index + 1].range)
    }
    for index in parts.indices { note(index) }
    while true {
      var best: (index: Int, score: Float)?
      for index in parts.indices {
        guard let (_, id) = joined(index) else { continue }
        let score = model.pieces[id].score
        if let best, !(score > best.score) { continue }
        best = (index, score)
      }
      guard let best, let (range, _) = joined(best.index) else { break }
      parts[best.index].range = range
      parts.remove(at: best.index + 1)
      note(best.index - 1)
      note(best.index)
    }
    func tokens(_ range: Range<Int>) -> [Token] {
      guard let id = id(text[range]) else { return [Token(id: nil, range: range)] }
      if model.pieces[id].kind == .unused {
        guard let halves = halves[Key(bytes: Array(text[range]))] else {
          return [Token(id: nil, range: range)]
        }
        let cut = range.lowerBound + halves.0.count
        return tokens(range.lowerBound..<cut) + tokens(cut..<range.upperBound)
      }
      return [Token(id: UInt32(id), range: range)]
    }
    return parts.flatMap { tokens($0.range) }
  }

  /// Ids as they are given out: unknown text in bytes, or as one id for neighbours.
  public func ids(_ tokens: [Token], _ text: [UInt8]) -> [UInt32] {
    let unknown = model.pieces.firstIndex { $0.kind == .unknown }.map { UInt32($0) } ?? 0
    var result: [UInt32] = []
    var isOpen = false
    for token in tokens {
      if let id = token.id {
        result.append(id)
        isOpen = false
      } else if model.trainer.hasByteFallback {
        for byte in text[token.range] {
          let digits = String(byte, radix: 16, uppercase: true)
          let name = "<0x" + (byte < 16 ? "0" : "") + digits + ">"
          let id = model.pieces.firstIndex { $0.kind == .byte && $0.text == name }
          result.append(UInt32(id ?? 0))
        }
      } else {
        if !isOpen { result.append(unknown) }
        isOpen = true
      }
    }
    return result
  }
}
