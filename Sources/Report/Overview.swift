internal import Dataset

/// What the project holds as a whole.
struct Overview {
  let contents: ReportContents

  /// The page's title, and the way to its parts.
  func writeHeader(to body: inout HTMLWriter) {
    body.element(.header) { header in
      header.element(.p, .class("kicker"), text: "Brain maps, as locked")
      header.element(.h1, text: contents.title)
      header.element(.p, .class("lede"), text: summary)
      header.element(.nav, HTMLAttribute(.ariaLabel, "Parts of this page")) { nav in
        nav.element(.ul) { list in
          for (id, name) in parts { list.element(.li) { $0.element(.a, .href(id: id), text: name) } }
        }
      }
    }
  }

  private var summary: String {
    let counts = [
      counted(contents.maps.count, "map", "maps"),
      contents.atlases.isEmpty ? nil : counted(contents.atlases.count, "atlas", "atlases"),
      counted(contents.files.count, "file", "files"), contents.size?.text,
    ]
    return counts.compactMap { $0 }.joined(separator: " · ")
  }

  private var parts: [(id: String, name: String)] {
    let atlases = contents.atlases.isEmpty ? [] : [("atlases", "Atlases")]
    let citations = contents.citations == nil ? [] : [("cite", "How to cite")]
    return [("overview", "Overview"), ("maps", "Maps")] + atlases + citations
  }

  /// Warnings, digests, licenses and catalogs.
  func write(to main: inout HTMLWriter) {
    main.element(.section, .id("overview"), HTMLAttribute(.ariaLabelledBy, "overview-heading")) { section in
      section.element(.h2, .id("overview-heading"), text: "Overview")
      section.warnings(contents.warnings)
      section.element(.div, .class("columns")) { columns in
        columns.element(.div) { column in
          column.element(.h3, text: "The lock")
          column.element(.dl, .class("facts")) { writeFacts(to: &$0) }
          writeCatalogs(to: &column)
        }
        columns.element(.div) { column in
          column.element(.h3, text: "Licenses")
          writeLicenses(to: &column)
        }
      }
    }
  }

  private func writeFacts(to facts: inout HTMLWriter) {
    facts.fact("On disk", standing)
    for (id, name, digest) in [
      ("lock-digest", "Lock", contents.lockDigest), ("tree-digest", "Tree", contents.treeDigest),
    ] {
      guard let digest else { continue }
      facts.element(.dt, text: name)
      facts.element(.dd) { value in
        value.element(.code, .id(id), text: digest)
        value.copyButton("Copy", label: "Copy the digest of the \(name.lowercased())", of: id)
      }
    }
  }

  /// `all there`, `2 items missing, 1 changed`.
  private var standing: String {
    let states = contents.maps.map(\.state) + contents.atlases.map(\.state)
    let there = states.count { $0 == .there }
    if states.isEmpty { return "nothing is locked" }
    if there == states.count { return "all there, as locked" }
    let parts: [ReportedState] = [.there, .missing, .changed, .unchecked]
    return parts.map { state in (state, states.count { $0 == state }) }.filter { $0.1 > 0 }
      .map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
  }

  private func writeCatalogs(to column: inout HTMLWriter) {
    guard !contents.catalogs.isEmpty else { return }
    column.element(.h3, text: contents.catalogs.count == 1 ? "Its catalog" : "Its catalogs")
    for catalog in contents.catalogs {
      column.element(.dl, .class("facts")) { facts in
        facts.fact("Name", catalog.name)
        facts.fact("Revision", catalog.revision)
        facts.fact("SHA-256", code: catalog.sha256?.hex)
      }
    }
  }

  private func writeLicenses(to column: inout HTMLWriter) {
    let licenses = contents.maps.map(\.license) + contents.atlases.map(\.license)
    // The same license may be written at several places; the first that is told will do.
    let stated = Dictionary(licenses.compactMap { $0 }.map { ($0.name, $0) }) { $0.address == nil ? $1 : $0 }
    let rows = stated.values.sorted { precedes($0.name, $1.name) }.map(Optional.some)
    column.element(.table, .class("plain")) { table in
      table.element(.thead) { head in
        head.element(.tr) { row in
          row.element(.th, HTMLAttribute(.scope, "col"), text: "License")
          row.element(.th, HTMLAttribute(.scope, "col"), .class("number"), text: "Maps and atlases")
        }
      }
      table.element(.tbody) { body in
        for license in rows + (licenses.contains(nil) ? [nil] : []) {
          body.element(.tr) { row in
            row.element(.td) { $0.license(license) }
            row.element(.td, .class("number"), text: "\(licenses.count { $0?.name == license?.name })")
          }
        }
      }
    }
  }
}
