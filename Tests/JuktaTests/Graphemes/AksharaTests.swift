import TestSupport
import Testing

@testable import Jukta

@Suite struct Aksharas {
  @Test(arguments: [
    ("ক্ষ্মী", ["ক্ষ্মী"]), ("ভর্ৎসনা", ["ভ", "র্ৎ", "স", "না"]), ("অ্যান্ড", ["অ্যা", "ন্ড"]),
    ("ক্\u{200C}ষ", ["ক্\u{200C}", "ষ"]), ("ক্\u{200D}ষ", ["ক্\u{200D}ষ"]),
    ("র\u{200D}্যাব", ["র\u{200D}্যা", "ব"]), ("র\u{200C}্য", ["র\u{200C}্য"]),
    ("্রা", ["্রা"]), (" া", [" ", "া"]), ("হঠাৎ", ["হ", "ঠা", "ৎ"]), ("১০টি", ["১", "০", "টি"]),
    ("ৎ্ক", ["ৎ্", "ক"]), ("মা্তু", ["মা্", "তু"]), ("a\u{301}া", ["a\u{301}", "া"]),
    ("ক\u{951}ি", ["ক", "\u{951}", "ি"]), ("◌া", ["◌া"]), ("\u{9CD}ৎ", ["\u{9CD}", "ৎ"]),
    ("ক্\u{9BC}ষ", ["ক্\u{9BC}ষ"]), ("ক্\u{9BC}্ষ", ["ক্\u{9BC}্", "ষ"]),
    ("\u{200D}্ক", ["\u{200D}্ক"]), ("\u{9BC}\u{9BC}্কা", ["\u{9BC}\u{9BC}্কা"]), ("।।", ["।", "।"]),
    ("কাল আমি", ["কা", "ল", " ", "আ", "মি"]), ("অ়্য", ["অ়্য"]), ("", []),
  ])
  func `are cut by the grammar`(text: String, expected: [String]) {
    #expect(units(text).aksharas.map(scalars) == expected.map(scalars))
  }

  @Test(arguments: UInt64(0)..<500)
  func `partition every text, and agree with the grammar read backtracking`(seed: UInt64) {
    var random = RandomBengali(seed: seed)
    let text = random.text(scalars: 60)
    let found = units(text).aksharas.map(scalars)
    #expect(found.flatMap { $0 } == scalars(text))
    #expect(found == NaiveAksharas.cut(scalars(text)))
  }

  @Test func `take a byte that is not UTF-8 as a unit of its own`() {
    let bytes: [UInt8] = [0xE0, 0xA6, 0x95, 0xFF, 0xE0, 0xA6]
    var scanner = SyllableScanner()
    scanner.scan(bytes.span)
    #expect((0..<scanner.aksharaEnds.count).map { scanner.aksharaEnds[$0] } == [3, 4, 5, 6])
  }

  @Test(arguments: [
    ("ক্ষ্মী", ["ক্ষ্ম"]), ("র\u{200D}্যা", ["র\u{200D}্য"]), ("ক্\u{200C}ষ", []), ("অ্যা", []),
    ("অ্যান্ড", ["ন্ড"]), ("ভর্ৎসনা", ["র্ৎ"]), ("শয়্যা", ["য়্য"]), ("শয\u{9BC}্যা", ["য\u{9BC}্য"]), ("্রা", []),
    ("কার্য\u{9BC}", ["র্য\u{9BC}"]), ("স্বাতন্ত্র্য", ["স্ব", "ন্ত্র্য"]), ("্র্য", ["র্য"]),
  ])
  func `give the conjunct as stored`(text: String, expected: [String]) {
    #expect(units(text).conjuncts.map(scalars) == expected.map(scalars))
  }

  @Test(arguments: [
    ("র্য", ["reph", "hasanta", "consonant"]),
    ("ক্যা", ["consonant", "hasanta", "ya-phala", "vowel-sign"]),
    ("র\u{200D}্য", ["consonant", "joiner", "hasanta", "ya-phala"]),
    ("ত্র্য", ["consonant", "hasanta", "ra-phala", "hasanta", "ya-phala"]),
    ("র্ধ্ব", ["reph", "hasanta", "consonant", "hasanta", "ba-phala"]),
    ("অ্যা", ["vowel", "hasanta", "ya-phala", "vowel-sign"]),
    ("ক্", ["consonant", "visible-hasanta"]),
    ("চাঁ", ["consonant", "vowel-sign", "modifier"]), ("র্ৎ", ["reph", "hasanta", "consonant"]),
  ])
  func `name the role of each scalar`(text: String, expected: [String]) {
    #expect(text.aksharas.flatMap(\.parts).map(\.role.name) == expected)
  }

  @Test func `read and name conjuncts`() {
    let conjuncts = "ন্দ্র র্দ ক্ষ্ম জ্ঞ".aksharas.compactMap(\.conjunct)
    #expect(conjuncts.map(\.reading) == ["ন-এ দ-এ র-ফলা", "রেফ দ", "ক্ষ-এ ম-ফলা", "জ-এ ঞ"])
    #expect(conjuncts.map(\.name) == ["NA-DA-RA", "RA-DA", "KA-SSA-MA", "JA-NYA"])
    #expect(conjuncts[0].components == ["ন", "দ", "র"])
  }

  @Test func `tell where vowel signs are drawn`() {
    let positions = "কি কা কু কো".aksharas.flatMap(\.parts).compactMap { part in
      if case .vowelSign(let position) = part.role { position } else { nil }
    }
    #expect(positions == [.before, .after, .below, .around])
  }
}
