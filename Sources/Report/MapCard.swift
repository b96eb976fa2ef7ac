internal import Dataset

/// One map with its picture.
struct MapCard {
  let map: ReportedMap
  /// From 0 on, for names within the page.
  let number: Int
  let namesCatalog: Bool

  func write(to cards: inout HTMLWriter) {
    let name = map.id.description
    cards.element(
      .article, .class("map"), .id(name), HTMLAttribute(.ariaLabelledBy, "title-\(number)"),
      HTMLAttribute(.tags, map.tags.map(\.oneLine).joined(separator: "\n")), HTMLAttribute(.space, map.id.space),
      HTMLAttribute(.license, map.license?.name.oneLine ?? "")
    ) { card in
      writeHeading(name, to: &card)
      card.warnings(map.warnings)
      card.element(.div, .class("plate")) { plate in
        writePicture(to: &plate)
        ValueChart(legend: map.drawing.legend, histogram: map.histogram, number: number).write(to: &plate)
      }
      card.element(.div, .class("columns")) { columns in
        columns.element(.div) { writeFacts(to: &$0) }
        if !map.images.isEmpty {
          columns.element(.div) { ImageTable(images: map.images).write(to: &$0) }
        }
      }
      card.references(map.references, after: "To cite")
      card.references(map.background, after: "Data and method")
      card.files(map.files, size: map.size)
    }
  }

  private func writeHeading(_ name: String, to card: inout HTMLWriter) {
    card.element(.header) { header in
      header.element(.h3, .id("title-\(number)"), text: map.title ?? name)
      header.element(.p, .class("name")) { line in
        line.element(.code, .id("name-\(number)"), text: name)
        line.copyButton("Copy", label: "Copy the name \(name)", of: "name-\(number)")
        if map.state != .there {
          line.element(.span, .class("state \(map.state.rawValue)"), text: map.state.rawValue)
        }
        if map.isRestricted { line.element(.span, .class("state restricted"), text: "restricted") }
      }
    }
  }

  private func writePicture(to plate: inout HTMLWriter) {
    switch map.drawing {
    case .picture(let picture, _):
      plate.element(.figure, .class("picture")) { figure in
        figure.element(
          .img, .src(DataURL(type: .png, bytes: picture.png)), HTMLAttribute(.alt, picture.alternative),
          HTMLAttribute(.width, String(picture.width)), HTMLAttribute(.height, String(picture.height)),
          HTMLAttribute(.decoding, "async"))
        figure.element(.figcaption) { caption in
          for row in picture.panels {
            caption.element(.span, .class("panels")) { panels in
              for panel in row { panels.element(.span, text: panel) }
            }
          }
          if let note = picture.note { caption.element(.span, .class("note"), text: note) }
        }
      }
    case .missing(let reason):
      plate.element(.p, .class("picture none"), text: "No picture: \(reason).")
    }
  }

  private func writeFacts(to column: inout HTMLWriter) {
    column.element(.dl, .class("facts")) { facts in
      facts.fact("Measured", [map.modality, map.measure].compactMap { $0 }.joined(separator: ", "))
      facts.fact("Target", map.target)
      facts.fact("People", map.people)
      facts.fact("Age", map.age)
      facts.element(.dt, text: "License")
      facts.element(.dd) { $0.license(map.license) }
      writeWords("Tags", map.tags, to: &facts)
      writeWords("Groups", map.groups, to: &facts)
      if namesCatalog { facts.fact("Catalog", map.catalog) }
      facts.fact("Note", map.note)
    }
  }

  private func writeWords(_ name: String, _ words: [String], to facts: inout HTMLWriter) {
    guard !words.isEmpty else { return }
    facts.element(.dt, text: name)
    facts.element(.dd) { value in
      value.element(.ul, .class("words")) { list in
        for word in words { list.element(.li, text: word) }
      }
    }
  }
}
