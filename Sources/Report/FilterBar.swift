internal import Dataset

/// What the maps can be chosen by; shown by the script, as it does nothing without it.
struct FilterBar {
  let maps: [ReportedMap]

  func write(to section: inout HTMLWriter) {
    section.element(
      .div, .id("filters"), HTMLAttribute(.role, "search"), HTMLAttribute(.ariaLabel, "Choose maps"), .hidden
    ) { bar in
      bar.element(.div, .class("field search")) { field in
        field.element(.label, HTMLAttribute(.for, "filter-text"), text: "Search")
        field.element(
          .input, .id("filter-text"), HTMLAttribute(.type, "search"), HTMLAttribute(.autocomplete, "off"),
          HTMLAttribute(.spellcheck, "false"), HTMLAttribute(.placeholder, "Name, paper, checksum …"))
      }
      writeFacet("tags", "Tag", maps.flatMap { Set($0.tags.map(\.oneLine)) }, to: &bar)
      writeFacet("space", "Space", maps.map(\.id.space), to: &bar)
      writeFacet("license", "License", maps.map { $0.license?.name.oneLine ?? "" }, to: &bar)
      bar.element(.div, .class("outcome")) { outcome in
        outcome.element(
          .p, .id("shown"), HTMLAttribute(.role, "status"), HTMLAttribute(.ariaLive, "polite"),
          text: counted(maps.count, "map", "maps"))
        outcome.element(.button, .id("clear"), HTMLAttribute(.type, "button"), .hidden, text: "Show all")
      }
    }
  }

  /// A choice of one of the values that there are, with how many maps have it; the empty one is called unknown.
  private func writeFacet(_ name: String, _ label: String, _ values: [String], to bar: inout HTMLWriter) {
    let counts = Dictionary(values.map { ($0, 1) }, uniquingKeysWith: +)
    guard !counts.isEmpty else { return }
    bar.element(.div, .class("field")) { field in
      field.element(.label, HTMLAttribute(.for, "filter-\(name)"), text: label)
      field.element(.select, .id("filter-\(name)"), HTMLAttribute(.facet, name)) { select in
        select.element(.option, text: "any")
        for (value, count) in counts.sorted(by: { precedes($0.key, $1.key) }) {
          select.element(
            .option, HTMLAttribute(.value, value), text: "\(value.isEmpty ? "unknown" : value) (\(count))")
        }
      }
    }
  }
}

extension String {
  /// Without ends of lines, which part the values of an attribute.
  var oneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
