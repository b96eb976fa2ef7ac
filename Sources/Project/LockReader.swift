internal import Catalog
internal import Dataset
public import Diagnostics
internal import YAML

/// Reads neuromaps.lock.
///
/// The format, version 1, is described in docs/lock.md. A lock is accepted only in the form that
/// `LockWriter` gives it, byte for byte, so that two locks that say the same are the same file.
/// History: 1, the first.
public enum LockReader {
  /// The version that this program reads and writes.
  public static let version: Int64 = 1

  /// What stands for a license that nobody stated.
  static let unknownLicense = "unknown"

  static let dialect = YAMLDialect(
    noun: "lock", byteLimit: 512 << 20, syntax: .lockSyntax, unknownKey: .lockUnknownKey,
    wrongValue: .lockWrongValue, duplicateKey: .lockDuplicateKey, missingKey: .lockMissingKey)

  private static let repair = "`neuromaps lock` writes it anew from neuromaps.yaml"

  /// The lock of a file, or everything that is wrong with it.
  public static func read(_ source: SourceText) throws(Findings) -> Lockfile {
    if let marker = conflictMarker(source) { throw Findings(marker) }
    var problems = YAMLProblems(source, dialect)
    let lock = YAMLReader.read(&problems).flatMap { readLock($0, &problems) }
    guard problems.areNone, let lock else { throw Findings(problems.diagnostics) }
    if let difference = firstDifference(source, LockWriter.bytes(lock)) { throw Findings(difference) }
    return lock
  }

  // MARK: The file as text

  private static func conflictMarker(_ source: SourceText) -> Diagnostic? {
    let markers = ["<<<<<<< ", "=======", ">>>>>>> "].map { Array($0.utf8) }
    var number = 0
    for line in source.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      guard markers.contains(where: { line.starts(with: $0) }) else { continue }
      let span = SourceSpan(SourcePosition(line: number, column: 1), SourcePosition(line: number, column: 8))
      return Diagnostic(
        .lockConflictMarkers, "the lock has conflict markers of a merge", at: source.location(span),
        hints: ["merge neuromaps.yaml, then run `neuromaps lock`, which writes the lock anew"])
    }
    return nil
  }

  private static func firstDifference(_ source: SourceText, _ canonical: [UInt8]) -> Diagnostic? {
    guard source.bytes != canonical else { return nil }
    let same = zip(source.bytes, canonical).prefix { $0 == $1 }.count
    if same < source.bytes.count, source.bytes[same] == UInt8(ascii: "\r") {
      return Diagnostic(
        .lockNotCanonical, "the lines of the lock end in CR LF; it is written with LF",
        at: source.location(SourceSpan(line: source.position(ofByte: same).line, column: 1)),
        hints: ["keep git from changing it: a line `neuromaps.lock -text` in .gitattributes", repair])
    }
    let place = source.position(ofByte: same)
    let expected = SourceText(name: source.name, bytes: canonical).line(place.line)
    return Diagnostic(
      .lockNotCanonical, "the lock is not as neuromaps writes it; it has been edited",
      at: source.location(SourceSpan(line: place.line, column: place.column)),
      notes: ["this line should read `\(expected)`"], hints: [repair])
  }

  // MARK: The file as YAML

  private static func readLock(_ root: YAMLNode, _ problems: inout YAMLProblems) -> Lockfile? {
    // The version is looked at first: what else a newer lock holds is not for us to judge.
    if let node = root.fields?.first(where: { $0.name == "version" })?.value,
      let number = node.text.flatMap(Int64.init), number != version
    {
      problems.add(
        .lockVersion, "the lock is of format \(number); this program reads \(version)", at: node.span,
        notes: ["nothing was changed"], hints: [number > version ? "install a newer neuromaps" : repair])
      return nil
    }
    let known = ["version", "manifest", "catalogs", "maps", "files"]
    guard let fields = YAMLFields(root, of: "the lock", known: known, &problems) else { return nil }
    _ = fields.required("version", &problems).flatMap { problems.count($0, for: "`version`") }
    func items(_ name: String) -> [YAMLNode] {
      fields.required(name, &problems, hints: [repair]).flatMap { problems.list($0, for: "`\(name)`") } ?? []
    }
    let declarations = items("manifest").compactMap { problems.text($0, for: "each of `manifest`") }
    let catalogs = items("catalogs").compactMap { readCatalog($0, &problems) }
    var counts: [AnnotationID: Int64] = [:]
    let maps = items("maps").compactMap { readMap($0, &counts, &problems) }
    let files = readFiles(items("files"), of: Set(maps.map(\.id)), &problems)
    check(root, declarations, catalogs, maps, files, counts, &problems)
    return Lockfile(declarations: declarations, catalogs: catalogs, maps: maps, files: files)
  }

  /// What single entries cannot tell: nothing stands twice, no map lacks its catalog or its files.
  private static func check(
    _ root: YAMLNode, _ declarations: [String], _ catalogs: [LockedCatalog], _ maps: [LockedMap], _ files: [LockedFile],
    _ counts: [AnnotationID: Int64], _ problems: inout YAMLProblems
  ) {
    guard problems.areNone, let fields = root.fields else { return }
    func nodes(_ name: String) -> [YAMLNode] { fields.first { $0.name == name }?.value.items ?? [] }
    for (names, key) in [
      (declarations, "manifest"), (catalogs.map(\.name), "catalogs"), (maps.map(\.id.description), "maps"),
    ] {
      var seen: Set<String> = []
      for (name, node) in zip(names, nodes(key)) where !seen.insert(name).inserted {
        problems.wrongValue("`\(name)` stands twice", at: node, hints: [repair])
      }
    }
    let known = Set(catalogs.map(\.name))
    let filed = files.reduce(into: [AnnotationID: Int64]()) { $0[$1.map, default: 0] += 1 }
    for (map, node) in zip(maps, nodes("maps")) {
      if !known.contains(map.catalog) {
        problems.wrongValue(
          "the map's catalog `\(map.catalog)` is not among the lock's catalogs", at: node, hints: [repair])
      }
      let (has, needs) = (filed[map.id] ?? 0, counts[map.id] ?? 0)
      if has != needs || has == 0 {
        problems.wrongValue(
          "`\(map.id)` has \(has) of its \(needs) files; a merge may have lost some", at: node, hints: [repair])
      }
    }
  }

  private static func readCatalog(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedCatalog? {
    let known = ["name", "revision", "sha256"]
    guard let fields = YAMLFields(node, of: "a catalog", known: known, &problems) else { return nil }
    let name = fields.required("name", &problems).flatMap { problems.text($0, for: "`name`") }
    let revision = fields.required("revision", &problems).flatMap { problems.text($0, for: "`revision`") }
    let digest = fields.required("sha256", &problems).flatMap {
      problems.value($0, for: "`sha256`", expected: "64 lower-case hexadecimal digits") { SHA256Digest($0) }
    }
    guard let name, let revision, let digest else { return nil }
    return LockedCatalog(name: name, revision: revision, sha256: digest)
  }

  private static func readMap(
    _ node: YAMLNode, _ counts: inout [AnnotationID: Int64], _ problems: inout YAMLProblems
  ) -> LockedMap? {
    let known = ["map", "catalog", "groups", "license", "restricted", "files"]
    guard let fields = YAMLFields(node, of: "a map", known: known, &problems) else { return nil }
    let id = readID(fields, &problems)
    let catalog = fields.required("catalog", &problems).flatMap { problems.text($0, for: "`catalog`") }
    let license = fields.required("license", &problems).flatMap { problems.text($0, for: "`license`") }
    let restricted = fields.required("restricted", &problems).flatMap { problems.bool($0, for: "`restricted`") }
    let count = fields.required("files", &problems).flatMap { problems.count($0, for: "`files`") }
    guard let id, let catalog, let license, let restricted, let count else { return nil }
    counts[id] = count
    return LockedMap(
      id: id, catalog: catalog, groups: fields.texts("groups", &problems),
      license: license == unknownLicense ? nil : license, isRestricted: restricted)
  }

  private static func readFiles(
    _ nodes: [YAMLNode], of maps: Set<AnnotationID>, _ problems: inout YAMLProblems
  ) -> [LockedFile] {
    var lines: [DatasetPath: Int] = [:]
    return nodes.compactMap { node in
      guard let file = readFile(node, &problems) else { return nil }
      if let line = lines.updateValue(node.span.start.line, forKey: file.path) {
        problems.wrongValue("`\(file.path)` stands twice; first on line \(line)", at: node, hints: [repair])
      }
      if !maps.contains(file.map) {
        problems.wrongValue("the file's map `\(file.map)` is not among the lock's maps", at: node, hints: [repair])
      }
      return file
    }
  }

  private static func readFile(_ node: YAMLNode, _ problems: inout YAMLProblems) -> LockedFile? {
    let known = ["path", "map"] + BytesReader.keys
    guard let fields = YAMLFields(node, of: "a file", known: known, &problems) else { return nil }
    let path = fields.required("path", &problems).flatMap {
      problems.value($0, for: "`path`", expected: "a path that stays below the data directory") { DatasetPath($0) }
    }
    let id = readID(fields, &problems)
    let bytes = BytesReader.read(fields, &problems)
    guard let path, let id, let bytes else { return nil }
    let own = [nil, .left, .right].map { DatasetPath(id, hemi: $0) }
    guard own.contains(path) else {
      problems.wrongValue("`\(path)` is no place of a file of `\(id)`", at: node, hints: [repair])
      return nil
    }
    return LockedFile(path: path, map: id, origin: bytes.origin, checksums: bytes.checksums)
  }

  private static func readID(_ fields: YAMLFields, _ problems: inout YAMLProblems) -> AnnotationID? {
    fields.required("map", &problems).flatMap {
      problems.value($0, for: "`map`", expected: "source/desc/space/den-or-res") { AnnotationID($0) }
    }
  }
}
