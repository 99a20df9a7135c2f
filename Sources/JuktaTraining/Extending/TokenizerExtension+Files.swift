public import Jukta

extension TokenizerExtension {
  /// The files of a folder for it: tokenizer.json or SentencePiece's files, or both; what stands beside the
  /// base's own file; `new_ids.jsonl` and `extension.json`.
  ///
  /// - Parameter companions: `TransformersFolder.companions(of:)` of the base. They name ids, and those
  ///   stay.
  /// - Returns: the files, and why tokenizer.json is left out where SentencePiece's model has no form in it.
  /// - Throws: `TokenizerFileError`.
  public func files(
    beside companions: [TransformersFolder.File] = []
  ) throws -> (files: [TransformersFolder.File], leftOut: String?) {
    var (files, leftOut) = try Self.files(of: tokenizer)
    let given = Set(companions.map(\.name))
    files = files.filter { !given.contains($0.name) } + companions
    files.append(.init(name: "new_ids.jsonl", bytes: newIDLines))
    files.append(.init(name: "extension.json", bytes: JSONWriter.document(json)))
    return (files, leftOut)
  }

  static func files(
    of tokenizer: Tokenizer
  ) throws -> (files: [TransformersFolder.File], leftOut: String?) {
    guard case .sentencePiece(let processor) = tokenizer.model else {
      return (try TransformersFolder.files(of: tokenizer), nil)
    }
    let model = processor.vocabulary.model
    let files = SentencePieceFile.files(of: model)
    do {
      let conversion = try TokenizerConversion(model)
      let lost = conversion.notes.filter { $0.effect == .lost }
      if let first = lost.first { return (files, "\(first.part): \(first.text)") }
      return (files + (try TransformersFolder.files(of: conversion.tokenizer)), nil)
    } catch let error as ConversionError {
      return (files, "\(error)")
    }
  }

  private var json: JSONValue {
    .object([
      .init("format", .integer(1)), .init("jukta", .string(JuktaVersion.current)),
      .init("new_pieces", .integer(newIDs.count)),
      .init("first_new_id", newIDs.first.map { .integer(Int($0.id)) } ?? .null),
      .init("new_characters", .integer(diagnostics.newCharacters)),
      .init("words", .integer(diagnostics.words)),
      .init("distinct_words", .integer(diagnostics.distinctWords)),
      .init("tokens_before", .integer(diagnostics.tokensBefore)),
      .init("tokens_after", .integer(diagnostics.tokensAfter)),
      .init("words_cut_otherwise", .integer(diagnostics.changedWords)),
    ])
  }
}
