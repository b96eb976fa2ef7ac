internal import Dataset
public import Diagnostics
internal import YAML

/// Reads a catalog file.
///
/// The format, version 1, is described in docs/catalogs.md; the built-in catalog and a lab's own
/// are written alike. History: 1, the first.
public enum CatalogReader {
  /// The version that this program reads.
  public static let version: Int64 = 1

  static let dialect = YAMLDialect(
    noun: "catalog", byteLimit: 512 << 20, syntax: .catalogSyntax, unknownKey: .catalogUnknownKey,
    wrongValue: .catalogWrongValue, duplicateKey: .catalogDuplicateKey, missingKey: .catalogMissingKey)

  /// The catalog of a file, or everything that is wrong with it.
  public static func read(_ source: SourceText) throws(Findings) -> MapCatalog {
    var problems = YAMLProblems(source, dialect)
    let catalog = YAMLReader.read(&problems).flatMap { readCatalog($0, &problems) }
    guard problems.areNone, let catalog else { throw Findings(problems.diagnostics) }
    return catalog
  }

  private static func readCatalog(_ root: YAMLNode, _ problems: inout YAMLProblems) -> MapCatalog? {
    // The version is looked at first: what else a newer catalog holds is not for us to judge.
    if let (number, node) = root.number(of: "version"), number != version {
      problems.add(
        .catalogVersion, "the catalog is of format \(number); this program reads \(version)", at: node.span,
        hints: number > version ? ["install a newer neuromaps"] : [])
      return nil
    }
    let known = [
      "version", "name", "revision", "title", "cite", "caution", "references", "maps", "atlases", "renamed",
    ]
    guard let fields = YAMLFields(root, of: "the catalog", known: known, &problems) else { return nil }
    _ = fields.required("version", &problems).flatMap { problems.count($0, for: "`version`") }
    let name = fields.required("name", &problems).flatMap {
      problems.value($0, for: "`name`", expected: "lower-case letters, digits and hyphens") { isName($0) ? $0 : nil }
    }
    let revision = fields.required("revision", &problems).flatMap { problems.text($0, for: "`revision`") }
    let references = readReferences(fields["references"], &problems)
    let cite = CatalogMapReader.keys("cite", fields, references, &problems)
    let caution = fields.text("caution", &problems)
    let maps = fields.required("maps", &problems).map { readMaps($0, references, &problems) } ?? []
    let atlases = CatalogAtlasReader.read(fields["atlases"], &problems)
    let renames = (fields["renamed"].flatMap { problems.list($0, for: "`renamed`") } ?? [])
      .compactMap { readRename($0, &problems) }
    guard let name, let revision else { return nil }
    return MapCatalog(
      name: name, revision: revision, title: fields.text("title", &problems), cite: cite, caution: caution,
      digest: ContentHasher.sha256(problems.source.bytes), maps: maps, references: references, atlases: atlases,
      renames: renames)
  }

  /// Whether a catalog can be called so: lower-case letters, digits and hyphens, 64 at most.
  package static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }

  // MARK: Maps

  private static func readMaps(
    _ node: YAMLNode, _ references: [String: Reference], _ problems: inout YAMLProblems
  ) -> [CatalogMap] {
    var lines: [AnnotationID: Int] = [:]
    return (problems.list(node, for: "`maps`") ?? []).compactMap { item in
      guard let map = CatalogMapReader.read(item, references, &problems) else { return nil }
      if let line = lines.updateValue(item.span.start.line, forKey: map.id) {
        problems.add(
          .catalogRepeats, "the map `\(map.id)` stands twice", at: item.span, notes: ["first on line \(line)"])
      }
      return map
    }
  }

  // MARK: References, names

  private static func readReferences(_ node: YAMLNode?, _ problems: inout YAMLProblems) -> [String: Reference] {
    guard let node, !node.isNull else { return [:] }
    guard let fields = node.fields else {
      problems.wrongValue("`references` takes keys and values, not \(node.kindName)", at: node)
      return [:]
    }
    var references: [String: Reference] = [:]
    for field in fields { references[field.name] = readReference(field.name, field.value, &problems) }
    return references
  }

  private static func readReference(_ key: String, _ node: YAMLNode, _ problems: inout YAMLProblems) -> Reference? {
    guard
      let fields = YAMLFields(
        node, of: "the reference `\(key)`", known: ReferenceReader.keys, &problems)
    else { return nil }
    return ReferenceReader.read(key, fields, &problems)
  }

  private static func readRename(_ node: YAMLNode, _ problems: inout YAMLProblems) -> CatalogRename? {
    guard let fields = YAMLFields(node, of: "a renaming", known: ["from", "to"], &problems) else { return nil }
    let from = fields.required("from", &problems).flatMap {
      problems.value($0, for: "`from`", expected: "source/desc", CatalogRename.MapName.init)
    }
    let to = fields.required("to", &problems).flatMap {
      problems.value($0, for: "`to`", expected: "source/desc", CatalogRename.MapName.init)
    }
    guard let from, let to else { return nil }
    return CatalogRename(from: from, to: to)
  }
}
