import Jukta

/// Any bytes as a tokenizer.json: an error or a tokenizer, which then must encode, decode and be
/// written without trapping, with ranges inside the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: size)
  guard let tokenizer = try? TokenizerJSON.read(bytes.span) else { return 0 }
  let text = "আমি বাংলায় গান গাই। র\u{200D}্যাব ABC 10:30 <unk>[CLS] é\u{301}😀"
  if let encoding = try? tokenizer.encode(text) {
    for range in encoding.ranges {
      precondition(range.lowerBound >= 0 && range.upperBound <= text.utf8.count)
    }
    _ = tokenizer.decode(encoding.ids)
    precondition(encoding.ranges.count == encoding.ids.count)
  }
  _ = try? TransformersFolder.files(of: tokenizer)
  return 0
}
