import Jukta

/// What is normalised with every model that loads.
private let texts: [[UInt8]] = [
  Array("  আমি বাংলায়  গান গাই। র\u{200D}্যাব ABC ﬁ e\u{301} 한 \u{1F600}\u{2581} ".utf8),
  [0x61, 0xE0, 0xA6, 0x62, 0xFF, 0xF0, 0x9F, 0x98, 0x20, 0x00, 0xC2],
]

/// Normalises a text with the way back: UTF-8 comes out, and no offset lies outside of the text.
private func check(_ normalizer: SentencePieceNormalizer, _ text: Span<UInt8>) {
  var output = ByteBuffer()
  var plain = ByteBuffer()
  var alignment = Alignment()
  normalizer.normalize(text, into: &plain)
  do {
    try normalizer.normalize(text, into: &output, alignment: &alignment)
  } catch {
    return  // Too long for offsets.
  }
  precondition(output.bytes == plain.bytes, "the way back changes the text")
  precondition((try? UTF8Span(validating: output.span)) != nil, "no UTF-8")
  var last = 0
  for place in 0...output.count {
    let start = alignment.originalStart(of: place)
    precondition(start >= last && start <= text.count, "offsets go back or leave the text")
    last = start
  }
}

/// Any bytes as a `.model`, and as a text for the one that loads: an error or a model, which then
/// comes out of writing and reading as it was, and normalises.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: size)
  check(plainMap, bytes.span)
  guard let model = try? SentencePieceFile.read(bytes.span) else { return 0 }
  var written = ByteBuffer()
  SentencePieceFile.write(model, to: &written)
  guard let again = try? SentencePieceFile.read(written.span) else {
    preconditionFailure("what was written cannot be read")
  }
  precondition(again.pieces.count == model.pieces.count)
  SentencePieceFile.writeVocabulary(model, to: &written)
  guard let normalizer = try? SentencePieceNormalizer(model) else {
    preconditionFailure("the model was checked, and still its normaliser fails")
  }
  for text in texts { check(normalizer, text.span) }
  check(normalizer, bytes.span)
  _ = normalizer.map?.rules(atMost: 1000)
  return 0
}

/// A whole rule set, for the bytes as text.
private let plainMap: SentencePieceNormalizer = {
  guard let made = try? SentencePieceNormalizer(map: SentencePieceRuleSet.nmtNFKC.map) else {
    preconditionFailure("the rule set cannot be compiled")
  }
  return made
}()
