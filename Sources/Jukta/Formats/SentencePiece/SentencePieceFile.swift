/// SentencePiece's `.model` and `.vocab` files.
///
///     let model = try SentencePieceFile.read(bytes.span)
///     model.pieces.count                              // 32000
///     var file = ByteBuffer()
///     SentencePieceFile.write(model, to: &file)       // what was not understood is still there
public enum SentencePieceFile {
  /// Reads a `.model` and checks it as SentencePiece 0.2.3 does when it loads one, and more: texts
  /// must be UTF-8, and fields of the schema must have the schema's types.
  ///
  /// - Throws: `TokenizerFileError`, with the path of the field and, as `malformed`, its byte.
  /// - Complexity: O(*n*) for *n* bytes; memory in proportion to the file, whatever lengths it claims.
  public static func read(
    _ bytes: Span<UInt8>
  ) throws(TokenizerFileError) -> SentencePieceModel {
    var model = SentencePieceModel(pieces: [])
    var places = SentencePieceChecks.Places()
    var message = ProtobufMessage(ProtobufPlace(""), 0..<bytes.count)
    while let field = try message.next(in: bytes) {
      switch field.number {
      case 1:
        let range = try message.message(field, "pieces")
        places.pieces.append(field.whole.lowerBound)
        model.pieces.append(try piece(bytes, range, index: model.pieces.count))
      case 2:
        let range = try message.message(field, "trainer_spec")
        try read(bytes, range, into: &model.trainer)
      case 3:
        let range = try message.message(field, "normalizer_spec")
        let place = ProtobufPlace("normalizer_spec")
        try read(bytes, range, place, &model.normalizer, map: &places.map)
      case 5:
        let range = try message.message(field, "denormalizer_spec")
        let place = ProtobufPlace("denormalizer_spec")
        var settings = model.denormalizer ?? SentencePieceModel.NormalizerSettings()
        try read(bytes, range, place, &settings, map: &places.denormalizerMap)
        model.denormalizer = settings
      default: ProtobufMessage.keep(field, of: bytes, in: &model.unknownFields)
      }
    }
    try SentencePieceChecks(places).run(&model)
    return model
  }

  private static func piece(
    _ bytes: Span<UInt8>, _ range: Range<Int>, index: Int
  ) throws(TokenizerFileError) -> SentencePieceModel.Piece {
    var piece = SentencePieceModel.Piece("")
    var message = ProtobufMessage(ProtobufPlace("pieces", index), range)
    while let field = try message.next(in: bytes) {
      switch field.number {
      case 1: piece.text = try message.text(field, "piece", in: bytes)
      case 2: piece.score = try message.float(field, "score", in: bytes)
      case 3:
        let number = try message.int32(field, "type")
        if let kind = UInt8(exactly: number).flatMap(SentencePieceModel.Kind.init) {
          piece.kind = kind
        } else {
          // A kind of a later version: protobuf keeps it aside and takes the default.
          ProtobufMessage.keep(field, of: bytes, in: &piece.unknownFields)
        }
      default: ProtobufMessage.keep(field, of: bytes, in: &piece.unknownFields)
      }
    }
    return piece
  }

  private static func read(
    _ bytes: Span<UInt8>, _ range: Range<Int>,
    into settings: inout SentencePieceModel.TrainerSettings
  ) throws(TokenizerFileError) {
    var message = ProtobufMessage(ProtobufPlace("trainer_spec"), range)
    while let field = try message.next(in: bytes) {
      settings.givenFields.insert(field.number)
      switch field.number {
      case 3:
        let number = try message.int32(field, "model_type")
        if let known = UInt8(exactly: number).flatMap(SentencePieceModel.Algorithm.init) {
          settings.algorithm = known
        } else {
          settings.givenFields.remove(3)
          ProtobufMessage.keep(field, of: bytes, in: &settings.otherFields)
        }
      case 4: settings.vocabularySize = try message.int32(field, "vocab_size")
      case 22: settings.splitsByWhitespace = try message.flag(field, "split_by_whitespace")
      case 24:
        settings.treatsWhitespaceAsSuffix =
          try message.flag(field, "treat_whitespace_as_suffix")
      case 35: settings.hasByteFallback = try message.flag(field, "byte_fallback")
      case 44: settings.unknownSurface = try message.text(field, "unk_surface", in: bytes)
      case 45: settings.unknownPiece = try message.text(field, "unk_piece", in: bytes)
      case 46: settings.beginPiece = try message.text(field, "bos_piece", in: bytes)
      case 47: settings.endPiece = try message.text(field, "eos_piece", in: bytes)
      case 48: settings.paddingPiece = try message.text(field, "pad_piece", in: bytes)
      default:
        settings.givenFields.remove(field.number)
        ProtobufMessage.keep(field, of: bytes, in: &settings.otherFields)
      }
    }
  }

  private static func read(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ place: ProtobufPlace,
    _ settings: inout SentencePieceModel.NormalizerSettings, map: inout Int
  ) throws(TokenizerFileError) {
    var message = ProtobufMessage(place, range)
    while let field = try message.next(in: bytes) {
      settings.givenFields.insert(field.number)
      switch field.number {
      case 1: settings.name = try message.text(field, "name", in: bytes)
      case 2:
        settings.precompiledMap = try message.data(field, "precompiled_charsmap", in: bytes)
        map = field.payload.lowerBound
      case 3: settings.addsDummyPrefix = try message.flag(field, "add_dummy_prefix")
      case 4:
        settings.removesExtraWhitespace = try message.flag(field, "remove_extra_whitespaces")
      case 5: settings.escapesWhitespace = try message.flag(field, "escape_whitespaces")
      default:
        settings.givenFields.remove(field.number)
        ProtobufMessage.keep(field, of: bytes, in: &settings.otherFields)
      }
    }
  }
}
