import Jukta
import JuktaTraining
import Synchronization
import Testing

@Suite struct `Errors of a training job` {
  private static let texts = ["আমি বাংলায় গান গাই।", "তুমি কি আজ বাজারে যাবে?"]

  private static func failure(
    _ model: TrainingJob.Model, _ recipe: FrontEndRecipe = .bengali,
    _ change: (inout TrainingJob) -> Void = { _ in }
  ) -> TrainingError? {
    var job = TrainingJob(model, recipe: recipe)
    job.threads = 1
    change(&job)
    do throws(TrainingError) {
      _ = try job.run(on: texts)
      return nil
    } catch {
      return error
    }
  }

  @Test func `hold data and name no option`() throws {
    var settings = UnigramSettings.usual
    settings.shrinkingFactor = 2
    guard case .unigram(.badSetting("shrinkingFactor", _))? = Self.failure(.unigram(settings))
    else {
      Issue.record("no bad setting")
      return
    }
    var merges = BPESettings.usual
    merges.isAksharaSafe = true
    guard case .bpe(.badSetting("isAksharaSafe", _))? = Self.failure(.bpe(merges), .byteLevel())
    else {
      Issue.record("no bad setting")
      return
    }
    guard case .wrongWords(isByteLevel: true)? = Self.failure(.unigram(), .byteLevel()) else {
      Issue.record("Unigram on bytes")
      return
    }
    guard case .frontEnd("none", let cause)? = Self.failure(.bpe(), .preset("none")),
      cause as? NormalizationError == .unknownPreset("none")
    else {
      Issue.record("a preset that does not exist")
      return
    }
    let bad: [(String, (inout TrainingJob) -> Void)] = [
      ("threads", { $0.threads = 0 }), ("memory", { $0.memory = 1 << 20 }),
      ("longestText", { $0.longestText = 1 }), ("sample", { $0.sample = .lines(0) }),
      ("vocabularySizes", { $0.vocabularySizes = [300, 300] }),
    ]
    for (name, change) in bad {
      guard case .badSetting(name, _)? = Self.failure(.bpe(), .bengali, change) else {
        Issue.record("\(name)")
        continue
      }
    }
  }

  @Test func `tell a callback that asks to stop, while counting and while training`() throws {
    for isCounting in [true, false] {
      var job = TrainingJob(.unigram())
      job.threads = 2
      let error = #expect(throws: TrainingError.self) {
        try job.run(on: Self.texts) { progress in
          if case .counting = progress { isCounting ? .cancel : .proceed } else { .cancel }
        }
      }
      guard case .cancelled? = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }

  /// A source that breaks.
  private final class Broken: DocumentSource {
    struct Cause: Error {}
    func next(into batch: inout DocumentBatch) throws -> Bool { throw Cause() }
  }

  @Test func `hand on what a source throws`() throws {
    let error = #expect(throws: TrainingError.self) { try TrainingJob(.bpe()).run(on: Broken()) }
    guard case .source(let cause)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause is Broken.Cause)
    #expect(error?.underlying is Broken.Cause)
  }

  @Test func `come from counts of another recipe`() throws {
    /// One file of counts.
    final class File: ByteChunks {
      let name = "some.counts"
      private var bytes: [UInt8]?

      init(_ frontEnd: TextFrontEnd, preset: String) {
        var encoder = CountFileEncoder(CountFileHeader(preset: preset, frontEnd: frontEnd.json))
        var buffer = ByteBuffer()
        encoder.begin(&buffer)
        encoder.append(Array("▁আমি".utf8).span, 3, to: &buffer)
        _ = encoder.end(CountFileSummary(), to: &buffer)
        bytes = buffer.bytes
      }

      func read(into all: inout [UInt8]) throws -> Bool {
        all += bytes ?? []
        defer { bytes = nil }
        return bytes != nil
      }
    }
    func error(_ preset: String, _ words: FrontEndRecipe) throws -> TrainingError? {
      let frontEnd = try words.frontEnd()
      return #expect(throws: TrainingError.self) {
        try TrainingJob(.bpe()).run(counts: ["x"], open: { _ in File(frontEnd, preset: preset) })
      }
    }
    guard case .otherFrontEnd("sahajbert", "bengali")? = try error("sahajbert", .sahajbert) else {
      Issue.record("another preset")
      return
    }
    guard case .otherFrontEnd("bengali", "bengali")? = try error("bengali", .byteLevel()) else {
      Issue.record("other cuts")
      return
    }
    guard
      case .badSetting("files", _)? = #expect(
        throws: TrainingError.self,
        performing: {
          try TrainingJob(.bpe()).run(counts: [], open: { _ in throw Broken.Cause() })
        })
    else {
      Issue.record("no files")
      return
    }
  }
}
