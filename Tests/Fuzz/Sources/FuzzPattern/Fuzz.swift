import Jukta

/// Texts that patterns are run over: Bengali with joiners, cases, line ends, emoji.
private let texts = ["আমি ক্\u{200D}ষ ৫০।", "aB1 ß'S\n\r\n x", "é\u{301}😀 \u{2028}"]

/// Any text as a pattern of tokenizer.json: an error, or an expression that ends and leaves a text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: data, count: size)
  let pattern = String(decoding: bytes, as: UTF8.self)
  guard let normalizer = try? Normalizer([.replace(.regex(pattern), content: "_")]) else {
    return 0
  }
  for text in texts { _ = try? normalizer.normalize(text) }
  return 0
}
