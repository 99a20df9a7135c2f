/// `vocab.json` and `merges.txt`: a BPE model as GPT-2 was published.
public enum BPEFiles {
  /// Reads a model from the bytes of the two files.
  ///
  /// In `merges.txt`, lines that begin with `#version` and empty lines at the end are passed over;
  /// every other line is two tokens with one space between.
  /// Words stay bytes, where the options say so, only if the vocabulary can take them.
  /// - Throws: `TokenizerFileError` with the place.
  public static func read(
    vocabulary: Span<UInt8>, merges: Span<UInt8>, options: BPEOptions = BPEOptions()
  ) throws -> BPEModel {
    let document: JSONValue
    do throws(JSONError) {
      document = try JSONParser.parse(vocabulary)
    } catch {
      throw TokenizerFileError.invalid(path: "vocab.json", reason: "not JSON: \(error)")
    }
    let reader = try VocabularyReader(JSONReader(document, "vocab.json"))
    let text = merges.withUnsafeBufferPointer { Array($0) }
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    var read: [BPEMerge] = []
    read.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      let text = String(decoding: line, as: UTF8.self)
      if let merge = try reader.merge(line: text, at: "merges.txt:\(index + 1)") {
        read.append(merge)
      }
    }
    var options = options
    options.isByteLevel = options.isByteLevel && BPEModelJSON.canTakeBytes(options, reader)
    do {
      return try BPEModel(pieces: reader.pieces, merges: read, options: options)
    } catch {
      throw TokenizerFileError.invalid(path: "merges.txt", reason: "\(error)")
    }
  }

  /// The two files of a model; the same model gives the same bytes.
  /// - Throws: `TokenizerFileError.invalid` where a merged token holds a space, which `merges.txt`
  ///   cannot say.
  public static func files(
    of model: BPEModel
  ) throws(TokenizerFileError) -> [TransformersFolder.File] {
    var vocabulary = JSONWriter()
    vocabulary.raw("{")
    var isFirst = true
    for (id, piece) in model.pieces.enumerated() where !piece.isEmpty {
      vocabulary.raw(isFirst ? "\n  " : ",\n  ")
      isFirst = false
      vocabulary.string(piece)
      vocabulary.raw(": ")
      vocabulary.number(id)
    }
    vocabulary.raw("\n}\n")
    var merges = Array("#version: 0.2\n".utf8)
    for merge in model.merges {
      let (left, right) = (model.pieces[Int(merge.left)], model.pieces[Int(merge.right)])
      guard !left.utf8.contains(0x20), !right.utf8.contains(0x20) else {
        throw .invalid(
          path: "merges.txt", reason: "the merge of '\(left)' and '\(right)' holds a space")
      }
      merges += Array(left.utf8) + [0x20] + Array(right.utf8) + [0x0A]
    }
    return [
      .init(name: "vocab.json", bytes: vocabulary.output.bytes),
      .init(name: "merges.txt", bytes: merges),
    ]
  }
}
