internal import Dataset

/// The templates of the project.
struct AtlasSection {
  let atlases: [ReportedAtlas]

  func write(to main: inout HTMLWriter) {
    guard !atlases.isEmpty else { return }
    main.element(.section, .id("atlases"), HTMLAttribute(.ariaLabelledBy, "atlases-heading")) { section in
      section.element(.h2, .id("atlases-heading"), text: "Atlases")
      for (index, atlas) in atlases.enumerated() { write(atlas, index, to: &section) }
    }
  }

  private func write(_ atlas: ReportedAtlas, _ index: Int, to section: inout HTMLWriter) {
    section.element(
      .article, .class("atlas"), .id("atlas:\(atlas.id)"), HTMLAttribute(.ariaLabelledBy, "atlas-\(index)")
    ) { card in
      card.element(.header) { header in
        header.element(.h3, .id("atlas-\(index)"), text: atlas.title ?? atlas.id.description)
        header.element(.p, .class("name")) { line in
          line.element(.code, text: atlas.id.description)
          if atlas.state != .there {
            line.element(.span, .class("state \(atlas.state.rawValue)"), text: atlas.state.rawValue)
          }
        }
      }
      card.element(.dl, .class("facts")) { facts in
        facts.element(.dt, text: "License")
        facts.element(.dd) { $0.license(atlas.license) }
        facts.fact("Note", atlas.note)
      }
      card.references(atlas.references, after: "To cite")
      card.files(atlas.files, size: atlas.size)
    }
  }
}
