internal import Dataset

/// All maps in rows, to be sorted by any column.
struct MapTable {
  let maps: [ReportedMap]

  private static let columns = ["Map", "Space", "Sampling", "Modality", "People", "License", "Size", "On disk"]
  private static let numbers: Set = ["People", "Size"]

  func write(to section: inout HTMLWriter) {
    section.element(
      .div, .class("scrolls index"), HTMLAttribute(.role, "region"), HTMLAttribute(.ariaLabel, "Table of all maps"),
      HTMLAttribute(.tabindex, "0")
    ) { frame in
      frame.element(.table, .id("index")) { table in
        table.element(.caption, text: "All maps. Each name leads to the map's picture and facts.")
        table.element(.thead) { head in
          head.element(.tr) { row in
            for title in Self.columns {
              let style = Self.numbers.contains(title) ? "number" : "word"
              row.element(.th, HTMLAttribute(.scope, "col"), .class(style), text: title)
            }
          }
        }
        table.element(.tbody) { body in
          for map in maps { body.element(.tr) { write(map, to: &$0) } }
        }
      }
    }
  }

  private func write(_ map: ReportedMap, to row: inout HTMLWriter) {
    let name = map.id.description
    row.element(.th, HTMLAttribute(.scope, "row"), HTMLAttribute(.sortKey, name)) { cell in
      cell.element(.a, .href(id: name)) { $0.element(.code, text: name) }
      if let title = map.title { cell.element(.span, .class("title"), text: title) }
    }
    row.element(.td, text: map.id.space)
    row.element(.td, text: map.id.sampling.label)
    row.element(.td, text: [map.modality, map.measure].compactMap { $0 }.joined(separator: ", "))
    row.element(.td, .class("number"), text: map.people ?? "")
    row.element(.td) { cell in
      if let license = map.license {
        cell.text(license.name)
      } else {
        cell.element(.strong, text: "unknown")
      }
    }
    if let size = map.size {
      row.element(.td, .class("number"), HTMLAttribute(.sortKey, String(size.bytes)), text: size.text)
    } else {
      row.element(.td)
    }
    row.element(.td) { $0.element(.span, .class("state \(map.state.rawValue)"), text: map.state.rawValue) }
  }
}
