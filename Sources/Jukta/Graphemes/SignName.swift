/// Names of letters and signs: in Bengali, and Unicode's.
public enum SignName {
  /// The name in Bengali, as it is taught; nil for what has none of its own.
  public static func bengali(_ scalar: Unicode.Scalar) -> String? { names[scalar.value] }

  /// The name in the Unicode Standard, or its code point in angle brackets.
  public static func unicode(_ scalar: Unicode.Scalar) -> String {
    if let name = scalar.properties.name ?? scalar.properties.nameAlias { return name }
    return "<\(codePoint(scalar.value))>"
  }

  /// `U+0995`.
  public static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// The last part of a Bengali letter's Unicode name: `KA`, `KHANDA TA`.
  static func letter(_ scalar: UInt32) -> String {
    let name = Unicode.Scalar(scalar)?.properties.name ?? ""
    let prefix = "BENGALI LETTER "
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  private static let names: [UInt32: String] = {
    var names: [UInt32: String] = [
      0x0981: "চন্দ্রবিন্দু", 0x0982: "অনুস্বার", 0x0983: "বিসর্গ", 0x0985: "স্বরে অ",
      0x0986: "স্বরে আ", 0x0987: "হ্রস্ব ই", 0x0988: "দীর্ঘ ঈ", 0x0989: "হ্রস্ব উ",
      0x098A: "দীর্ঘ ঊ", 0x098B: "ঋ", 0x098C: "ঌ", 0x098F: "এ", 0x0990: "ঐ", 0x0993: "ও",
      0x0994: "ঔ", 0x0999: "উঁয়ো", 0x099C: "বর্গীয় জ", 0x099E: "ইয়োঁ", 0x09A3: "মূর্ধন্য ণ",
      0x09A8: "দন্ত্য ন", 0x09AF: "অন্তঃস্থ য", 0x09B6: "তালব্য শ", 0x09B7: "মূর্ধন্য ষ",
      0x09B8: "দন্ত্য স", 0x09BC: "নুক্তা", 0x09BD: "লুপ্ত অ", 0x09BE: "আ-কার",
      0x09BF: "হ্রস্ব ই-কার", 0x09C0: "দীর্ঘ ঈ-কার", 0x09C1: "হ্রস্ব উ-কার",
      0x09C2: "দীর্ঘ ঊ-কার", 0x09C3: "ঋ-কার", 0x09C4: "ৠ-কার", 0x09C7: "এ-কার",
      0x09C8: "ঐ-কার", 0x09CB: "ও-কার", 0x09CC: "ঔ-কার", 0x09CD: "হসন্ত", 0x09CE: "খণ্ড ত",
      0x09DC: "ড-এ শূন্য ড়", 0x09DD: "ঢ-এ শূন্য ঢ়", 0x09DF: "অন্তঃস্থ অ", 0x0964: "দাঁড়ি",
      0x0965: "জোড়া দাঁড়ি", 0x09F3: "টাকা চিহ্ন", 0x09F0: "অসমীয়া র", 0x09F1: "অসমীয়া ৱ",
    ]
    // The others are called by their sound, which is the letter itself.
    for scalar in Array(0x0995...0x09A8) + Array(0x09AA...0x09B0) + [0x09B2, 0x09B9] {
      let value = UInt32(scalar)
      if names[value] == nil { names[value] = string([value]) }
    }
    return names
  }()
}
