internal import Dataset

/// A page of HTML that stands alone: it asks nothing of the network, and all it says can be read without its script.
///
/// Its policy (Content-Security-Policy) lets run and style only what is told by its SHA-256, and shows only pictures
/// that are in the page. The script adds sorting, filtering and copying.
package struct ReportPage: Sendable {
  private let contents: ReportContents

  /// A page of these contents; maps, atlases and catalogs are put in order.
  package init(_ contents: ReportContents) {
    var ordered = contents
    ordered.maps.sort { $0.id < $1.id }
    ordered.atlases.sort { $0.id < $1.id }
    ordered.catalogs.sort { precedes($0.name, $1.name) }
    self.contents = ordered
  }

  /// The file: UTF-8, the same for the same contents.
  package var bytes: [UInt8] {
    var page = HTMLWriter()
    page.element(.html, HTMLAttribute(.lang, "en")) { page in
      page.element(.head) { writeHead(to: &$0) }
      page.element(.body) { writeBody(to: &$0) }
    }
    return page.bytes
  }

  /// Whether a file is a page of a report, by its beginning: the first `markLimit` bytes.
  package static func isPage(_ beginning: [UInt8]) -> Bool {
    let mark = Array("<meta name=\"generator\" content=\"\(generator)\">".utf8)
    return beginning.indices.contains { beginning[$0...].starts(with: mark) }
  }

  /// The mark of a page stands before anything that others have written.
  package static let markLimit = 2048

  private static let generator = "neuromaps report"

  private func writeHead(to head: inout HTMLWriter) {
    let style = ReportAsset.style
    let policy = [
      "default-src 'none'", "base-uri 'none'", "form-action 'none'", "img-src data:",
      "style-src \(style.policySource)", "script-src \(ReportAsset.script.policySource)",
    ]
    head.element(.meta, HTMLAttribute(.charset, "utf-8"))
    // It binds only what stands behind it.
    head.element(
      .meta, HTMLAttribute(.httpEquiv, "Content-Security-Policy"),
      HTMLAttribute(.content, policy.joined(separator: "; ")))
    head.element(.meta, HTMLAttribute(.name, "generator"), HTMLAttribute(.content, Self.generator))
    head.element(.title, text: "\(contents.title): brain maps")
    for (name, content) in [
      ("viewport", "width=device-width, initial-scale=1"), ("color-scheme", "light dark"), ("referrer", "no-referrer"),
    ] {
      head.element(.meta, HTMLAttribute(.name, name), HTMLAttribute(.content, content))
    }
    head.asset(.style, style)
  }

  private func writeBody(to body: inout HTMLWriter) {
    body.element(.a, .class("skip"), .href(id: "maps"), text: "Skip to the maps")
    Overview(contents: contents).writeHeader(to: &body)
    body.element(.main) { main in
      Overview(contents: contents).write(to: &main)
      writeMaps(to: &main)
      AtlasSection(atlases: contents.atlases).write(to: &main)
      contents.citations.map(CitationSection.init)?.write(to: &main)
    }
    if let program = contents.program { body.element(.footer, text: "Made by \(program).") }
    body.asset(.script, .script)
  }

  private func writeMaps(to main: inout HTMLWriter) {
    main.element(.section, .id("maps"), HTMLAttribute(.ariaLabelledBy, "maps-heading")) { section in
      section.element(.h2, .id("maps-heading"), text: "Maps")
      guard !contents.maps.isEmpty else {
        section.element(.p, text: "The lock holds no map.")
        return
      }
      FilterBar(maps: contents.maps).write(to: &section)
      MapTable(maps: contents.maps).write(to: &section)
      section.element(.div, .id("cards")) { cards in
        for (index, map) in contents.maps.enumerated() {
          MapCard(map: map, number: index, namesCatalog: contents.catalogs.count > 1).write(to: &cards)
        }
      }
    }
  }
}
