internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads one entry of a catalog's `maps`.
enum CatalogMapReader {
  private static let known = [
    "map", "title", "modality", "measure", "target", "n", "age", "license", "license_url", "primary", "secondary",
    "note", "tags", "restricted", "files",
  ]

  /// The map, or problems and nil.
  static func read(
    _ node: YAMLNode, _ references: [String: Reference], _ problems: inout YAMLProblems
  ) -> CatalogMap? {
    guard let fields = YAMLFields(node, of: "a map", known: known, &problems) else { return nil }
    let id = fields.required("map", &problems).flatMap {
      problems.value($0, for: "`map`", expected: "source/desc/space/den-or-res") { AnnotationID($0) }
    }
    let restricted = fields["restricted"].flatMap { problems.bool($0, for: "`restricted`") } ?? false
    let primary = keys("primary", fields, references, &problems)
    let secondary = keys("secondary", fields, references, &problems)
    let files = fields.required("files", &problems).map { readFiles($0, of: id, &problems) } ?? []
    let tags = fields.texts("tags", &problems)
    let names = ["title", "modality", "measure", "target", "n", "age", "license", "license_url", "note"]
    let facts = Dictionary(uniqueKeysWithValues: names.map { ($0, fields.text($0, &problems)) })
    func text(_ name: String) -> String? { facts[name] ?? nil }
    guard let id else { return nil }
    return CatalogMap(
      id: id, title: text("title"), modality: text("modality"), measure: text("measure"), target: text("target"),
      n: text("n"), age: text("age"), license: text("license"), licenseURL: text("license_url"), primary: primary,
      secondary: secondary, note: text("note"), tags: tags, isRestricted: restricted, files: files)
  }

  /// The keys of references that a field lists; a problem for each that is none.
  static func keys(
    _ name: String, _ fields: YAMLFields, _ references: [String: Reference], _ problems: inout YAMLProblems
  ) -> [String] {
    guard let node = fields[name], let items = problems.list(node, for: "`\(name)`") else { return [] }
    return items.compactMap { item in
      guard let key = problems.text(item, for: "each item of `\(name)`") else { return nil }
      if references[key] == nil {
        let near = problems.isFull ? nil : Suggestion.nearest(to: key, among: references.keys)
        problems.wrongValue(
          "no reference has the key `\(key)`", at: item, hints: near.map { ["did you mean `\($0)`?"] } ?? [])
      }
      return key
    }
  }

  private static func readFiles(
    _ node: YAMLNode, of id: AnnotationID?, _ problems: inout YAMLProblems
  ) -> [CatalogFile] {
    var seen: Set<Hemisphere?> = []
    let files = (problems.list(node, for: "`files`") ?? []).compactMap { item -> CatalogFile? in
      guard let fields = YAMLFields(item, of: "a file", known: ["hemi"] + BytesReader.keys, &problems) else {
        return nil
      }
      let hemi = fields["hemi"].flatMap {
        problems.value($0, for: "`hemi`", expected: "`L` or `R`", Hemisphere.init(rawValue:))
      }
      let bytes = BytesReader.read(fields, &problems)
      if let id { checkHemisphere(fields, id, &problems) }
      if let id, !seen.insert(hemi).inserted {
        problems.add(.catalogRepeats, "`\(id)` has two files of the same name", at: item.span)
      }
      return bytes.map { CatalogFile(hemi: hemi, origin: $0.origin, checksums: $0.checksums) }
    }
    if node.items?.isEmpty == true { problems.wrongValue("the map has no file", at: node) }
    return files.sorted { ($0.hemi?.rawValue ?? "") < ($1.hemi?.rawValue ?? "") }
  }

  /// A surface has hemispheres and a volume has none.
  private static func checkHemisphere(_ file: YAMLFields, _ id: AnnotationID, _ problems: inout YAMLProblems) {
    switch (id.sampling.format, file["hemi"]) {
    case (.surface, nil): _ = file.required("hemi", &problems, hints: ["a surface map has a file for `L`, `R` or both"])
    case (.volume, let node?): problems.wrongValue("a volume has no hemisphere", at: node)
    case (.surface, _?), (.volume, nil): return
    }
  }
}
