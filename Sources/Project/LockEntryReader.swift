internal import Catalog
internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads the entries of a lock's lists, and remembers what they promise of one another.
struct LockEntryReader {
  /// A map or an atlas as the lock announces it.
  private struct Owner {
    let item: DatasetItem
    let catalog: String
    let fileCount: Int64
    let node: YAMLNode
  }

  private let readsFacts: Bool
  private var names: Set<String> = []
  private var papers: Set<LockedReference.Name> = []
  /// What catalogs cite, which come before the references.
  private var cited: [(name: LockedReference.Name, node: YAMLNode)] = []
  private var owners: [Owner] = []
  private var places: [DatasetPath: Int] = [:]
  private var filed: [DatasetItem: Int64] = [:]
  private var files: [(item: DatasetItem, node: YAMLNode)] = []

  private static let repair = LockReader.repair

  /// - Parameter readsFacts: whether the lock knows what is known of its maps.
  init(readsFacts: Bool) { self.readsFacts = readsFacts }

  /// A line of `manifest`.
  mutating func readDeclaration(_ node: YAMLNode, _ problems: inout YAMLProblems) -> String? {
    let text = problems.text(node, for: "each of `manifest`")
    if let text { note("declaration", text, node, &problems) }
    return text
  }

  /// An item of `catalogs`.
  mutating func readCatalog(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedCatalog? {
    let known = ["name", "revision", "sha256", "title", "cite", "caution"]
    guard let fields = YAMLFields(node, of: "a catalog", known: known, &problems) else { return nil }
    let name = fields.required("name", &problems).flatMap { problems.text($0, for: "`name`") }
    let revision = fields.required("revision", &problems).flatMap { problems.text($0, for: "`revision`") }
    let digest = fields.required("sha256", &problems).flatMap {
      problems.value($0, for: "`sha256`", expected: "64 lower-case hexadecimal digits") { SHA256Digest($0) }
    }
    guard let name, let revision, let digest else { return nil }
    note("catalog", name, node, &problems)
    let catalog = LockedCatalog(name: name, revision: revision, sha256: digest)
    return readsFacts ? describe(catalog, fields, &problems) : catalog
  }

  /// An item of `maps`.
  mutating func readMap(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedMap? {
    let known =
      ["map", "catalog", "revision", "groups", "license"] + MapFacts.textNames
      + ["primary", "secondary", "restricted", "files"]
    guard let fields = YAMLFields(node, of: "a map", known: known, &problems) else { return nil }
    let id = fields.required("map", &problems).flatMap { Self.readMapName($0, &problems) }
    let catalog = fields.required("catalog", &problems).flatMap { problems.text($0, for: "`catalog`") }
    let license = fields.required("license", &problems).flatMap { problems.text($0, for: "`license`") }
    let restricted = fields.required("restricted", &problems).flatMap { problems.bool($0, for: "`restricted`") }
    let count = fields.required("files", &problems).flatMap { problems.count($0, for: "`files`") }
    guard let id, let catalog, let license, let restricted, let count else { return nil }
    note("item", id.description, node, &problems)
    owners.append(Owner(item: .map(id), catalog: catalog, fileCount: count, node: node))
    let revision = fields.text("revision", &problems)
    return LockedMap(
      id: id, catalog: catalog, revision: revision, groups: readGroups(fields, &problems),
      license: license == LockReader.unknownLicense ? nil : license, isRestricted: restricted,
      facts: readsFacts ? readFacts(fields, of: catalog, revision, &problems) : nil)
  }

  /// An item of `atlases`.
  mutating func readAtlas(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedAtlas? {
    let known = ["atlas", "catalog", "revision", "groups", "files", "archive"] + BytesReader.keys
    guard let fields = YAMLFields(node, of: "an atlas", known: known, &problems) else { return nil }
    let id = fields.required("atlas", &problems).flatMap { Self.readAtlasName($0, &problems) }
    let catalog = fields.required("catalog", &problems).flatMap { problems.text($0, for: "`catalog`") }
    let count = fields.required("files", &problems).flatMap { problems.count($0, for: "`files`") }
    let archive = fields.required("archive", &problems).flatMap {
      problems.value($0, for: "`archive`", expected: "the name of a file") { text in
        text.hasSlash ? nil : DatasetPath(text)?.text
      }
    }
    let bytes = BytesReader.read(fields, &problems)
    guard let id, let catalog, let count, let archive, let bytes else { return nil }
    note("item", id.description, node, &problems)
    owners.append(Owner(item: .atlas(id), catalog: catalog, fileCount: count, node: node))
    return LockedAtlas(
      id: id, catalog: catalog, revision: fields.text("revision", &problems), groups: readGroups(fields, &problems),
      archive: archive, origin: bytes.origin, checksums: bytes.checksums)
  }

  // MARK: What is known of maps

  /// An item of `references`; catalogs come before them.
  mutating func readReference(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedReference? {
    let known = ["key", "catalog", "revision"] + ReferenceReader.keys
    guard let fields = YAMLFields(node, of: "a reference", known: known, &problems) else { return nil }
    let key = fields.required("key", &problems).flatMap { problems.text($0, for: "`key`") }
    let catalog = fields.required("catalog", &problems).flatMap { problems.text($0, for: "`catalog`") }
    let revision = fields.text("revision", &problems)
    guard let key, let catalog else { return nil }
    let locked = LockedReference(
      catalog: catalog, revision: revision, ReferenceReader.read(key, fields, &problems))
    if !names.contains("catalog \(catalog)") {
      problems.wrongValue(
        "the reference's catalog `\(catalog)` is not among the lock's catalogs", at: node, hints: [Self.repair])
    }
    if !papers.insert(locked.name).inserted {
      problems.wrongValue("the reference `\(key)` stands twice", at: node, hints: [Self.repair])
    }
    return locked
  }

  private mutating func describe(
    _ catalog: LockedCatalog, _ fields: YAMLFields, _ problems: inout YAMLProblems
  ) -> LockedCatalog {
    let keys = readKeys("cite", fields, &problems)
    cited += keys.map { (LockedReference.Name(catalog: catalog.name, revision: nil, key: $0.key), $0.node) }
    return LockedCatalog(
      name: catalog.name, revision: catalog.revision, sha256: catalog.sha256, title: fields.text("title", &problems),
      cite: keys.map(\.key), caution: fields.text("caution", &problems))
  }

  /// What is known of a map; references come before the maps.
  private func readFacts(
    _ fields: YAMLFields, of catalog: String, _ revision: String?, _ problems: inout YAMLProblems
  ) -> MapFacts {
    func keys(_ name: String) -> [String] {
      readKeys(name, fields, &problems).map { key, node in
        check(LockedReference.Name(catalog: catalog, revision: revision, key: key), node, &problems)
        return key
      }
    }
    func text(_ name: String) -> String? { fields.text(name, &problems) }
    return MapFacts(
      licenseURL: text("license_url"), title: text("title"), modality: text("modality"), measure: text("measure"),
      target: text("target"), n: text("n"), age: text("age"), note: text("note"), primary: keys("primary"),
      secondary: keys("secondary"))
  }

  private func readKeys(
    _ name: String, _ fields: YAMLFields, _ problems: inout YAMLProblems
  ) -> [(key: String, node: YAMLNode)] {
    guard let list = fields[name] else { return [] }
    return (problems.list(list, for: "`\(name)`") ?? []).compactMap { item in
      problems.text(item, for: "each of `\(name)`").map { ($0, item) }
    }
  }

  private func check(_ name: LockedReference.Name, _ node: YAMLNode, _ problems: inout YAMLProblems) {
    guard !papers.contains(name) else { return }
    let place = name.revision.map { "in revision `\($0)` of" } ?? "of"
    problems.wrongValue(
      "the lock has no reference `\(name.key)` \(place) the catalog `\(name.catalog)`", at: node,
      hints: [Self.repair])
  }

  // MARK: Parts of entries

  /// The groups of a map or an atlas.
  private func readGroups(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> [String] {
    guard let list = fields["groups"] else { return [] }
    return (problems.list(list, for: "`groups`") ?? []).compactMap { item in
      problems.value(item, for: "each of `groups`", expected: "the name of a group") {
        ManifestGroup.isName($0) ? $0 : nil
      }
    }
  }

  /// An item of `files`.
  mutating func readFile(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedFile? {
    let isMember = node.fields?.contains { $0.name == "atlas" } ?? false
    let known = isMember ? ["path", "atlas", "size", "md5", "sha256"] : ["path", "map"] + BytesReader.keys
    guard let fields = YAMLFields(node, of: "a file", known: known, &problems) else { return nil }
    let path = fields.required("path", &problems).flatMap {
      problems.value($0, for: "`path`", expected: "a path that stays below the data directory") { DatasetPath($0) }
    }
    let file = isMember ? readMember(fields, path, &problems) : readDownload(fields, path, &problems)
    guard let file else { return nil }
    if let line = places.updateValue(node.span.start.line, forKey: file.path) {
      problems.wrongValue("`\(file.path)` stands twice; first on line \(line)", at: node, hints: [Self.repair])
    }
    filed[file.item, default: 0] += 1
    files.append((file.item, node))
    return file
  }

  private func readDownload(
    _ fields: YAMLFields, _ path: DatasetPath?, _ problems: inout YAMLProblems
  ) -> LockedFile? {
    let id = fields.required("map", &problems).flatMap { Self.readMapName($0, &problems) }
    let bytes = BytesReader.read(fields, &problems)
    guard let path, let id, let bytes else { return nil }
    guard [nil, .left, .right].contains(where: { DatasetPath(id, hemi: $0) == path }) else {
      problems.wrongValue("`\(path)` is no place of a file of `\(id)`", at: fields.node, hints: [Self.repair])
      return nil
    }
    return LockedFile(path: path, map: id, origin: bytes.origin, checksums: bytes.checksums)
  }

  private func readMember(
    _ fields: YAMLFields, _ path: DatasetPath?, _ problems: inout YAMLProblems
  ) -> LockedFile? {
    let id = fields.required("atlas", &problems).flatMap { Self.readAtlasName($0, &problems) }
    let checksums = BytesReader.readChecksums(fields, &problems)
    // What has been unpacked has been hashed; half a pin is a lost line.
    if ["size", "md5", "sha256"].contains(where: { fields[$0] != nil }) {
      _ = fields.required("size", &problems, hints: [Self.repair])
      _ = fields.required("sha256", &problems, hints: [Self.repair])
    }
    guard let path, let id else { return nil }
    guard DatasetPath(id, member: path.fileName) == path else {
      problems.wrongValue("`\(path)` is no place of a file of `\(id)`", at: fields.node, hints: [Self.repair])
      return nil
    }
    return LockedFile(path: path, atlas: id, checksums: checksums)
  }

  private static func readMapName(_ node: YAMLNode, _ problems: inout YAMLProblems) -> AnnotationID? {
    problems.value(node, for: "`map`", expected: "source/desc/space/den-or-res") { AnnotationID($0) }
  }

  private static func readAtlasName(_ node: YAMLNode, _ problems: inout YAMLProblems) -> AtlasID? {
    problems.value(node, for: "`atlas`", expected: "name/den-or-res, or a name alone") { AtlasID($0) }
  }

  private mutating func note(_ list: String, _ name: String, _ node: YAMLNode, _ problems: inout YAMLProblems) {
    if !names.insert("\(list) \(name)").inserted {
      problems.wrongValue("`\(name)` stands twice", at: node, hints: [Self.repair])
    }
  }

  /// What single entries cannot tell: nothing lacks its catalog, its files, or the map or atlas it is of.
  func checkWhole(_ problems: inout YAMLProblems) {
    for (name, node) in cited { check(name, node, &problems) }
    let known = Set(owners.map(\.item))
    for file in files where !known.contains(file.item) {
      problems.wrongValue(
        "the file's \(file.item.kind) `\(file.item)` is not in the lock", at: file.node, hints: [Self.repair])
    }
    for owner in owners {
      if !names.contains("catalog \(owner.catalog)") {
        problems.wrongValue(
          "the \(owner.item.kind)'s catalog `\(owner.catalog)` is not among the lock's catalogs", at: owner.node,
          hints: [Self.repair])
      }
      let (has, needs) = (filed[owner.item] ?? 0, owner.fileCount)
      if has != needs || has == 0 {
        problems.wrongValue(
          "`\(owner.item)` has \(has) of its \(needs) files; a merge may have lost some", at: owner.node,
          hints: [Self.repair])
      }
    }
  }
}
