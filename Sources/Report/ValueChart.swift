/// How the values of a map are distributed, above the colors that stand for them, on one axis.
struct ValueChart {
  let legend: ReportedLegend?
  let histogram: ReportedHistogram?
  /// Of the map, for names within the page.
  let number: Int

  private static let width = 280.0
  private static let margin = 12.0
  private static let barsEnd = 84.0
  private static let rampStart = 87.0
  private static let rampEnd = 97.0
  private static let textLine = 114.0

  private var rampID: String { "ramp-\(number)" }

  func write(to plate: inout HTMLWriter) {
    guard let axis else { return }
    plate.element(.figure, .class("chart")) { figure in
      figure.element(
        .svg, HTMLAttribute(.viewBox, "0 0 280 118"), HTMLAttribute(.role, "img"),
        HTMLAttribute(.ariaLabel, description)
      ) { svg in
        if let legend { writeRamp(legend, axis, to: &svg) }
        if let histogram { writeBars(histogram, axis, to: &svg) }
        writeTicks(axis, to: &svg)
      }
      figure.element(.figcaption, text: caption)
    }
  }

  /// From the lowest to the highest value of either; nil if there is nothing to be drawn.
  private var axis: ClosedRange<Double>? {
    let ranges = [legend.map { ($0.lowest, $0.highest) }, histogram.map { ($0.lowest, $0.highest) }].compactMap { $0 }
    guard let low = ranges.map(\.0).min(), let high = ranges.map(\.1).max() else { return nil }
    return low < high && (high - low).isFinite ? low...high : nil
  }

  private func place(_ value: Double, _ axis: ClosedRange<Double>) -> Double {
    let share = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
    return Self.margin + share * (Self.width - 2 * Self.margin)
  }

  private func writeRamp(_ legend: ReportedLegend, _ axis: ClosedRange<Double>, to svg: inout HTMLWriter) {
    let start = place(legend.lowest, axis)
    let end = place(legend.highest, axis)
    svg.element(.defs) { defs in
      defs.element(
        .linearGradient, .id(rampID), HTMLAttribute(.gradientUnits, "userSpaceOnUse"),
        HTMLAttribute(.x1, Self.written(start)), HTMLAttribute(.x2, Self.written(end)), HTMLAttribute(.y1, "0"),
        HTMLAttribute(.y2, "0")
      ) { gradient in
        let last = max(legend.colors.count - 1, 1)
        for (index, color) in legend.colors.enumerated() {
          gradient.element(
            .stop, HTMLAttribute(.offset, Self.written(Double(index) / Double(last), decimals: 4)),
            HTMLAttribute(.stopColor, color.css))
        }
      }
    }
    svg.element(
      .rect, .class("ramp"), HTMLAttribute(.x, Self.written(Self.margin)),
      HTMLAttribute(.y, Self.written(Self.rampStart)),
      HTMLAttribute(.width, Self.written(Self.width - 2 * Self.margin)),
      HTMLAttribute(.height, Self.written(Self.rampEnd - Self.rampStart)), HTMLAttribute(.fill, "url(#\(rampID))"))
  }

  /// One shape of all bars; a bin that holds anything can be seen.
  private func writeBars(_ histogram: ReportedHistogram, _ axis: ClosedRange<Double>, to svg: inout HTMLWriter) {
    guard let most = histogram.counts.max(), most > 0 else { return }
    let start = place(histogram.lowest, axis)
    let step = (place(histogram.highest, axis) - start) / Double(histogram.counts.count)
    let bars = histogram.counts.enumerated().filter { $0.element > 0 }.map { index, count in
      let height = max(Double(count) / Double(most) * (Self.barsEnd - 4), 0.6)
      let left = Self.written(start + Double(index) * step)
      let right = Self.written(start + Double(index + 1) * step)
      let (base, top) = (Self.written(Self.barsEnd), Self.written(Self.barsEnd - height))
      return "M\(left) \(base)V\(top)H\(right)V\(base)Z"
    }
    svg.element(
      .path, .class("bars"), HTMLAttribute(.d, bars.joined()),
      HTMLAttribute(.fill, legend == nil ? "currentColor" : "url(#\(rampID))"))
  }

  private func writeTicks(_ axis: ClosedRange<Double>, to svg: inout HTMLWriter) {
    for tick in ticks(axis) {
      let x = place(tick.value, axis)
      svg.element(
        .line, .class("tick"), HTMLAttribute(.x1, Self.written(x)), HTMLAttribute(.x2, Self.written(x)),
        HTMLAttribute(.y1, Self.written(Self.rampEnd)), HTMLAttribute(.y2, Self.written(Self.rampEnd + 4)))
      // A number at the edge stays within the picture.
      let half = Self.halfWidth(tick.text)
      svg.element(
        .text, HTMLAttribute(.x, Self.written(min(max(x, half), Self.width - half))),
        HTMLAttribute(.y, Self.written(Self.textLine)), HTMLAttribute(.textAnchor, "middle"), text: tick.text)
    }
  }

  /// Those of the legend that have room beside each other: the first, the last, and what fits between them.
  private func ticks(_ axis: ClosedRange<Double>) -> [ReportedLegend.Tick] {
    let all = (legend?.ticks ?? []).filter { axis.contains($0.value) }
    guard let first = all.first, let last = all.last, all.count > 1 else { return all }
    var shown = [first]
    let room = { (a: ReportedLegend.Tick, b: ReportedLegend.Tick) in
      place(b.value, axis) - place(a.value, axis) >= Self.halfWidth(a.text) + Self.halfWidth(b.text) + 8
    }
    for tick in all.dropFirst().dropLast() where room(shown.last ?? first, tick) && room(tick, last) {
      shown.append(tick)
    }
    return shown.count > 1 || room(first, last) ? shown + [last] : shown
  }

  /// Of a number in the size that the style gives it, rather too much than too little.
  private static func halfWidth(_ text: String) -> Double { Double(text.count) * 3.3 }

  /// A number without an exponent, rounded, as any machine writes it.
  static func written(_ value: Double, decimals: Int = 2) -> String {
    let factor = decimals == 4 ? 10_000.0 : 100.0
    let scaled = (value * factor).rounded()
    guard abs(scaled) < 1e15 else { return "0" }
    let whole = Int64(abs(scaled))
    let fraction = String(whole % Int64(factor))
    let padded = String(repeating: "0", count: decimals - fraction.count) + fraction
    let digits = padded.reversed().drop { $0 == "0" }.reversed()
    let sign = scaled < 0 ? "-" : ""
    return digits.isEmpty ? "\(sign)\(whole / Int64(factor))" : "\(sign)\(whole / Int64(factor)).\(String(digits))"
  }
}
