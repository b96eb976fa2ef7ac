internal import Dataset

/// What several parts of the page write alike.
extension HTMLWriter {
  /// A row of a list of facts; nothing if the fact is unknown.
  mutating func fact(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else { return }
    element(.dt, text: name)
    element(.dd, text: value)
  }

  /// The same of what is read letter by letter.
  mutating func fact(_ name: String, code: String?) {
    guard let code, !code.isEmpty else { return }
    element(.dt, text: name)
    element(.dd) { $0.element(.code, text: code) }
  }

  /// The license's name, with a link if it has one; or that there is none.
  mutating func license(_ license: ReportedLicense?) {
    guard let license else {
      element(.strong, text: "unknown")
      element(.span, .class("quiet"), text: ": none is stated, which is no permission")
      return
    }
    link(license.name, to: license.address)
  }

  /// A text that leads to an address; the address as a text behind it if it is none of the web.
  mutating func link(_ text: String, to address: String?) {
    guard let address, !address.isEmpty else { return self.text(text) }
    guard let link = WebLink(address) else {
      return self.text(text == address ? text : "\(text) (\(address))")
    }
    // On paper the address is printed behind a text that does not tell it.
    let tellsAddress = text == address || text == link.address || text.hasPrefix("doi:")
    element(
      .a, .class(tellsAddress ? "self" : "told"), .href(link), HTMLAttribute(.rel, "noopener noreferrer external"),
      text: text)
  }

  /// Puts the text of the element `id` on the clipboard; shown by the script.
  mutating func copyButton(_ text: String, label: String, of id: String) {
    element(
      .button, HTMLAttribute(.type, "button"), .class("copy"), HTMLAttribute(.copies, id),
      HTMLAttribute(.ariaLabel, label), .hidden, text: text)
  }

  /// Something to be seen first, a line each.
  mutating func warnings(_ warnings: [String]) {
    guard !warnings.isEmpty else { return }
    element(.div, .class("warnings"), HTMLAttribute(.role, "note"), HTMLAttribute(.ariaLabel, "Warnings")) { note in
      note.element(.ul) { list in
        for warning in warnings { list.element(.li, text: warning) }
      }
    }
  }

  /// Papers, in order, each with its link.
  mutating func references(_ references: [ReportedReference], after heading: String) {
    guard !references.isEmpty else { return }
    element(.div, .class("references")) { block in
      block.element(.p, .class("label"), text: heading)
      block.element(.ul) { list in
        for reference in references {
          list.element(.li) { item in
            item.text(reference.text)
            guard let address = reference.address else { return }
            item.text(" ")
            item.link(Self.shown(address), to: address)
          }
        }
      }
    }
  }

  /// `doi:10.…` of a resolver's address, which says the same in less.
  private static func shown(_ address: String) -> String {
    let resolver = "https://doi.org/"
    return address.hasPrefix(resolver) ? "doi:\(address.dropFirst(resolver.count))" : address
  }

  /// The files of a map or an atlas, to be unfolded: sizes, checksums, origins.
  mutating func files(_ files: [ReportedFile], size: ReportedSize?) {
    guard !files.isEmpty else { return }
    element(.details, .class("files")) { details in
      details.element(.summary) { summary in
        summary.text(counted(files.count, "file", "files") + (size.map { ", \($0.text)" } ?? ""))
        summary.element(.span, .class("quiet"), text: ": checksums and origin")
      }
      details.element(.ul) { list in
        for file in files { list.element(.li) { $0.file(file) } }
      }
    }
  }

  private mutating func file(_ file: ReportedFile) {
    element(.code, .class("path"), text: file.path.text)
    element(.dl, .class("facts")) { facts in
      facts.fact("Size", file.size.map { "\($0.text) (\(grouped($0.bytes)) bytes)" })
      facts.fact("SHA-256", code: file.checksums?.sha256?.hex)
      facts.fact("MD5", code: file.checksums?.md5?.hex)
      facts.element(.dt, text: "From")
      facts.element(.dd) { origin in
        origin.text(file.origin)
        guard let address = file.address else { return }
        origin.text(" ")
        origin.link(address, to: address)
      }
    }
  }
}
