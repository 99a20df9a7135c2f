extension SentencePieceFile {
  /// Appends `model` to `output` as a `.model` that SentencePiece loads.
  ///
  /// Fields that hold the schema's default are left out, unless the file that the model was read
  /// from gave them; fields that were not understood are put back.
  public static func write(_ model: SentencePieceModel, to output: inout ByteBuffer) {
    var file = ProtobufWriter(keeping: model.unknownFields)
    for piece in model.pieces { file.write(1, wireForm(piece)) }
    file.write(2, wireForm(model.trainer))
    file.write(3, wireForm(model.normalizer))
    if let denormalizer = model.denormalizer { file.write(5, wireForm(denormalizer)) }
    output.append(file.finish().span)
  }

  private static func wireForm(_ piece: SentencePieceModel.Piece) -> [UInt8] {
    var message = ProtobufWriter(keeping: piece.unknownFields)
    message.write(1, piece.text)
    message.write(2, piece.score)
    if piece.kind != .normal { message.write(3, Int32(piece.kind.rawValue)) }
    return message.finish()
  }

  private static func wireForm(_ settings: SentencePieceModel.TrainerSettings) -> [UInt8] {
    let standard = SentencePieceModel.TrainerSettings()
    var message = ProtobufWriter(keeping: settings.otherFields)
    func isWritten(_ number: UInt32, _ differs: Bool) -> Bool {
      differs || settings.givenFields.contains(number)
    }
    func text(_ number: UInt32, _ text: String, _ standard: String) {
      if isWritten(number, !text.utf8.elementsEqual(standard.utf8)) { message.write(number, text) }
    }
    if isWritten(3, settings.algorithm != .unigram) {
      message.write(3, Int32(settings.algorithm.rawValue))
    }
    if isWritten(4, settings.vocabularySize != standard.vocabularySize) {
      message.write(4, settings.vocabularySize)
    }
    if isWritten(22, !settings.splitsByWhitespace) {
      message.write(22, settings.splitsByWhitespace)
    }
    if isWritten(24, settings.treatsWhitespaceAsSuffix) {
      message.write(24, settings.treatsWhitespaceAsSuffix)
    }
    if isWritten(35, settings.hasByteFallback) { message.write(35, settings.hasByteFallback) }
    text(44, settings.unknownSurface, standard.unknownSurface)
    text(45, settings.unknownPiece, standard.unknownPiece)
    text(46, settings.beginPiece, standard.beginPiece)
    text(47, settings.endPiece, standard.endPiece)
    text(48, settings.paddingPiece, standard.paddingPiece)
    return message.finish()
  }

  private static func wireForm(_ settings: SentencePieceModel.NormalizerSettings) -> [UInt8] {
    var message = ProtobufWriter(keeping: settings.otherFields)
    func isWritten(_ number: UInt32, _ differs: Bool) -> Bool {
      differs || settings.givenFields.contains(number)
    }
    if isWritten(1, !settings.name.isEmpty) { message.write(1, settings.name) }
    if isWritten(2, !settings.precompiledMap.isEmpty) { message.write(2, settings.precompiledMap) }
    if isWritten(3, !settings.addsDummyPrefix) { message.write(3, settings.addsDummyPrefix) }
    if isWritten(4, !settings.removesExtraWhitespace) {
      message.write(4, settings.removesExtraWhitespace)
    }
    if isWritten(5, !settings.escapesWhitespace) { message.write(5, settings.escapesWhitespace) }
    return message.finish()
  }
}
