/// What is wrong with a Parquet file, before the file's name is known.
enum ParquetFault: Error, Equatable {
  /// Bytes that cannot be; the offset in the file where that is known.
  case broken(String, offset: Int?)
  /// Bytes end where more are wanted: of a window, more may be read.
  case cut
  /// What Parquet allows and this reader does not read, with what can be done.
  case unsupported(String)
  /// More than is taken on trust.
  case overLimit(String)
  /// The file itself cannot be read.
  case unreadable(CorpusError)

  /// A fault without a place in the file.
  static func broken(_ detail: String) -> ParquetFault { .broken(detail, offset: nil) }

  /// The same, at a place, where it has none yet.
  func at(_ offset: Int) -> ParquetFault {
    switch self {
    case .broken(let detail, nil): .broken(detail, offset: offset)
    case .cut: .broken("ends in the middle of a value", offset: offset)
    default: self
    }
  }

  /// The same as an error of a file.
  func error(file: String) -> CorpusError {
    let reason: CorpusError.Reason =
      switch self {
      case .broken(let detail, let offset): .brokenParquet(detail, offset: offset)
      case .cut: .brokenParquet("ends in the middle of a value", offset: nil)
      case .unsupported(let detail): .unsupportedParquet(detail)
      case .overLimit(let detail): .parquetLimit(detail)
      case .unreadable(let error): error.reason
      }
    return CorpusError(file: file, line: nil, reason: reason)
  }
}
