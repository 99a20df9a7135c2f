/// Plots as inline SVG: numbers in, a picture out, no script.
enum SVGPlot {
  private static let (width, height, left, bottom) = (720.0, 220.0, 60.0, 28.0)

  /// Bars from zero, with the largest value on the axis.
  static func bars(_ bars: [(label: String, value: Double)], title: String) -> String {
    let top = bars.reduce(0) { max($0, $1.value) }
    guard top > 0 else { return "" }
    let step = (width - left) / Double(bars.count)
    var svg = open(title, top: top, low: 0)
    for (index, bar) in bars.enumerated() {
      let size = (height - bottom - 12) * bar.value / top
      let x = left + step * Double(index)
      svg +=
        "<rect class=\"bar\" x=\"\(fixed(x + step * 0.1, 1))\" "
        + "y=\"\(fixed(height - bottom - size, 1))\" width=\"\(fixed(step * 0.8, 1))\" "
        + "height=\"\(fixed(size, 1))\"><title>\(HTMLPage.escape(bar.label)): "
        + "\(fixed(bar.value, 0))</title></rect>"
      svg += label(bar.label, x + step / 2)
    }
    return svg + "</svg>\n"
  }

  /// A line through values at even steps, between the least and the greatest.
  static func line(_ points: [(label: String, value: Double)], title: String) -> String {
    guard points.count > 1, let low = points.map(\.value).min(),
      let top = points.map(\.value).max()
    else { return "" }
    let step = (width - left - 20) / Double(points.count - 1)
    let span = top > low ? top - low : 1
    func place(_ index: Int) -> (x: Double, y: Double) {
      (
        left + 10 + step * Double(index),
        height - bottom - (height - bottom - 12) * (points[index].value - low) / span
      )
    }
    var svg = open(title, top: top, low: low) + "<polyline class=\"plot\" points=\""
    svg += points.indices.map {
      "\(fixed(place($0).x, 1)),\(fixed(place($0).y, 1))"
    }.joined(separator: " ")
    svg += "\"/>"
    let stride = max(1, points.count / 12)
    for index in points.indices {
      let (x, y) = place(index)
      svg +=
        "<circle class=\"bar\" cx=\"\(fixed(x, 1))\" cy=\"\(fixed(y, 1))\" r=\"3\">"
        + "<title>\(HTMLPage.escape(points[index].label)): \(fixed(points[index].value, 4))"
        + "</title></circle>"
      if index.isMultiple(of: stride) { svg += label(points[index].label, x) }
    }
    return svg + "</svg>\n"
  }

  private static func open(_ title: String, top: Double, low: Double) -> String {
    let decimals = top == top.rounded() && low == low.rounded() ? 0 : 3
    return """
      <svg viewBox="0 0 \(fixed(width, 0)) \(fixed(height, 0))" role="img" \
      aria-label="\(HTMLPage.escape(title))" width="\(fixed(width, 0))">\
      <line class="axis" x1="\(left)" y1="\(height - bottom)" x2="\(width)" y2="\(height - bottom)"/>\
      <line class="axis" x1="\(left)" y1="8" x2="\(left)" y2="\(height - bottom)"/>\
      <text x="\(left - 6)" y="16" text-anchor="end">\(fixed(top, decimals))</text>\
      <text x="\(left - 6)" y="\(height - bottom)" text-anchor="end">\(fixed(low, decimals))</text>
      """
  }

  private static func label(_ text: String, _ x: Double) -> String {
    "<text x=\"\(fixed(x, 1))\" y=\"\(height - 8)\" text-anchor=\"middle\">"
      + "\(HTMLPage.escape(text))</text>"
  }
}
