/// What has to hold so that a tokenizer.json and a `.model` give the same ids for every text, where it can be seen
/// from the vocabulary.
enum Agreement {
  /// Whether sums of scores come out the same in f32 over a line and in f64 over a word.
  ///
  /// They do where none is ever rounded: SentencePiece starts anew beyond 100,000, and up to 131,072 the
  /// multiples of 1/128 are f32 numbers. User-defined pieces have scores of their own, tenths, in SentencePiece.
  static func hasExactSums(_ model: SentencePieceModel) -> Bool {
    model.pieces.allSatisfy { piece in
      let steps = piece.score * 128
      return piece.kind != .userDefined && piece.score.magnitude < 4096 && steps == steps.rounded()
    }
  }

  /// Whether `stages` may cut between two characters that are not among `known`.
  ///
  /// SentencePiece makes one token of unknown characters that stand side by side, tokenizers of those in one word.
  static func cutsUnknown(_ stages: [PreTokenizer], known: Set<UInt32>) -> Bool {
    stages.contains { stage in
      switch stage {
      case .metaspace(let replacement, _, let split): split && !known.contains(replacement.value)
      case .split(.string(let text), _, _):
        !known.isSuperset(of: text.unicodeScalars.map(\.value))
      case .split(.regex(let pattern), _, _):
        ListedClass(pattern: pattern).map { !known.isSuperset(of: $0.scalars) } ?? true
      default: true
      }
    }
  }

  /// The pieces of one character.
  static func characters(_ pieces: some Sequence<String>) -> Set<UInt32> {
    var known: Set<UInt32> = []
    for piece in pieces {
      let scalars = piece.unicodeScalars
      if let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex {
        known.insert(first.value)
      }
    }
    return known
  }
}

extension TextFrontEnd {
  /// The front end that parts digits and punctuation only where they are pieces: words of known characters stay what
  /// they are, and unknown characters side by side stay one word, as they are one token in SentencePiece.
  ///
  /// Where the normaliser is SentencePiece's and the pre-tokenizer Metaspace (or the cut behind ▁), with Digits
  /// (individual) and Punctuation (isolated) behind it, those become a Split at the characters that are pieces. Other
  /// front ends stay: a recipe of Hugging Face's (`sahajbert`) or of one's own is what it says.
  public func cutting(onlyAt pieces: some Sequence<String>) -> TextFrontEnd {
    let stages = preTokenizer.flattened
    guard normalizer.sentencePiece != nil, let marker = stages.first, stages.count > 1 else {
      return self
    }
    switch marker {
    case .metaspace(_, _, split: true), Self.markerBehind: break
    default: return self
    }
    var (digits, punctuation) = (false, false)
    for stage in stages.dropFirst() {
      switch stage {
      case .digits(individual: true): digits = true
      case .punctuation(.isolated): punctuation = true
      default: return self
      }
    }
    let known = Agreement.characters(pieces).filter {
      (digits && UnicodeProperties.isNumeric($0))
        || (punctuation && UnicodeProperties.isPunctuation($0))
    }
    let split = PreTokenizer.split(.regex(ListedClass(known).pattern), .isolated)
    return TextFrontEnd(
      normalizer: normalizer,
      preTokenizer: .sequence(known.isEmpty ? [marker] : [marker, split]))
  }
}
