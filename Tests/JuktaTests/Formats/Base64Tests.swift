import TestSupport
import Testing

@testable import Jukta

@Suite struct `Base 64` {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `is that of RFC 4648`(_ text: String, _ code: String) {
    #expect(Base64.encode(Array(text.utf8)) == code)
    #expect(Base64.decode(code) == Array(text.utf8))
  }

  @Test(arguments: 0..<UInt64(50))
  func `comes back as it was`(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0..<70, using: &generator)).map { _ in
      UInt8.random(in: .min ... .max, using: &generator)
    }
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
  }

  @Test(arguments: ["Z", "Zg", "Zg=", "Z===", "====", "Zg==Zg==x", "Z=g=", "Zm9v\n", "Zm9ক"])
  func `of broken text is refused`(_ code: String) { #expect(Base64.decode(code) == nil) }
}
