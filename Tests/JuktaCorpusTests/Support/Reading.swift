import Dispatch
import Synchronization

@testable import JuktaCorpus

/// A document as a test compares it.
struct Document: Equatable, CustomStringConvertible {
  var text: String
  var line: Int
  var description: String { "\(line): \(text)" }
}

/// All documents of some files, in order, the parts of long ones put together.
func documents(
  _ paths: [String], _ options: Corpus.Options = Corpus.Options(), callers: Int = 1
) throws -> [Document] {
  try read(paths, options, callers: callers).documents
}

/// The texts of all documents of some files.
func texts(_ paths: [String], _ options: Corpus.Options = Corpus.Options()) throws -> [String] {
  try documents(paths, options).map(\.text)
}

struct Reading {
  var documents: [Document] = []
  var records: [CorpusRecord] = []
  var layouts: [CorpusLayout] = []
  var tally = CorpusTally()
}

/// Reads files to their end with some callers at once.
func read(
  _ paths: [String], _ options: Corpus.Options = Corpus.Options(), callers: Int = 1
) throws -> Reading {
  struct Part {
    var index: Int
    var layout: CorpusLayout
    var documents: [(Document, isContinuation: Bool, CorpusRecord)]
  }
  let corpus = Corpus(paths, options: options, callers: callers)
  let parts = Mutex<[Part]>([])
  let failures = Mutex<[CorpusError]>([])
  DispatchQueue.concurrentPerform(iterations: callers) { _ in
    do throws(CorpusError) {
      var batch = CorpusBatch()
      while try corpus.next(into: &batch) {
        let found = batch.documents.map { document in
          (
            Document(
              text: String(decoding: batch.bytes[document.range], as: UTF8.self),
              line: document.line), isContinuation: document.isContinuation, document.record
          )
        }
        let part = Part(index: batch.index, layout: batch.layout, documents: found)
        parts.withLock { $0.append(part) }
      }
    } catch {
      failures.withLock { $0.append(error) }
    }
  }
  let failed = failures.withLock { $0 }
  if let failure = failed.first {
    guard failed.allSatisfy({ $0 == failure }) else { throw DifferentErrors(errors: failed) }
    throw failure
  }
  var reading = Reading()
  let ordered = parts.withLock { $0 }.sorted { $0.index < $1.index }
  guard ordered.map(\.index) == Array(0..<ordered.count) else { throw GapInBlocks() }
  for part in ordered {
    if part.layout != reading.layouts.last { reading.layouts.append(part.layout) }
    for (document, isContinuation, record) in part.documents {
      if isContinuation, let last = reading.documents.indices.last {
        reading.documents[last].text += "\n" + document.text
      } else {
        reading.documents.append(document)
        reading.records.append(record)
      }
    }
  }
  reading.tally = corpus.tally
  return reading
}

struct GapInBlocks: Error {}
struct DifferentErrors: Error { let errors: [CorpusError] }

/// The error that reading ends in; nil where it does not.
func failure(_ paths: [String], _ options: Corpus.Options = Corpus.Options(), callers: Int = 1)
  throws -> CorpusError?
{
  do {
    _ = try read(paths, options, callers: callers)
    return nil
  } catch let error as CorpusError {
    return error
  }
}

extension Corpus.Options {
  /// Options in one expression.
  static func with(_ change: (inout Corpus.Options) -> Void) -> Corpus.Options {
    var options = Corpus.Options()
    change(&options)
    return options
  }
}
