import Testing

@testable import Jukta

@Suite struct Transliteration {
  @Test(arguments: [
    ("বাড়ি", "bāṛi"), ("ক্ষ্মী", "kṣmī"), ("ৎ", "ṯ"), ("ঋ", "r̥"), ("", ""), ("abc", "abc"),
  ])
  func `follows ISO 15919`(bengali: String, latin: String) throws {
    let transliterator = try #require(Transliterator())
    // By canonical equivalence: ICU may compose.
    #expect(transliterator.transliterate(bengali) == latin)
  }

  @Test func `leaves no private code points behind, and has room for long texts`() throws {
    let transliterator = try #require(Transliterator())
    #expect(transliterator.transliterate("অ্যা") == "ayā")
    let long = transliterator.transliterate(String(repeating: "ক্ষ্মী ", count: 5000))
    #expect(long == String(repeating: "kṣmī ", count: 5000))
  }
}
