/// A pipeline as SentencePiece can run it: a compiled map, and a flag for spaces.
///
///     let compiled = try PipelineMap(Normalizer.sahajbert)
///     compiled.map                     // for a model's precompiled_charsmap
///     compiled.collapsesSpaces         // for its remove_extra_whitespaces
///
/// A map knows no context but what it replaces. So each step becomes rules for the scalars it changes
/// and for the windows it looks at: a decomposition that composes, a string, a class after another.
/// Runs of spaces become one by the flag, which also takes them off the ends.
///
/// Where it differs from the pipeline: as SentencePiece's own `nfkc`, it does not reorder marks and
/// composes no further than one window; and a scalar that is deleted between the two ends of a
/// window keeps them apart.
public struct PipelineMap: Sendable {
  /// The rules; nil where nothing is replaced.
  public let map: PrecompiledMap?
  /// Whether a step makes runs of spaces one.
  public let collapsesSpaces: Bool
  /// The steps that no map can say; none unless leaving them out was allowed.
  public let leftOut: [NormalizationStep]

  /// Why a pipeline cannot become a map.
  public enum Failure: Error, Equatable, CustomStringConvertible {
    /// A step that looks at more than a fixed number of characters; `index` is its place.
    case inexpressible(index: Int, step: NormalizationStep)
    /// A step that changes Hangul syllables after another composed them.
    case hangul(index: Int)
    /// The rules do not fit into a map.
    case rules(PrecompiledMap.CompileError)

    /// Place, cause and remedy.
    public var description: String {
      switch self {
      case .inexpressible(let index, let step):
        "step \(index), \(step): a compiled map cannot say this; leave it out, or keep the pipeline "
          + "in a tokenizer.json"
      case .hangul(let index):
        "step \(index) changes Hangul syllables that were composed before; leave it out"
      case .rules(let error): "\(error)"
      }
    }
  }

  /// Compiles a pipeline.
  ///
  /// - Parameter leavingOut: Leaves out what a map cannot say, and tells it in `leftOut`.
  /// - Throws: `Failure`.
  public init(_ normalizer: Normalizer, leavingOut: Bool = false) throws(Failure) {
    var compiler = PipelineCompiler()
    var leftOut: [NormalizationStep] = []
    for (index, step) in normalizer.steps.enumerated() {
      guard !compiler.add(step) else { continue }
      guard leavingOut else { throw .inexpressible(index: index, step: step) }
      leftOut.append(step)
    }
    guard !compiler.breaksHangul else { throw .hangul(index: normalizer.steps.count - 1) }
    do throws(PrecompiledMap.CompileError) {
      map = try compiler.map()
    } catch {
      throw .rules(error)
    }
    collapsesSpaces = compiler.collapsesSpaces
    self.leftOut = leftOut
  }
}
