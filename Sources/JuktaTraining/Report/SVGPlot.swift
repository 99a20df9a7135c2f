/// Plots as inline SVG: numbers in, a picture out, no script.
package enum SVGPlot {
  private static let (width, height, bottom) = (720.0, 220.0, 28.0)

  /// Bars from zero, with the largest value on the axis.
  package static func bars(_ bars: [(label: String, value: Double)], title: String) -> String {
    let top = bars.reduce(0) { max($0, $1.value) }
    guard top > 0 else { return "" }
    let axis = Axis(low: 0, top: top)
    let left = axis.width
    let step = (width - left) / Double(bars.count)
    var svg = open(title, axis)
    for (index, bar) in bars.enumerated() {
      let size = (height - bottom - 12) * bar.value / top
      let x = left + step * Double(index)
      svg +=
        "<rect class=\"bar\" x=\"\(Figures.fixed(x + step * 0.1, 1))\" "
        + "y=\"\(Figures.fixed(height - bottom - size, 1))\" width=\"\(Figures.fixed(step * 0.8, 1))\" "
        + "height=\"\(Figures.fixed(size, 1))\"><title>\(HTMLPage.escape(bar.label)): "
        + "\(Figures.fixed(bar.value, 0))</title></rect>"
      svg += label(bar.label, x + step / 2)
    }
    return svg + "</svg>\n"
  }

  /// A line through values at even steps, between the least and the greatest.
  package static func line(_ points: [(label: String, value: Double)], title: String) -> String {
    guard points.count > 1, let low = points.map(\.value).min(),
      let top = points.map(\.value).max()
    else { return "" }
    let axis = Axis(low: low, top: top)
    let left = axis.width
    let step = (width - left - 20) / Double(points.count - 1)
    let span = top > low ? top - low : 1
    func place(_ index: Int) -> (x: Double, y: Double) {
      (
        left + 10 + step * Double(index),
        height - bottom - (height - bottom - 12) * (points[index].value - low) / span
      )
    }
    var svg = open(title, axis) + "<polyline class=\"plot\" points=\""
    svg += points.indices.map {
      "\(Figures.fixed(place($0).x, 1)),\(Figures.fixed(place($0).y, 1))"
    }.joined(separator: " ")
    svg += "\"/>"
    let stride = max(1, points.count / 12)
    for index in points.indices {
      let (x, y) = place(index)
      svg +=
        "<circle class=\"bar\" cx=\"\(Figures.fixed(x, 1))\" cy=\"\(Figures.fixed(y, 1))\" r=\"3\">"
        + "<title>\(HTMLPage.escape(points[index].label)): \(Figures.fixed(points[index].value, 4))"
        + "</title></circle>"
      if index.isMultiple(of: stride) { svg += label(points[index].label, x) }
    }
    return svg + "</svg>\n"
  }

  /// The numbers at both ends of the upright axis, and the room that they need.
  private struct Axis {
    let low: String
    let top: String

    init(low: Double, top: Double) {
      func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15
          ? Figures.grouped(Int(number)) : Figures.fixed(number, 3)
      }
      (self.low, self.top) = (text(low), text(top))
    }

    /// A digit is hardly wider than half the height of the type, 12 px.
    var width: Double { Double(max(low.count, top.count)) * 7.5 + 14 }
  }

  private static func open(_ title: String, _ axis: Axis) -> String {
    let left = Figures.fixed(axis.width, 1)
    let labels = Figures.fixed(axis.width - 6, 1)
    let foot = Figures.fixed(height - bottom, 0)
    return """
      <svg viewBox="0 0 \(Figures.fixed(width, 0)) \(Figures.fixed(height, 0))" role="img" \
      aria-label="\(HTMLPage.escape(title))" width="\(Figures.fixed(width, 0))">\
      <line class="axis" x1="\(left)" y1="\(foot)" x2="\(Figures.fixed(width, 0))" y2="\(foot)"/>\
      <line class="axis" x1="\(left)" y1="8" x2="\(left)" y2="\(foot)"/>\
      <text x="\(labels)" y="16" text-anchor="end">\(axis.top)</text>\
      <text x="\(labels)" y="\(foot)" text-anchor="end">\(axis.low)</text>
      """
  }

  private static func label(_ text: String, _ x: Double) -> String {
    "<text x=\"\(Figures.fixed(x, 1))\" y=\"\(height - 8)\" text-anchor=\"middle\">"
      + "\(HTMLPage.escape(text))</text>"
  }
}
