import Jukta

/// Writes one record of `inspect --format jsonl`.
struct InspectionJSON {
  let settings: InspectionSettings
  let transliterator: Transliterator?

  func write(
    _ text: Span<UInt8>, _ inspector: borrowing Inspector, id: [UInt8], repair: TextRepair?,
    into output: inout ByteBuffer
  ) throws {
    var json = JSONWriter()
    json.raw("{\"id\":")
    json.output.append(id.span)
    json.raw(",\"graphemes\":")
    write(inspector.graphemeEnds, of: text, to: &json)
    json.raw(",\"aksharas\":")
    write(inspector.aksharaEnds, of: text, to: &json)
    json.raw(",\"conjuncts\":[")
    for (index, range) in inspector.conjuncts.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(text.extracting(range))
    }
    json.raw("],\"anomalies\":[")
    for (index, code) in inspector.codes.enumerated() {
      if index > 0 { json.raw(",") }
      json.string(code.rawValue)
    }
    json.raw("],\"details\":")
    json.value(.array(details(text, inspector)))
    if let repair {
      json.raw(",\"fixed\":")
      json.string(repair.bytes.span)
      json.raw(",\"changes\":")
      json.value(.array(changes(repair, text)))
    }
    if !settings.models.isEmpty {
      json.raw(",\"models\":")
      json.value(.array(try models(text)))
    }
    json.raw("}\n")
    output.append(json.output.span)
  }

  private func write(_ ends: Span<UInt32>, of text: Span<UInt8>, to json: inout JSONWriter) {
    json.raw("[")
    var start = 0
    for index in 0..<ends.count {
      if index > 0 { json.raw(",") }
      let end = Int(ends[index])
      json.string(text.extracting(start..<end))
      start = end
    }
    json.raw("]")
  }

  private func details(_ text: Span<UInt8>, _ inspector: borrowing Inspector) -> [JSONValue] {
    if settings.details == .none || settings.details == .anomalies && inspector.codes.isEmpty {
      return []
    }
    let units = OffsetMap(text, unit: settings.unit)
    var details = anomalies(inspector.anomalies, units)
    guard settings.details == .all else { return details }
    details.append(forms(NormalFormReport(text, graphemeEnds: inspector.graphemeEnds), units))
    var start = 0
    for index in 0..<inspector.aksharaEnds.count {
      let end = Int(inspector.aksharaEnds[index])
      details.append(akshara(inspector.akshara(start..<end, of: text), units))
      start = end
    }
    return details
  }

  /// One object a code, with all its places.
  private func anomalies(_ found: [Anomaly], _ units: OffsetMap) -> [JSONValue] {
    var details: [JSONValue] = []
    var index = 0
    while index < found.count {
      let code = found[index].code
      let same = found[index...].prefix { $0.code == code }
      index += same.count
      details.append(
        .object([
          .init("anomaly", .string(code.rawValue)),
          .init("level", .string(code.level.rawValue)),
          .init("ranges", .array(same.map { range($0.range, units) })),
          .init("repairs", .array(same.map { $0.repair.map(JSONValue.string) ?? .null })),
          .init("safe", .array(same.map { .bool($0.isSafe) })),
          .init("explanation", .string(code.explanation)),
        ]))
    }
    return details
  }

  private func forms(_ report: NormalFormReport, _ units: OffsetMap) -> JSONValue {
    var members = NormalFormReport.Form.allCases.map { form in
      JSONValue.Member(
        form.rawValue, .array((report.changes[form] ?? []).map { range($0, units) }))
    }
    members.append(.init("mixes_nukta", .bool(report.mixesNukta)))
    return .object([.init("normal_forms", .object(members))])
  }

  private func akshara(_ akshara: Akshara, _ units: OffsetMap) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("akshara", .string(akshara.text)), .init("range", range(akshara.range, units)),
      .init("kind", .string(akshara.kind.rawValue)),
      .init("parts", .array(akshara.parts.map(part))),
    ]
    if let conjunct = akshara.conjunct {
      members.append(
        .init(
          "conjunct",
          .object([
            .init("text", .string(conjunct.text)),
            .init("components", .array(conjunct.components.map(JSONValue.string))),
            .init("reading", .string(conjunct.reading)), .init("name", .string(conjunct.name)),
          ])))
    }
    if let latin = transliterator?.transliterate(akshara.text) {
      members.append(.init("transliteration", .string(latin)))
    }
    return .object(members)
  }

  private func part(_ part: Akshara.Part) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("codepoint", .string(SignName.codePoint(part.scalar.value))),
      .init("name", .string(SignName.unicode(part.scalar))),
      .init("role", .string(part.role.name)),
    ]
    if let name = part.bengaliName { members.append(.init("bengali", .string(name))) }
    switch part.role {
    case .vowelSign(let position): members.append(.init("position", .string(position.rawValue)))
    case .joiner(let request): members.append(.init("asks", .string(request.rawValue)))
    default: break
    }
    return .object(members)
  }

  private func changes(_ repair: TextRepair, _ text: Span<UInt8>) -> [JSONValue] {
    let units = OffsetMap(text, unit: settings.unit)
    return repair.changes.map { change in
      .object([
        .init("anomaly", .string(change.code.rawValue)), .init("range", range(change.range, units)),
        .init("replacement", .string(change.replacement)),
      ])
    }
  }

  private func models(_ text: Span<UInt8>) throws -> [JSONValue] {
    let units = OffsetMap(text, unit: settings.unit)
    return try settings.models.map { model in
      let encoding = try model.encode(text)
      var members: [JSONValue.Member] = [
        .init("model", .string(model.name)),
        .init("ids", .array(encoding.ids.map { .integer($0) })),
        .init("tokens", .array(encoding.tokens.map(JSONValue.string))),
        .init("offsets", .array(encoding.ranges.map { range($0, units) })),
      ]
      if settings.nBest > 0 {
        let words = try model.alternatives(of: text, limit: settings.nBest)
        members.append(.init("nbest", .array(words.map(alternatives))))
      }
      return .object(members)
    }
  }

  private func alternatives(_ entry: (word: String, ways: [Segmentation])) -> JSONValue {
    .object([
      .init("word", .string(entry.word)),
      .init(
        "ways",
        .array(
          entry.ways.map { way in
            .object([
              .init("tokens", .array(way.pieces.map(JSONValue.string))),
              .init("score", .number(way.score)),
            ])
          })),
    ])
  }

  private func range(_ range: Range<Int>, _ units: OffsetMap) -> JSONValue {
    .array([
      .integer(units.offset(of: range.lowerBound)), .integer(units.offset(of: range.upperBound)),
    ])
  }
}
