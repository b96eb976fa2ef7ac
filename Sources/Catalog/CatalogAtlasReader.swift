internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads a catalog's `atlases`.
enum CatalogAtlasReader {
  /// The atlases, or problems and what is left.
  static func read(_ node: YAMLNode?, _ problems: inout YAMLProblems) -> [CatalogAtlas] {
    var lines: [DatasetItem: Int] = [:]
    var places: [DatasetPath: AtlasID] = [:]
    let items = node.flatMap { $0.isNull ? nil : problems.list($0, for: "`atlases`") } ?? []
    return items.compactMap { item in
      guard let atlas = readAtlas(item, &problems) else { return nil }
      if let line = lines.updateValue(item.span.start.line, forKey: .atlas(atlas.id)) {
        problems.add(
          .catalogRepeats, "the atlas `\(atlas.id)` stands twice", at: item.span, notes: ["first on line \(line)"])
        return atlas
      }
      for path in atlas.members {
        guard let other = places.updateValue(atlas.id, forKey: path) else { continue }
        if other == atlas.id {
          problems.add(.catalogRepeats, "`\(path.fileName)` stands twice in `members`", at: item.span)
        } else {
          problems.add(
            .catalogRepeats, "two archives would write `\(path)`", at: item.span,
            notes: ["it is listed by `\(other)` and by `\(atlas.id)`"])
        }
      }
      return atlas
    }
  }

  private static func readAtlas(_ node: YAMLNode, _ problems: inout YAMLProblems) -> CatalogAtlas? {
    let known = ["atlas", "archive", "members"] + BytesReader.keys
    guard let fields = YAMLFields(node, of: "an atlas", known: known, &problems) else { return nil }
    let id = fields.required("atlas", &problems).flatMap {
      problems.value($0, for: "`atlas`", expected: "name/den-or-res, or a name alone") { AtlasID($0) }
    }
    let archive = fields.required("archive", &problems).flatMap {
      problems.value($0, for: "`archive`", expected: "the name of a .tar.gz file") { isArchiveName($0) ? $0 : nil }
    }
    let members = fields.required("members", &problems).map { readMembers($0, of: id, &problems) }
    let bytes = BytesReader.read(fields, &problems)
    guard let id, let archive, let bytes, let members else { return nil }
    return CatalogAtlas(id: id, archive: archive, origin: bytes.origin, checksums: bytes.checksums, members: members)
  }

  private static func isArchiveName(_ text: String) -> Bool {
    (text.hasSuffix(".tar.gz") || text.hasSuffix(".tgz")) && !text.hasSlash && DatasetPath(text) != nil
  }

  private static func readMembers(
    _ node: YAMLNode, of id: AtlasID?, _ problems: inout YAMLProblems
  ) -> [DatasetPath] {
    guard let items = problems.list(node, for: "`members`") else { return [] }
    if items.isEmpty { problems.wrongValue("the archive has no members that anybody gets", at: node) }
    guard let id else { return [] }
    return items.compactMap { item in
      problems.value(item, for: "each of `members`", expected: "the name of a file, without folders") {
        DatasetPath(id, member: $0)
      }
    }
  }
}
