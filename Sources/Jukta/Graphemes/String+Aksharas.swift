extension String {
  /// The aksharas of this text, in order; together they are the whole of it.
  ///
  ///     "কৃষ্ণচূড়া".aksharas.map(\.text)    // ["কৃ", "ষ্ণ", "চূ", "ড়া"]
  ///
  /// For many texts, or large ones, keep an `Inspector`.
  public var aksharas: [Akshara] {
    let bytes = Array(utf8)
    var inspector = Inspector()
    inspector.inspect(bytes.span)
    var start = 0
    var result: [Akshara] = []
    for index in 0..<inspector.aksharaEnds.count {
      let end = Int(inspector.aksharaEnds[index])
      result.append(inspector.akshara(start..<end, of: bytes.span))
      start = end
    }
    return result
  }

  /// What is odd about this text.
  public var anomalies: [Anomaly] {
    let bytes = Array(utf8)
    var inspector = Inspector()
    inspector.inspect(bytes.span)
    return inspector.anomalies
  }
}
