/// Rows under a heading: columns side by side for people, tabs between cells for programs.
struct TextTable: Sendable {
  /// One column.
  struct Column: Sendable {
    /// The word above it.
    let name: String
    /// How its cells look where there are colors.
    var style = TextStyle.plain
    /// Whether its cells end below each other, as numbers should; for people only.
    var isRightAligned = false
    /// Whether programs do not get it.
    var isForPeopleOnly = false
  }

  private struct Row {
    let cells: [TextSpan]
    let mark: TextSpan?
  }

  private let columns: [Column]
  private var rows: [Row]

  /// A table without rows.
  init(_ columns: [Column]) {
    self.columns = columns
    rows = [Row(cells: columns.map { TextSpan($0.name.printable, .bold) }, mark: nil)]
  }

  /// A table without rows, its columns all alike.
  init(_ heading: [String]) { self.init(heading.map { Column(name: $0) }) }

  /// Adds a row, a cell for each column. A mark is for people only, and stands before the last cell.
  mutating func add(_ cells: [String], mark: String? = nil) {
    rows.append(
      Row(
        cells: zip(columns, cells).map { TextSpan($1.printable, $0.style) },
        mark: mark.map { TextSpan($0.printable, .yellow) }))
  }

  /// For programs: a heading, then a line a row, tabs between cells.
  func tabSeparated(isColored: Bool) -> [String] {
    rows.map { row in
      zip(columns, row.cells).filter { !$0.0.isForPeopleOnly }.map { $1.shown(isColored: isColored) }
        .joined(separator: "\t")
    }
  }

  /// For people: columns side by side, cut to the width of the terminal: the last column first.
  func aligned(width: Int?, isColored: Bool) -> [String] {
    let lines = rows.map { row in
      row.cells.dropLast().map { [$0] } + [marked(row)]
    }
    let widths = columns.indices.map { column in lines.map { $0[column].columns }.max() ?? 0 }
    return lines.map { aligned($0, widths).cut(to: width ?? .max).shown(isColored: isColored) }
  }

  private static let gap = 2

  private func marked(_ row: Row) -> [TextSpan] {
    (row.mark.map { [$0, TextSpan(" ")] } ?? []) + row.cells.suffix(1)
  }

  /// A line without spaces at its end.
  private func aligned(_ cells: [[TextSpan]], _ widths: [Int]) -> [TextSpan] {
    var (line, spaces) = ([TextSpan](), 0)
    for (index, cell) in cells.enumerated() {
      let slack = widths[index] - cell.columns
      if columns[index].isRightAligned { spaces += slack }
      if cell.columns > 0 {
        line += [TextSpan(String(repeating: " ", count: spaces))] + cell
        spaces = 0
      }
      spaces += Self.gap + (columns[index].isRightAligned ? 0 : slack)
    }
    return line
  }
}
