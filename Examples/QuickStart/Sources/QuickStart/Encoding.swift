import Jukta

/// The articles “Getting started” and “Offsets”.
func encoding(with tokenizer: Tokenizer) throws {
  let text = "র\u{200D}্যাব এসেছে।"
  let encoding = try tokenizer.encode(text)
  print(encoding.tokens)
  print(encoding.ids)
  print(tokenizer.decode(encoding.ids))

  // Each token's bytes in the original.
  for (token, range) in zip(encoding.tokens, encoding.ranges) where !range.isEmpty {
    let bytes = Array(text.utf8)[range]
    print(token, range, String(decoding: bytes, as: UTF8.self))
  }

  // The same offsets as Python counts them.
  let scalars = OffsetMap(text.utf8Span.span, unit: .scalars)
  print(
    encoding.ranges.map { (scalars.offset(of: $0.lowerBound), scalars.offset(of: $0.upperBound)) })

  // Many texts on one thread: no allocation once the scratch has grown.
  var encoder = try tokenizer.makeEncoder()
  var ids: [UInt32] = []
  for line in ["একটি লাইন", "আরেকটি লাইন"] {
    try encoder.encode(line.utf8Span.span, addsSpecialTokens: false, into: &ids)
  }
  print(ids.count, "ids")
}
