import TestSupport
import Testing

@testable import JuktaCorpus

/// Records of the corpora that people train on, each written by hand after its documentation.
@Suite struct `Records of people's corpora` {
  /// Two documents; the first is surely Bengali, the second hardly.
  static let bodies = ["নদীর ধারে হাট বসে।\nআজ হাটবার।", "একা লাইন"]

  struct Kind: Sendable, CustomStringConvertible {
    let description: String
    let text: String
    /// Whether it says how sure the language is, and which warnings there are.
    var hasProbability = false
    var hasWarnings = false
    var layout = CorpusLayout.jsonl
  }

  private static func records(_ make: (String, _ prob: String, _ warnings: String) -> String)
    -> String
  {
    zip(bodies, [("0.99", "null"), ("0.1", #"["tiny"]"#)]).map { text, meta in
      make(text.replacing("\n", with: "\\n"), meta.0, meta.1) + "\n"
    }.joined()
  }

  static let kinds: [Kind] = [
    Kind(
      description: "OSCAR 21.09, site", text: bodies.joined(separator: "\n\n") + "\n",
      layout: .paragraphs),
    Kind(
      description: "OSCAR 21.09, hub",
      text: records { text, _, _ in #"{"id":0,"text":"\#(text)"}"# }),
    Kind(
      description: "OSCAR 22.01, site",
      text: records { text, prob, warnings in
        """
        {"content":"\(text)","warc_headers":{"warc-refers-to":"<urn:uuid:1>","content-length":"9",\
        "warc-identified-content-language":"ben"},"metadata":{"identification":{"label":"bn",\
        "prob":\(prob)},"annotation":\(warnings),"sentence_identifications":[{"label":"bn",\
        "prob":\(prob)},null]}}
        """
      }, hasProbability: true, hasWarnings: true),
    Kind(
      description: "OSCAR 22.01, hub",
      text: records { text, prob, warnings in
        """
        {"id":0,"text":"\(text)","meta":{"warc_headers":{"warc-type":"conversion",\
        "content-length":9},"identification":{"label":"bn","prob":\(prob)},\
        "annotations":\(warnings),"line_identifications":[{"label":"bn","prob":\(prob)},null]}}
        """
      }, hasProbability: true, hasWarnings: true),
    Kind(
      description: "OSCAR 23.01, site",
      text: records { text, prob, warnings in
        """
        {"content":"\(text)","warc_headers":{"content-length":9},"metadata":{"identification":\
        {"label":"bn","prob":\(prob)},"harmful_pp":412.5,"tlsh":"tlsh:3:AB",\
        "quality_warnings":\(warnings),"categories":null,"sentence_identifications":[null]}}
        """
      }, hasProbability: true, hasWarnings: true),
    Kind(
      description: "OSCAR 23.01, hub",
      text: records { text, prob, warnings in
        """
        {"id":1,"text":"\(text)","meta":{"warc_headers":{"warc-type":"conversion"},\
        "identification":{"label":"bn","prob":\(prob)},"harmful_pp":412.5,"tlsh":"tlsh:3:AB",\
        "quality_warnings":\(warnings),"categories":["blog"],"sentence_identifications":[]}}
        """
      }, hasProbability: true, hasWarnings: true),
    Kind(
      description: "CulturaX",
      text: records { text, _, _ in
        """
        {"text":"\(text)","timestamp":"2019/01/20","url":"https://a.example/","source":"mC4"}
        """
      }),
    Kind(
      description: "FineWeb-2",
      text: records { text, prob, _ in
        """
        {"text":"\(text)","id":"<urn:uuid:1>","dump":"CC-MAIN-2020-05","url":"https://a.example/",\
        "date":"2020-01-20T00:00:00Z","file_path":"s3://x","language":"ben",\
        "language_score":\(prob),"language_script":"Beng","minhash_cluster_size":3,\
        "top_langs":"{}"}
        """
      }, hasProbability: true),
    Kind(
      description: "HPLT 2",
      text: records { text, prob, _ in
        """
        {"f":"./a.warc.gz","o":12345678901234567890123,"s":1e400,"rs":9,"u":"https://a.example/",\
        "c":"text/html","ts":"2021-01-20T00:00:00Z","collection":"cc40",\
        "lang":["ben_Beng","asm_Beng"],"prob":[\(prob),0.0001],"text":"\(text)",\
        "seg_langs":["ben_Beng"],"id":"a1","filter":"keep","pii":[[1,2]],"doc_scores":[9.1,10.0]}
        """
      }, hasProbability: true),
    Kind(
      description: "mC4",
      text: records { text, _, _ in
        #"{"text":"\#(text)","timestamp":"2019-01-20T00:00:00Z","url":"https://a.example/"}"#
      }),
    Kind(
      description: "CC-100", text: bodies.joined(separator: "\n\n") + "\n", layout: .paragraphs),
    Kind(
      description: "WikiExtractor, JSON",
      text: records { text, _, _ in
        """
        {"id":"608","revid":"26","url":"https://bn.wikipedia.org/wiki?curid=608",\
        "title":"নদী","text":"\(text)"}
        """
      }),
    Kind(
      description: "WikiExtractor",
      text: bodies.map {
        """
        <doc id="608" url="https://bn.wikipedia.org/wiki?curid=608" title="নদী">
        \($0.replacing("\n", with: "\n\n"))

        </doc>

        """
      }.joined(), layout: .wiki),
    Kind(
      description: "Wikipedia, hub",
      text: records { text, _, _ in
        """
        {"id":"608","url":"https://bn.wikipedia.org/wiki/%E0%A6%A8","title":"নদী",\
        "text":"\(text)"}
        """
      }),
  ]

  @Test(arguments: kinds)
  func `are read without an option`(_ kind: Kind) throws {
    let files = try Files()
    let found = try read([files.add("a", kind.text)])
    #expect(found.documents.map(\.text) == Self.bodies)
    #expect(found.layouts == [kind.layout])
  }

  @Test(arguments: kinds)
  func `are filtered by what they say, or the filter is told to be idle`(_ kind: Kind) throws {
    let files = try Files()
    let path = files.add("a", kind.text)
    let sure = try read([path], .with { $0.filters.minimumLanguageProbability = 0.9 })
    #expect(sure.documents.count == (kind.hasProbability ? 1 : 2))
    #expect(sure.tally.idleFilters == (kind.hasProbability ? [] : [.languageProbability]))
    let fine = try read([path], .with { $0.filters.droppedWarnings = ["tiny"] })
    #expect(fine.documents.count == (kind.hasWarnings ? 1 : 2))
    #expect(fine.tally.idleFilters == (kind.hasWarnings ? [] : [.warnings]))
  }

  @Test(arguments: kinds, [64, 300])
  func `are read alike in small blocks`(_ kind: Kind, _ size: Int) throws {
    let files = try Files()
    let path = files.add("a", kind.text)
    let found = try read(
      [path],
      .with {
        $0.blockSize = size
        $0.layout = kind.layout
      }, callers: 2)
    #expect(found.documents.map(\.text) == Self.bodies)
  }

  @Test func `OSCAR 2019 has a document a line`() throws {
    let files = try Files()
    let lines = Self.bodies.map { $0.replacing("\n", with: " ") }
    #expect(try texts([files.add("a", lines.joined(separator: "\n") + "\n")]) == lines)
  }

  @Test func `a page of WikiExtractor's that is longer than may be held comes in parts`() throws {
    let files = try Files()
    let lines = (0..<200).map { "লাইন \($0)" }
    let page = "<doc id=\"1\" url=\"\" title=\"x\">\n\(lines.joined(separator: "\n"))\n</doc>\n"
    let path = files.add("a", page + page)
    let found = try read(
      [path],
      .with {
        $0.blockSize = 64
        $0.paragraphLimit = 500
        $0.layout = .wiki
      })
    #expect(found.documents.map(\.text) == [lines, lines].map { $0.joined(separator: "\n") })
  }

  @Test func `numbers of any size are read, and what is no number still is none`() throws {
    let files = try Files()
    for number in ["123456789012345678901234567890", "-1e400", "1E+999999", "0.1e-9999"] {
      let path = files.add("a", #"{"id":\#(number),"a":"1e400 \"7","text":"ক"}"#)
      #expect(try texts([path]) == ["ক"])
    }
    for number in ["1e", "-", "01", "1.e3", "123456789012345678901234567890x", "1e400.5"] {
      let path = files.add("a", #"{"id":\#(number),"text":"ক"}"#)
      guard case .invalidJSON = try failure([path])?.reason else {
        Issue.record("\(number) was read")
        continue
      }
    }
  }

  @Test func `of fields that hold text the likely one is proposed first`() throws {
    let files = try Files()
    let path = files.add(
      "a", #"{"document_lang":"ben_Beng","id":"১","text":"ক","title":"দীর্ঘ শিরোনাম"}"#)
    let error = try failure([path], .with { $0.field = "body" })
    #expect(error?.description.contains("text is in 'text'") == true)
  }
}
