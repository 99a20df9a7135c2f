/// What stands around an encoded text: tokenizer.json's TemplateProcessing.
public struct Template: Sendable, Equatable {
  /// A part of a template.
  public enum Part: Sendable, Equatable {
    /// The first text of a pair, or the only one.
    case first(typeID: UInt32)
    /// The second text of a pair.
    case second(typeID: UInt32)
    /// A special token, by its name in `specials`.
    case special(String, typeID: UInt32)
  }

  /// What a special token of a template stands for: one or more ids.
  public struct Special: Sendable, Equatable {
    /// Its name in the template.
    public var name: String
    /// The ids it stands for.
    public var ids: [UInt32]
    /// Their texts.
    public var tokens: [String]

    /// Creates a special token of a template.
    public init(name: String, ids: [UInt32], tokens: [String]) {
      self.name = name
      self.ids = ids
      self.tokens = tokens
    }
  }

  /// Around a single text.
  public var single: [Part]
  /// Around a pair.
  public var pair: [Part]
  /// The special tokens that the parts name.
  public var specials: [Special]

  /// Creates a template.
  public init(single: [Part], pair: [Part], specials: [Special]) {
    self.single = single
    self.pair = pair
    self.specials = specials
  }

  /// BERT's: `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`.
  public static func bert(cls: AddedToken, sep: AddedToken) -> Template {
    let (start, end) = (cls.content, sep.content)
    return Template(
      single: [.special(start, typeID: 0), .first(typeID: 0), .special(end, typeID: 0)],
      pair: [
        .special(start, typeID: 0), .first(typeID: 0), .special(end, typeID: 0),
        .second(typeID: 1), .special(end, typeID: 1),
      ],
      specials: [
        Special(name: start, ids: [cls.id], tokens: [start]),
        Special(name: end, ids: [sep.id], tokens: [end]),
      ])
  }

  /// The special token of this name.
  func special(named name: String) -> Special? {
    specials.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// The parts for one text or for two.
  func pieces(for texts: Int) throws(PostProcessorError) -> [Part] {
    switch texts {
    case 1: return single
    case 2: return pair
    default: throw .templateOfParts(texts)
    }
  }

  /// How many tokens are put in.
  func addedCount(isPair: Bool) -> Int {
    (isPair ? pair : single).reduce(0) { sum, part in
      guard case .special(let name, _) = part else { return sum }
      return sum + (special(named: name)?.ids.count ?? 0)
    }
  }

  /// Lays the texts and the special tokens out, and sets their types. What overflows keeps the types
  /// that it had.
  func apply(
    to texts: [PostProcessor.Part], addsSpecialTokens: Bool
  ) throws(PostProcessorError) -> [PostProcessor.Part] {
    var texts = texts
    var parts: [PostProcessor.Part] = []
    for piece in try pieces(for: texts.count) {
      switch piece {
      case .first(let type), .second(let type):
        let index = if case .first = piece { 0 } else { 1 }
        guard index < texts.count else { continue }
        texts[index].encoding.setTypes(type)
        texts[index].encoding.setSequence(index)
        parts.append(texts[index])
      case .special(let name, let type):
        guard addsSpecialTokens, let special = special(named: name) else { continue }
        parts.append(
          .init(encoding: Encoding(special: special.ids, tokens: special.tokens, typeID: type)))
      }
    }
    return parts
  }

  /// The same for one text of which nothing overflows: laid out at once.
  func around(_ text: Encoding, addsSpecialTokens: Bool) -> Encoding {
    var result = Encoding()
    result.reserve(text.count + (addsSpecialTokens ? addedCount(isPair: false) : 0))
    for piece in single {
      switch piece {
      case .first(let type):
        let start = result.count
        result.append(tokensOf: text, typeID: type)
        result.sequenceRanges[0] = start..<result.count
      case .second: continue
      case .special(let name, let type):
        guard addsSpecialTokens, let special = special(named: name) else { continue }
        for (id, token) in zip(special.ids, special.tokens) {
          result.append(
            id: id, token: token, range: 0..<0, word: nil, typeID: type, isTemplate: true)
        }
      }
    }
    return result
  }
}
