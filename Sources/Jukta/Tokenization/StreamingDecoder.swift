/// Decodes ids one after another, as a model gives them, into text that can be shown at once.
///
///     var decoder = tokenizer.makeStreamingDecoder()
///     for id in generated { print(decoder.push(id), terminator: "") }
///     print(decoder.finish())
///
/// Text comes out as soon as it is final, in whole aksharas and whole grapheme clusters: never half a
/// character, never a consonant whose vowel sign is still to come. So the last akshara always waits
/// for what follows. All that came out, joined, is what `decode` gives for all the ids.
///
/// What more has to wait, for no later token could then change it: a run of bytes (`<0xE0>`), until it
/// ends, since one bad byte spoils the whole run; what a decoder behind Fuse has to see whole.
public struct StreamingDecoder: ~Copyable {
  private let tokenizer: Tokenizer
  private let skipsSpecialTokens: Bool
  private var stages: [DecoderStage]
  /// In place of stages for a SentencePiece model.
  private var sentencePiece: SentencePieceDecoding?
  /// A model that changes the whole decoded text says nothing before its end.
  private var held: [UInt32] = []
  /// Text that has not come out yet.
  private var pending = ByteBuffer()
  private var scanner = SyllableScanner()

  init(_ tokenizer: Tokenizer, skipsSpecialTokens: Bool) {
    self.tokenizer = tokenizer
    self.skipsSpecialTokens = skipsSpecialTokens
    stages = DecoderStage.chain(of: tokenizer.decoder)
    sentencePiece = Self.decoding(tokenizer, skipsSpecialTokens)
  }

  private static func decoding(
    _ tokenizer: Tokenizer, _ skipsSpecialTokens: Bool
  ) -> SentencePieceDecoding? {
    tokenizer.model.sentencePiece.map {
      SentencePieceDecoding($0.vocabulary, showsControls: !skipsSpecialTokens)
    }
  }

  /// Takes the next id.
  /// - Returns: The text that is final now; often empty.
  public mutating func push(_ id: UInt32) -> String {
    if let processor = tokenizer.model.sentencePiece {
      guard processor.denormalizer == nil else {
        held.append(id)
        return ""
      }
      sentencePiece?.push(id)
      return take([String(decoding: sentencePiece?.take() ?? [], as: UTF8.self)])
    }
    guard let token = tokenizer.token(withID: id, skipsSpecialTokens: skipsSpecialTokens) else {
      return ""
    }
    return take(stages.pass([token], from: 0))
  }

  /// Takes the next ids.
  /// - Returns: The text that is final now.
  public mutating func push(_ ids: some Sequence<UInt32>) -> String {
    var text = ""
    for id in ids { text += push(id) }
    return text
  }

  /// Ends the text; the decoder can then take another.
  /// - Returns: The rest of the text.
  public mutating func finish() -> String {
    var rest: [String] = []
    if let processor = tokenizer.model.sentencePiece {
      rest.append(processor.decode(held, skipsSpecialTokens: skipsSpecialTokens))
      rest.append(String(decoding: sentencePiece?.finish() ?? [], as: UTF8.self))
      held.removeAll()
      sentencePiece = Self.decoding(tokenizer, skipsSpecialTokens)
    }
    for place in stages.indices {
      let last = stages[place].finish()
      rest += stages.pass(last, from: place + 1)
    }
    for text in rest { append(text) }
    let text = Self.text(pending.span.extracting(0..<pending.count))
    pending.removeAll()
    scanner.start()
    stages = DecoderStage.chain(of: tokenizer.decoder)
    return text
  }

  private mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { pending.append($0) }
  }

  /// Adds text, and gives out what is whole.
  private mutating func take(_ texts: [String]) -> String {
    let start = pending.count
    for text in texts { append(text) }
    guard pending.count > start else { return "" }
    Self.feed(&scanner, pending, from: start)
    let end = Self.lastCommonEnd(scanner)
    guard end > 0 else { return "" }
    let text = Self.text(pending.span.extracting(0..<end))
    pending.removeFirst(end)
    // Nothing looks back across the end of a unit: the rest reads the same from here.
    scanner.start()
    Self.feed(&scanner, pending, from: 0)
    return text
  }

  // The parts as parameters: a span of one would borrow the whole decoder while another is changed.
  private static func feed(
    _ scanner: inout SyllableScanner, _ pending: borrowing ByteBuffer, from start: Int
  ) {
    scanner.feed(pending.span.extracting(start..<pending.count))
  }

  /// The last place where both an akshara and a grapheme cluster end; 0 where there is none.
  private static func lastCommonEnd(_ scanner: borrowing SyllableScanner) -> Int {
    let (graphemeEnds, aksharaEnds) = (scanner.graphemeEnds, scanner.aksharaEnds)
    var (graphemes, aksharas) = (graphemeEnds.count, aksharaEnds.count)
    while graphemes > 0, aksharas > 0 {
      let (one, other) = (graphemeEnds[graphemes - 1], aksharaEnds[aksharas - 1])
      if one == other { return Int(one) }
      if one > other { graphemes -= 1 } else { aksharas -= 1 }
    }
    return 0
  }

  private static func text(_ bytes: Span<UInt8>) -> String {
    bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension Tokenizer {
  /// A decoder for ids that come one after another.
  public func makeStreamingDecoder(skipsSpecialTokens: Bool = true) -> StreamingDecoder {
    StreamingDecoder(self, skipsSpecialTokens: skipsSpecialTokens)
  }
}
