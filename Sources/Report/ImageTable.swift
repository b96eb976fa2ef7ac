/// What is in the files of a map: a column for each file.
struct ImageTable {
  let images: [ReportedImage]

  func write(to column: inout HTMLWriter) {
    column.element(.table, .class("plain images")) { table in
      table.element(.caption, text: "Values")
      table.element(.thead) { head in
        head.element(.tr) { row in
          row.element(.td)
          for image in images { row.element(.th, HTMLAttribute(.scope, "col"), text: image.name) }
        }
      }
      table.element(.tbody) { body in
        for (name, value) in rows {
          let values = images.map(value)
          guard values.contains(where: { $0 != nil }) else { continue }
          body.element(.tr) { row in
            row.element(.th, HTMLAttribute(.scope, "row"), text: name)
            for value in values { row.element(.td, text: value ?? "") }
          }
        }
      }
    }
  }

  private var rows: [(name: String, value: (ReportedImage) -> String?)] {
    [
      ("Shape", { $0.shape }), ("Data type", { $0.dataType }), ("Units", { $0.units }),
      ("Voxel size", { $0.voxelSize }), ("Values", { $0.count.map(grouped) }), ("Lowest", { $0.minimum }),
      ("Highest", { $0.maximum }), ("Mean", { $0.mean }), ("Zeros", { part($0.zeros, of: $0) }),
      ("Not finite", { part($0.nonFinite, of: $0) }),
    ]
  }

  /// `1,204 (3.7 %)`.
  private func part(_ count: Int64?, of image: ReportedImage) -> String? {
    guard let count else { return nil }
    guard count > 0, let share = image.count.flatMap({ share(count, of: $0) }) else { return grouped(count) }
    return "\(grouped(count)) (\(share))"
  }
}
