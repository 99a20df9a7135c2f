import Foundation
import Testing

@Suite struct `jukta corpus stats --html` {
  @Test func `counts conjuncts in all spellings, anomalies by document, and lets no markup in`()
    throws
  {
    let scratch = try Scratch()
    let file = scratch.file(
      "<img src=x>.txt", "ক্ষমা ক্ষ্ম <b>\n\nঅামি ক্\u{200D}ষ আার অামি\n\nর\u{200D}্যাব\n")
    let page = try Jukta.run(["corpus", "stats", "--layout", "paragraphs", "--html", file])
    #expect(page.status == 0, "\(page.errors)")
    #expect(!page.text.contains("<img") && !page.text.contains("<b>"))
    let rows = page.text.components(separatedBy: "<tr>").map { row in
      row.replacing(/<[^>]*>/, with: " ").split(separator: " ").map(String.init)
    }
    // Two spellings of ক্ষ, one of which asks for a half form.
    #expect(rows.contains { $0.starts(with: ["ক্ষ", "2"]) })
    #expect(rows.contains { $0.starts(with: ["র্য", "1"]) })
    #expect(rows.contains { $0.starts(with: ["vowel-lookalike", "1"]) })
    #expect(rows.contains { $0.starts(with: ["half-form-request", "1"]) })
  }
}
