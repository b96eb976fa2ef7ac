internal import Catalog
internal import Dataset
public import Diagnostics
internal import YAML

/// Reads neuromaps.yaml.
///
/// The format, version 1, is described in docs/manifest.md. History: 1, the first; `groups`, `licenses` and `metadata`
/// came later and were refused by name before.
public enum ManifestReader {
  /// The version that this program reads.
  public static let version: Int64 = 1

  static let dialect = YAMLDialect(
    noun: "manifest", byteLimit: 8 << 20, syntax: .manifestSyntax, unknownKey: .manifestUnknownKey,
    wrongValue: .manifestWrongValue, duplicateKey: .manifestDuplicateKey, missingKey: .manifestMissingKey)

  /// The keys of a manifest, in the order in which its documentation has them.
  package static let keys = [
    "version", "data_dir", "metadata", "builtin", "catalogs", "mirrors", "annotations", "atlases", "prefer", "groups",
    "licenses",
  ]

  /// The manifest of a file, or everything that is wrong with it.
  ///
  /// Whether its entries match anything is for the resolver to say, which knows the catalogs.
  public static func read(_ source: SourceText) throws(Findings) -> Manifest {
    let (manifest, findings) = readAll(source)
    guard let manifest, findings.allSatisfy({ $0.severity == .warning }) else { throw Findings(findings) }
    return manifest
  }

  /// As much of the manifest as could be read, with everything that is wrong with it, so that the
  /// resolver can say in the same run what is wrong with the rest.
  package static func readAll(_ source: SourceText) -> (Manifest?, [Diagnostic]) {
    if let marker = source.conflictMarker {
      return (
        nil,
        [
          Diagnostic(
            .manifestConflictMarkers, "the manifest has conflict markers of a merge", at: source.location(marker),
            notes: ["which maps are wanted is for you to say"],
            hints: ["merge it by hand; then `neuromaps lock` merges the lock"])
        ]
      )
    }
    var problems = YAMLProblems(source, dialect)
    let manifest = YAMLReader.read(&problems).flatMap { readManifest($0, &problems) }
    return (manifest, problems.diagnostics)
  }

  private static func readManifest(_ root: YAMLNode, _ problems: inout YAMLProblems) -> Manifest? {
    // The version is looked at first: what else a newer manifest holds is not for us to judge.
    if let (number, node) = root.number(of: "version"), number != version {
      problems.add(
        .manifestVersion, "the manifest is of format \(number); this program reads \(version)", at: node.span,
        hints: number > version ? ["install a newer neuromaps"] : ["write `version: 1`"])
      return nil
    }
    guard let fields = YAMLFields(root, of: "the manifest", known: keys, &problems) else { return nil }
    _ = fields.required("version", &problems, hints: ["begin the file with `version: 1`"])
      .flatMap { problems.count($0, for: "`version`") }
    let dataDir = fields["data_dir"].flatMap {
      problems.value($0, for: "`data_dir`", expected: "a folder") { text in
        text.isEmpty || text.utf8.contains { $0 < 0x20 || $0 == 0x7f } ? nil : text
      }
    }
    return Manifest(
      dataDir: dataDir,
      metadata: fields["metadata"].flatMap { problems.bool($0, for: "`metadata`") },
      usesBuiltin: fields["builtin"].flatMap { problems.bool($0, for: "`builtin`") } ?? true,
      catalogs: list(fields["catalogs"], "`catalogs`", &problems).compactMap { readCatalog($0, &problems) },
      mirrors: list(fields["mirrors"], "`mirrors`", &problems).compactMap { readMirror($0, &problems) },
      entries: readEntries(fields, &problems), atlases: readAtlases(fields, &problems),
      groups: ManifestPolicyReader.readGroups(fields["groups"], &problems),
      licenses: ManifestPolicyReader.readLicenses(fields["licenses"], &problems),
      preferredSpaces: readPreference(fields["prefer"], &problems),
      source: problems.source)
  }

  /// What a set, main or group, wants of maps.
  static func readEntries(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> [ManifestEntry] {
    list(fields["annotations"], "`annotations`", &problems).compactMap { ManifestEntryReader.read($0, &problems) }
  }

  /// What a set, main or group, wants of atlases.
  static func readAtlases(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> [ManifestValue] {
    list(fields["atlases"], "`atlases`", &problems).compactMap { readAtlas($0, &problems) }
  }

  /// The items of a list that may be left out or left empty.
  static func list(_ node: YAMLNode?, _ what: String, _ problems: inout YAMLProblems) -> [YAMLNode] {
    guard let node, !node.isNull else { return [] }
    return problems.list(node, for: what) ?? []
  }

  private static func readCatalog(_ node: YAMLNode, _ problems: inout YAMLProblems) -> CatalogSource? {
    guard let fields = YAMLFields(node, of: "a catalog", known: ["path", "url", "sha256"], &problems) else {
      return nil
    }
    switch (fields["path"], fields["url"]) {
    case (let path?, nil):
      if let digest = fields.key("sha256") {
        problems.wrongValue("`sha256` goes with `url`; a catalog with a `path` is read as it is", at: digest)
      }
      return problems.value(path, for: "`path`", expected: "a file, relative to the manifest") {
        $0.isEmpty || $0.utf8.first == UInt8(ascii: "/") || $0.utf8.first == UInt8(ascii: "~") || $0.utf8.contains(0)
          ? nil : $0
      }.map { CatalogSource(place: .path($0), span: node.span) }
    case (nil, let url?):
      let text = problems.value(url, for: "`url`", expected: "an https:, http: or file: address", Origin.address)
      let digest = fields.required(
        "sha256", &problems, hints: ["pin the catalog's bytes: `sha256:` with the output of `sha256sum`"]
      ).flatMap {
        problems.value($0, for: "`sha256`", expected: "64 lower-case hexadecimal digits") { SHA256Digest($0) }
      }
      guard let text, let digest else { return nil }
      return CatalogSource(place: .url(text, digest), span: node.span)
    case (nil, nil):
      _ = fields.required("path", &problems, hints: ["a catalog has a `path`, or a `url` with its `sha256`"])
      return nil
    case (_?, let url?):
      problems.wrongValue("a catalog has `path` or `url`, not both", at: url)
      return nil
    }
  }

  private static func readAtlas(_ node: YAMLNode, _ problems: inout YAMLProblems) -> ManifestValue? {
    problems.value(node, for: "each of `atlases`", expected: "`atlas/den-or-res`, or `regfusion`") { text in
      if case .atlas(let glob) = ItemPattern(text) { glob } else { nil }
    }.map { ManifestValue(glob: $0, span: node.span) }
  }

  private static func readMirror(_ node: YAMLNode, _ problems: inout YAMLProblems) -> String? {
    problems.value(node, for: "each of `mirrors`", expected: "an https:, http: or file: address", Origin.address)
  }

  private static func readPreference(_ node: YAMLNode?, _ problems: inout YAMLProblems) -> [ManifestValue] {
    guard let node, !node.isNull,
      let fields = YAMLFields(node, of: "`prefer`", known: ["space"], &problems),
      let list = fields["space"].flatMap({ problems.list($0, for: "`space`") })
    else { return [] }
    return list.compactMap { item in
      problems.text(item, for: "each of `space`").map { ManifestValue(glob: Glob($0), span: item.span) }
    }
  }
}
