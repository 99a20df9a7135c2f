extension TransformersFolder {
  /// What stands beside a tokenizer's own file in a folder that transformers loads, and says how it is used:
  /// roles of tokens, templates of chats. As it is, byte for byte; nothing for a path that is no folder.
  /// - Throws: `TokenizerFileError.unreadable`.
  public static func companions(of path: String) throws(TokenizerFileError) -> [File] {
    guard ModelFile.isFolder(path) else { return [] }
    var files: [File] = []
    for name in [
      "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
      "chat_template.jinja", "chat_template.json", "generation_config.json",
    ] where ModelFile.exists(path + "/" + name) {
      files.append(File(name: name, bytes: try ModelFile.read(path + "/" + name)))
    }
    return files
  }
}
