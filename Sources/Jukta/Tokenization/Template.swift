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

  /// Writes what the parts say of types into the encoding of a single text.
  func setTypes(of encoding: inout Encoding, hasSpecialTokens: Bool) {
    let around = surroundings
    let added = (around.before + around.after).reduce(0) { $0 + $1.ids.count }
    var types: [UInt32] = []
    for part in single {
      switch part {
      case .first(let type), .second(let type):
        let count = encoding.ids.count - (hasSpecialTokens ? added : 0)
        types += repeatElement(type, count: count)
      case .special(let name, let type):
        guard hasSpecialTokens, let special = specials.first(where: { $0.name == name }) else {
          continue
        }
        types += repeatElement(type, count: special.ids.count)
      }
    }
    encoding.typeIDs = types
  }

  /// The special tokens before and after a single text.
  var surroundings: (before: [Special], after: [Special]) {
    var before: [Special] = []
    var after: [Special] = []
    var passed = false
    for part in single {
      switch part {
      case .first, .second: passed = true
      case .special(let name, _):
        guard let special = specials.first(where: { $0.name == name }) else { continue }
        if passed { after.append(special) } else { before.append(special) }
      }
    }
    return (before, after)
  }
}
