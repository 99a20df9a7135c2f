extension SentencePieceFile {
  /// `spiece.model` and `spiece.vocab`; the same model gives the same bytes.
  public static func files(of model: SentencePieceModel) -> [TransformersFolder.File] {
    var file = ByteBuffer()
    var vocabulary = ByteBuffer()
    write(model, to: &file)
    writeVocabulary(model, to: &vocabulary)
    return [
      .init(name: "spiece.model", bytes: file.bytes),
      .init(name: "spiece.vocab", bytes: vocabulary.bytes),
    ]
  }
}
