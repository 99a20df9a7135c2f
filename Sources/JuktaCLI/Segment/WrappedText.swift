import Jukta
import JuktaCorpus

/// Text whose lines are wrapped, as one stream: a unit may go over many lines, and over blocks.
struct WrappedText {
  let segmenter: SentenceSegmenter

  func run(_ files: [String], to output: consuming Output) throws {
    var output = output
    for path in files.isEmpty ? ["-"] : files {
      let input = LineInput([path])
      var stream = SentenceStream(segmenter)
      var isEnd = false
      while !isEnd {
        try input.withNextBlock { block in
          guard let block else {
            isEnd = true
            return
          }
          try block.forEachLine { line, number in
            do {
              try InvalidText.check(line)
            } catch {
              throw LineError(file: block.file, line: number, cause: error)
            }
          }
          try stream.append(block.bytes.span) { sentence, _ in
            try output.write { SentenceLine.write(sentence, into: &$0) }
          }
          if block.isPause { try output.flush() }
        }
      }
      try stream.finish { sentence, _ in
        try output.write { SentenceLine.write(sentence, into: &$0) }
      }
    }
    try output.finish()
  }
}
