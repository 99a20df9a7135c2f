extension SentencePieceFile {
  /// Appends the pieces to `output` as a `.vocab`: a line each, piece, TAB, score with six
  /// significant digits. People read it; nothing else does.
  ///
  /// Without scores where the trainer's settings say so (`vocabulary_output_piece_score`).
  public static func writeVocabulary(_ model: SentencePieceModel, to output: inout ByteBuffer) {
    let hasScores = hasScores(model.trainer.otherFields)
    for piece in model.pieces {
      output.append(Array(piece.text.utf8).span)
      if hasScores {
        output.append(UInt8(ascii: "\t"))
        output.append(SixDigits.text(Double(piece.score)).span)
      }
      output.append(UInt8(ascii: "\n"))
    }
  }

  private static func hasScores(_ fields: [UInt8]) -> Bool {
    var reader = ProtobufReader(0..<fields.count)
    var result = true
    while let field = try? reader.next(in: fields.span) {
      if field.number == 32, field.wire == .varint { result = field.varint != 0 }
    }
    return result
  }
}
