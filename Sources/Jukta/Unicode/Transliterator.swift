internal import CJuktaICU

/// Bengali in Latin letters after ISO 15919, by ICU's rules.
///
///     Transliterator()?.transliterate("ক্ষ্মী")    // kṣmī
///
/// Letter for letter, not by sound; but ICU assimilates an anusvara to the letter after it (বাংলা:
/// bānlā). One object a thread.
public final class Transliterator {
  private let handle: OpaquePointer

  /// Opens ICU's rules; nil where the linked ICU was built without them.
  public init?() {
    guard let handle = jukta_icu_transliterator_open("Beng-Latn") else { return nil }
    self.handle = handle
  }

  deinit { jukta_icu_transliterator_close(handle) }

  /// `text` in Latin letters; what is not Bengali stays, but for private-use code points that ICU
  /// could have put in.
  public func transliterate(_ text: String) -> String {
    var units = Array(text.utf16)
    let count = units.count
    var capacity = count * 4 + 16
    while true {
      units += [UInt16](repeating: 0, count: capacity - units.count)
      let length = jukta_icu_transliterate(handle, &units, Int32(count), Int32(capacity))
      if length < 0 { return text }
      if length <= capacity {
        // ICU's rules work by way of private code points and leave some of them behind: ্ after অ.
        let left = units[..<Int(length)].filter { !(0xE000...0xE07F).contains($0) }
        return String(decoding: left, as: UTF16.self)
      }
      units = Array(text.utf16)
      capacity = Int(length) + 16
    }
  }
}
