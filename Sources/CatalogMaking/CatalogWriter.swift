internal import Catalog
internal import Dataset
internal import YAML

/// Writes a catalog file that `CatalogReader` reads: the same bytes for the same draft, one field a line, in the order
/// of docs/catalogs.md; facts that are unknown are left out, or asked for in comments.
package enum CatalogWriter {
  /// The bytes of the file.
  ///
  /// - Parameters:
  ///   - draft: what it says; every key of a paper that it cites must be among its references.
  ///   - comments: what it says beside that.
  package static func bytes(_ draft: CatalogDraft, comments: CatalogComments = CatalogComments()) -> [UInt8] {
    var lines = comments.heading.map(CatalogComments.line)
    if !lines.isEmpty { lines.append("") }
    lines.append("version: \(CatalogReader.version)")
    lines += field("name", draft.name) + field("revision", draft.revision)
    lines += field(
      "title", draft.title, asking: comments.asksForFacts ? "what do its maps have in common? one line" : nil)
    lines += list("cite", draft.cite) + field("caution", draft.caution)
    lines += section(references(draft, isAsked: comments.asksForFacts))
    lines += section(["maps:\(draft.maps.isEmpty ? " []" : "")"] + draft.maps.flatMap { item(map($0, comments)) })
    if !draft.atlases.isEmpty { lines += section(["atlases:"] + draft.atlases.flatMap { item(atlas($0)) }) }
    if !draft.renames.isEmpty { lines += section(["renamed:"] + draft.renames.flatMap { item(rename($0)) }) }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  // MARK: Sections

  private static func references(_ draft: CatalogDraft, isAsked: Bool) -> [String] {
    guard draft.references.isEmpty else {
      return ["references:"] + draft.references.flatMap { indented([YAMLWriter.inline($0.key) + ":"] + fields(of: $0)) }
    }
    guard isAsked else { return [] }
    // As a person would write one; without the signs it is right.
    return [
      "# references:", "#   doe2026:              # a key of your choice, by which maps cite the paper",
      "#     type: article", "#     authors: [\"Doe, Jane\", others]", "#     title: What the paper is called",
      "#     journal: Where it was published", "#     year: \"2026\"", "#     doi: 10.1000/182",
    ]
  }

  private static func fields(of reference: Reference) -> [String] {
    indented(
      field("type", reference.type) + list("authors", reference.authors) + field("year", reference.year)
        + field("title", reference.title) + field("journal", reference.journal) + field("volume", reference.volume)
        + field("number", reference.number) + field("pages", reference.pages) + field("doi", reference.doi)
        + field("url", reference.url) + field("publisher", reference.publisher))
  }

  private static func map(_ map: CatalogMap, _ comments: CatalogComments) -> [String] {
    func asking(_ text: String) -> String? { comments.asksForFacts ? text : nil }
    var lines = field("map", map.id.description)
    lines += field("title", map.title, asking: asking("what does it show? one line"))
    lines += field("modality", map.modality) + field("measure", map.measure) + field("target", map.target)
    lines += field("n", map.n) + field("age", map.age)
    lines += field("license", map.license, asking: asking("its name, CC0-1.0 say; none if none is stated"))
    lines += field("license_url", map.licenseURL)
    lines += list("primary", map.primary, asking: asking("[which papers are to be cited? keys of `references`]"))
    lines += list("secondary", map.secondary) + field("note", map.note)
    lines += list("tags", map.tags, asking: asking("[words to find it by]"))
    if map.isRestricted { lines.append("restricted: true") }
    lines.append("files:")
    for file in map.files {
      let remark = comments.remarks[DatasetPath(map.id, hemi: file.hemi)]
      let fields = field("hemi", file.hemi?.rawValue) + fields(of: file.origin) + fields(of: file.checksums)
      lines += item(fields + (remark.map { [CatalogComments.line($0)] } ?? []))
    }
    return lines
  }

  private static func atlas(_ atlas: CatalogAtlas) -> [String] {
    field("atlas", atlas.id.description) + field("archive", atlas.archive) + fields(of: atlas.origin)
      + fields(of: atlas.checksums) + ["members:"] + atlas.members.flatMap { item([YAMLWriter.line($0.fileName)]) }
  }

  private static func rename(_ rename: CatalogRename) -> [String] {
    field("from", "\(rename.from.source)/\(rename.from.desc)") + field("to", "\(rename.to.source)/\(rename.to.desc)")
  }

  // MARK: Fields

  private static func fields(of origin: Origin) -> [String] {
    switch origin {
    case .osf(let file):
      field("osf", file.text) + (file.version.map { ["osf_version: \($0)"] } ?? [])
    case .url(let text), .relative(let text): field("url", text)
    }
  }

  private static func fields(of checksums: Checksums) -> [String] {
    (checksums.size.map { ["size: \($0)"] } ?? []) + field("md5", checksums.md5?.hex)
      + field("sha256", checksums.sha256?.hex)
  }

  private static func field(_ key: String, _ value: String?, asking question: String? = nil) -> [String] {
    if let value { return ["\(key): \(YAMLWriter.line(value))"] }
    return question.map { [CatalogComments.line("\(key): \($0)")] } ?? []
  }

  private static func list(_ key: String, _ values: [String], asking question: String? = nil) -> [String] {
    if !values.isEmpty { return ["\(key): \(YAMLWriter.inline(values))"] }
    return question.map { [CatalogComments.line("\(key): \($0)")] } ?? []
  }

  // MARK: Lines

  private static func section(_ lines: [String]) -> [String] { lines.isEmpty ? [] : [""] + lines }

  /// The lines as an item of a list that is a field.
  private static func item(_ lines: [String]) -> [String] {
    zip(lines.indices, lines).map { index, line in (index == 0 ? "  - " : "    ") + line }
  }

  private static func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }
}
