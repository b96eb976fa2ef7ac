/// How to cite all of it: to read, to copy, to save.
struct CitationSection {
  let citations: ReportedCitations

  private struct Format {
    let id: String
    let name: String
    let fileName: String
    let type: DataURL.MediaType
    let text: String
  }

  private var formats: [Format] {
    [
      Format(id: "cite-text", name: "text", fileName: "references.txt", type: .text, text: citations.text),
      Format(id: "cite-bibtex", name: "BibTeX", fileName: "references.bib", type: .bibtex, text: citations.bibtex),
      Format(id: "cite-csl", name: "CSL-JSON", fileName: "references.json", type: .csl, text: citations.csl),
    ]
  }

  func write(to main: inout HTMLWriter) {
    main.element(.section, .id("cite"), HTMLAttribute(.ariaLabelledBy, "cite-heading")) { section in
      section.element(.h2, .id("cite-heading"), text: "How to cite")
      for note in citations.notes { section.element(.p, .class("measure"), text: note) }
      for format in formats where !format.text.isEmpty { write(format, to: &section) }
    }
  }

  private func write(_ format: Format, to section: inout HTMLWriter) {
    section.element(.div, .class("format \(format.id)")) { block in
      block.element(.div, .class("actions")) { actions in
        actions.element(.h3, text: "As \(format.name)")
        actions.copyButton("Copy", label: "Copy the references as \(format.name)", of: format.id)
        actions.element(
          .a, .class("download"), .href(DataURL(type: format.type, bytes: Array(format.text.utf8))),
          HTMLAttribute(.download, format.fileName), text: "Save \(format.fileName)")
      }
      block.element(
        .pre, .id(format.id), .class("scrolls"), HTMLAttribute(.tabindex, "0"), HTMLAttribute(.role, "region"),
        HTMLAttribute(.ariaLabel, "The references as \(format.name)"), text: format.text)
    }
  }
}
