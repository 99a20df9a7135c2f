internal import CJuktaICU

/// Bengali in Latin letters after ISO 15919, by ICU's rules.
///
///     Transliterator()?.transliterate("বাংলা")    // bāṁlā
///
/// Letter for letter, not by sound. One object a thread.
public final class Transliterator {
  private let handle: OpaquePointer

  /// Opens ICU's rules; nil where the linked ICU was built without them.
  public init?() {
    guard let handle = jukta_icu_transliterator_open("Beng-Latn") else { return nil }
    self.handle = handle
  }

  deinit { jukta_icu_transliterator_close(handle) }

  /// `text` in Latin letters; what is not Bengali stays.
  public func transliterate(_ text: String) -> String {
    var units = Array(text.utf16)
    let count = units.count
    var capacity = count * 4 + 16
    while true {
      units += [UInt16](repeating: 0, count: capacity - units.count)
      let length = jukta_icu_transliterate(handle, &units, Int32(count), Int32(capacity))
      if length < 0 { return text }
      if length <= capacity { return String(decoding: units[..<Int(length)], as: UTF16.self) }
      units = Array(text.utf16)
      capacity = Int(length) + 16
    }
  }
}
