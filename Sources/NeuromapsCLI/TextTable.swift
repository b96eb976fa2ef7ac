/// Rows under a heading.
struct TextTable: Sendable {
  private let heading: [String]
  private var rows: [[String]] = []

  /// A table without rows.
  init(_ heading: [String]) { self.heading = heading }

  /// Adds a row, a cell for each word of the heading.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// For programs: a heading, then a line a row, tabs between cells.
  var tabSeparated: [String] {
    ([heading] + rows).map { $0.map(\.printable).joined(separator: "\t") }
  }

  /// For people: columns side by side, cut to the width of the terminal.
  func aligned(width: Int?, isColored: Bool) -> [String] {
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    return ([heading] + rows).enumerated().map { index, cells in
      let padded = zip(cells, widths).map { cell, width in
        cell.printable + String(repeating: " ", count: width - cell.unicodeScalars.count)
      }
      var scalars = Array(padded.joined(separator: "  ").unicodeScalars)
      while scalars.last == " " { scalars.removeLast() }
      if let width, scalars.count > width { scalars = scalars[..<max(1, width - 1)] + ["…"] }
      let line = String(String.UnicodeScalarView(scalars))
      return index == 0 && isColored ? "\u{1b}[1m\(line)\u{1b}[0m" : line
    }
  }
}

extension String {
  /// The text on one line, with nothing in it that could steer a terminal.
  var printable: String {
    String(
      String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) ? "?" : $0 }))
  }
}
