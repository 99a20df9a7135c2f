import Testing

@testable import JuktaCorpus

@Suite struct `Filters` {
  /// Reads records with filters; gives the texts that stay and the tally.
  static func filter(
    _ records: [String], _ change: (inout CorpusFilters) -> Void
  ) throws -> (texts: [String], tally: CorpusTally) {
    let files = try Files()
    let reading = try read(
      [files.add("a", records.joined(separator: "\n"))], .with { change(&$0.filters) })
    return (reading.documents.map(\.text), reading.tally)
  }

  static func record(_ text: String, _ metadata: String) -> String {
    "{\"content\":\"\(text)\",\"metadata\":{\(metadata)}}"
  }

  @Test func `the document's language must be sure enough`() throws {
    let records = [
      Self.record("a", #""identification":{"label":"bn","prob":0.79}"#),
      Self.record("b", #""identification":{"label":"bn","prob":0.8}"#),
      Self.record("c", #""identification":{"label":"bn","prob":1}"#),
      Self.record("d", #""identification":{"label":"bn"}"#), Self.record("e", ""),
    ]
    let (texts, tally) = try Self.filter(records) { $0.minimumLanguageProbability = 0.8 }
    #expect(texts == ["b", "c", "d", "e"])
    #expect(tally.documents == 5 && tally.kept == 4 && tally.bytes == 4)
    #expect(tally.dropped == [.languageProbability: 1])
  }

  @Test func `any of the warnings drops, by either name of the field`() throws {
    let records = [
      Self.record("a", #""annotation":["tiny","footer"]"#),
      Self.record("b", #""quality_warnings":["noisy"]"#),
      Self.record("c", #""quality_warnings":["header"],"annotation":["tiny"]"#),
      Self.record("d", #""quality_warnings":null,"annotation":["tiny"]"#),
      Self.record("e", #""annotation":[]"#), Self.record("f", ""),
    ]
    let (texts, tally) = try Self.filter(records) { $0.droppedWarnings = ["tiny", "noisy"] }
    #expect(texts == ["c", "e", "f"])
    #expect(tally.dropped == [.warnings: 3])
  }

  @Test func `perplexities have a least and a greatest that stay`() throws {
    let records = [99.9, 100, 500, 900, 900.1].map {
      Self.record("\($0)", #""harmful_pp":\#($0)"#)
    }
    let (texts, tally) = try Self.filter(records + [Self.record("none", "")]) {
      $0.minimumHarmfulPerplexity = 100
      $0.maximumHarmfulPerplexity = 900
    }
    #expect(texts == ["100.0", "500.0", "900.0", "none"])
    #expect(tally.dropped == [.tooHarmful: 1, .tooPerplexing: 1])
  }

  @Test func `categories drop or are asked for`() throws {
    let records = [
      Self.record("a", #""categories":["blog","adult"]"#),
      Self.record("b", #""categories":["blog"]"#), Self.record("c", #""categories":["press"]"#),
      Self.record("d", #""categories":null"#),
    ]
    let dropping = try Self.filter(records) { $0.droppedCategories = ["adult", "press"] }
    #expect(dropping.texts == ["b", "d"])
    #expect(dropping.tally.dropped == [.droppedCategory: 2])
    let keeping = try Self.filter(records) { $0.keptCategories = ["blog"] }
    #expect(keeping.texts == ["a", "b"])
    #expect(keeping.tally.dropped == [.keptCategory: 2])
    let both = try Self.filter(records) {
      $0.keptCategories = ["blog"]
      $0.droppedCategories = ["adult"]
    }
    #expect(both.texts == ["b"])
    #expect(both.tally.dropped == [.droppedCategory: 1, .keptCategory: 2])
  }

  static let mixed = """
    {"content":"এক\\none\\nদুই\\n\\nতিন","metadata":{"sentence_identifications":[\
    {"label":"bn","prob":0.9},{"label":"en","prob":0.9},{"label":"bn","prob":0.4},null]}}
    """

  @Test func `lines stay by their language and how sure it is`() throws {
    let language = try Self.filter([Self.mixed]) { $0.lineLanguage = "bn" }
    #expect(language.texts == ["এক\nদুই"])
    #expect(language.tally.droppedLines == 3)
    #expect(language.tally.bytes == "এক\nদুই".utf8.count)
    let sure = try Self.filter([Self.mixed]) { $0.minimumLineProbability = 0.5 }
    #expect(sure.texts == ["এক\none"])
    let both = try Self.filter([Self.mixed]) {
      $0.lineLanguage = "bn"
      $0.minimumLineProbability = 0.5
    }
    #expect(both.texts == ["এক"])
    #expect(both.tally.droppedLines == 4)
  }

  @Test func `a record of which no line is left is dropped`() throws {
    let (texts, tally) = try Self.filter([Self.mixed]) { $0.lineLanguage = "hi" }
    #expect(texts.isEmpty)
    #expect(tally.documents == 1 && tally.kept == 0 && tally.bytes == 0)
    #expect(tally.dropped == [.noLines: 1] && tally.droppedLines == 5)
  }

  @Test func `a record without languages of lines passes the line filters`() throws {
    let (texts, tally) = try Self.filter([Self.record("এক", "")]) { $0.lineLanguage = "bn" }
    #expect(texts == ["এক"])
    #expect(tally.droppedLines == 0)
  }

  @Test func `text without metadata passes all filters but the one that asks for a category`()
    throws
  {
    let files = try Files()
    let path = files.add("a", "এক\nদুই\n")
    let all = CorpusFilters.all { $0.keptCategories = [] }
    #expect(try texts([path], .with { $0.filters = all }) == ["এক", "দুই"])
    for layout in [CorpusLayout.lines, .paragraphs] {
      let reading = try read(
        [path],
        .with {
          $0.layout = layout
          $0.filters.keptCategories = ["blog"]
        })
      let documents = layout == .lines ? 2 : 1
      #expect(reading.documents.isEmpty)
      #expect(reading.tally.documents == documents && reading.tally.kept == 0)
      #expect(reading.tally.bytes == 0 && reading.tally.dropped == [.keptCategory: documents])
    }
  }

  @Test func `each record is dropped for one reason, the first in a fixed order`() throws {
    let record = Self.record(
      "a", #""identification":{"prob":0},"annotation":["tiny"],"harmful_pp":1,"categories":["x"]"#)
    let (_, tally) = try Self.filter([record]) { $0 = .all { _ in } }
    #expect(tally.dropped == [.languageProbability: 1])
  }

  @Test(arguments: [1, 2, 7])
  func `what is dropped does not depend on the number of callers`(_ callers: Int) throws {
    let files = try Files()
    let path = files.add(
      "a", String(repeating: Oscar.v2301 + Oscar.v2201 + Self.mixed + "\n", count: 30))
    let reading = try read(
      [path],
      .with {
        $0.blockSize = 512
        $0.filters.droppedWarnings = ["tiny"]
        $0.filters.lineLanguage = "bn"
      }, callers: callers)
    #expect(reading.tally.documents == 210 && reading.tally.kept == 120)
    #expect(reading.tally.dropped == [.warnings: 90] && reading.tally.droppedLines == 90)
    #expect(reading.documents.count == 120)
  }
}

extension CorpusFilters {
  /// Filters that drop all that they can, changed.
  static func all(_ change: (inout CorpusFilters) -> Void) -> CorpusFilters {
    var filters = CorpusFilters()
    filters.minimumLanguageProbability = 1
    filters.droppedWarnings = ["tiny"]
    filters.minimumHarmfulPerplexity = 1000
    filters.maximumHarmfulPerplexity = 1000
    filters.lineLanguage = "bn"
    filters.minimumLineProbability = 1
    filters.droppedCategories = ["x"]
    filters.keptCategories = ["y"]
    change(&filters)
    return filters
  }
}
