extension SentencePieceNormalizer {
  /// The normaliser of a model: its map, its settings, and its user-defined symbols.
  /// - Throws: `TokenizerFileError` where the map is none.
  public init(_ model: SentencePieceModel) throws(TokenizerFileError) {
    try self.init(
      settings: model.normalizer, isSuffix: model.trainer.treatsWhitespaceAsSuffix,
      symbols: model.pieces.filter { $0.kind == .userDefined }.map(\.text))
  }

  /// What a model does to decoded text; nil where it leaves it.
  /// - Throws: `TokenizerFileError` where the map is none.
  public static func denormalizer(
    of model: SentencePieceModel
  ) throws(TokenizerFileError) -> SentencePieceNormalizer? {
    guard let settings = model.denormalizer, !settings.precompiledMap.isEmpty else { return nil }
    return try SentencePieceNormalizer(settings: settings)
  }

  /// The normaliser of these settings.
  ///
  /// - Parameters:
  ///   - isSuffix: Whether the dummy prefix goes behind the text (`treat_whitespace_as_suffix`).
  ///   - symbols: Texts that stand as they are.
  /// - Throws: `TokenizerFileError` where the map is none, or a symbol cannot be looked for.
  public init(
    settings: SentencePieceModel.NormalizerSettings, isSuffix: Bool = false, symbols: [String] = []
  ) throws(TokenizerFileError) {
    var options = Options()
    options.addsDummyPrefix = settings.addsDummyPrefix
    options.removesExtraWhitespace = settings.removesExtraWhitespace
    options.escapesWhitespace = settings.escapesWhitespace
    options.treatsWhitespaceAsSuffix = isSuffix
    var map: PrecompiledMap?
    if !settings.precompiledMap.isEmpty {
      do throws(PrecompiledMapError) {
        map = try PrecompiledMap(settings.precompiledMap)
      } catch {
        throw .malformed(
          path: "normalizer_spec.precompiled_charsmap", offset: error.offset, reason: error.reason)
      }
    }
    do throws(PrecompiledMap.CompileError) {
      try self.init(map: map, options: options, symbols: symbols)
    } catch {
      throw .invalid(path: "pieces", reason: "\(error)")
    }
  }
}
