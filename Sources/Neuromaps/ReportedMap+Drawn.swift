internal import Dataset
internal import Diagnostics
internal import Images
internal import Pictures
internal import Report

extension ReportedMap {
  /// Tells what a map looks like, and what is in its files.
  mutating func show(_ drawn: DrawnMap) {
    images = drawn.contents.map(ReportedImage.init)
    warnings += drawn.findings.map { $0.finding.words(of: $0.name) }
    switch drawn.picture {
    case .failure(let obstacle): drawing = .missing(because: obstacle.words.withoutTicks)
    case .success(let picture):
      let surface = drawn.surface.map { picture.isFlat ? "Drawn \($0). " : "Drawn on the \($0) surface. " } ?? ""
      let legend = picture.scale.legend
      // Slices differ in width, and have their own words beneath.
      let rows = drawn.surface == nil ? [] : picture.rows
      let views = picture.panels.map(\.name).joined(separator: ", ")
      drawing = .picture(
        ReportedPicture(
          png: picture.png, width: picture.width, height: picture.height,
          alternative: "The map \(id): \(views). Colors: \(legend.rangeText).", panels: rows,
          note: "\(surface)Colors: \(legend.rangeText)."),
        ReportedLegend(legend, quantity: measure))
      let bars = picture.bars
      guard bars.lower < bars.upper, !bars.counts.isEmpty else { return }
      histogram = ReportedHistogram(lowest: bars.lower, highest: bars.upper, counts: bars.counts.map { Int64($0) })
    }
  }
}

extension MapPicture {
  /// The names of its panels, row by row.
  fileprivate var rows: [[String]] {
    var rows: [[String]] = []
    var edge = 0
    for panel in panels {
      if rows.isEmpty || panel.frame.x <= edge { rows.append([]) }
      rows[rows.count - 1].append(panel.name)
      edge = panel.frame.x
    }
    return rows
  }
}

extension ReportedLegend {
  fileprivate init(_ legend: ColorScale.Legend, quantity: String?) {
    let range = legend.upper - legend.lower
    self.init(
      colors: legend.stops.compactMap(ReportedColor.init), lowest: legend.lower, highest: legend.upper,
      ticks: legend.ticks.map { Tick(value: legend.lower + $0.place * range, text: $0.text) },
      isSymmetric: legend.kind == .diverging, quantity: quantity,
      palette: legend.kind == .diverging ? "blue to red" : "viridis")
  }
}

extension ReportedColor {
  /// Reads `#440154`.
  fileprivate init?(_ css: String) {
    guard css.utf8.count == 7, css.hasPrefix("#"), let number = UInt32(css.dropFirst(), radix: 16) else { return nil }
    self.init(
      red: UInt8(truncatingIfNeeded: number >> 16), green: UInt8(truncatingIfNeeded: number >> 8),
      blue: UInt8(truncatingIfNeeded: number))
  }
}

extension ReportedImage {
  fileprivate init(_ content: DrawnMap.Content) {
    let summary = content.summary
    let values = summary.values
    switch content.hemisphere {
    case .left: self.init(name: "left")
    case .right: self.init(name: "right")
    case nil: self.init(name: summary.format.mapFormat.rawValue)
    }
    shape = summary.shape.map { String($0) }.joined(separator: " × ")
    dataType = summary.dataType.rawValue
    units = summary.units
    voxelSize = summary.voxelSize.isEmpty ? nil : summary.voxelSize.map { $0.text() }.joined(separator: " × ")
    minimum = values.minimum?.text()
    maximum = values.maximum?.text()
    mean = values.mean?.text()
    count = values.count
    zeros = values.zeros
    nonFinite = values.nonFinite
  }
}

extension ImageFinding {
  /// The finding as a line of the page: `The left file is …: its name says L; …`.
  fileprivate func words(of name: String) -> String {
    let diagnostic = diagnostic(name)
    let text = ([diagnostic.message] + diagnostic.notes).joined(separator: ": ").withoutTicks
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}

extension String {
  /// The text without the marks that a terminal shows around what is literal.
  var withoutTicks: String { filter { $0 != "`" } }
}
