internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads osf.json.
struct ToolboxOriginReader {
  var problems: YAMLProblems
  var omissions = ToolboxOmissions()

  /// Projects whose files OSF gives only to people with access: as in the toolbox's utils.py.
  private static let restrictedProjects: Set<String> = ["grh4d"]

  private static let known: Set<String> = [
    "source", "desc", "space", "den", "res", "hemi", "format", "fname", "rel_path", "checksum", "title", "tags", "url",
  ]

  init(_ source: SourceText) {
    problems = YAMLProblems(ToolboxReader.source(source), ToolboxReader.dialect)
  }

  mutating func read(_ result: inout ToolboxFiles) {
    guard let (root, items) = ToolboxReader.root(&problems, hint: "osf.json comes first, then meta.json") else {
      return
    }
    var lines: [FileEntities: Int] = [:]
    for item in items {
      guard let entry = ToolboxEntry(item, of: "an annotation", &problems), let file = file(entry) else { continue }
      if let line = lines.updateValue(item.span.start.line, forKey: file.entities) {
        problems.add(
          .toolboxFileWrong, "`\(file.entities.fileName)` stands twice", at: item.span, notes: ["first on line \(line)"]
        )
      } else {
        result.files.append(file)
      }
    }
    for field in root.others(than: ["annotations"]) { readAtlas(field, &result) }
  }

  // MARK: Maps

  private mutating func file(_ entry: ToolboxEntry) -> ToolboxFiles.File? {
    guard entry["annot"] == nil else {
      problems.wrongValue(
        "this is an entry of meta.json", at: entry.node, hints: ["osf.json comes first, then meta.json"])
      return nil
    }
    for field in entry.others(than: Self.known) {
      omissions.note("`\(field.name)` of annotations", at: field.key, in: problems.source)
    }
    guard let entities = entities(entry) else { return nil }
    guard let url = entry["url"] else {
      omissions.note("an annotation without `url`, as the toolbox does itself,", at: entry.node, in: problems.source)
      return nil
    }
    guard let sum = entry["checksum"] else {
      omissions.note("an annotation without `checksum`", at: entry.node, in: problems.source)
      return nil
    }
    let md5 = problems.value(sum, for: "`checksum`", expected: "32 lower-case hexadecimal digits") { MD5Digest($0) }
    let origin = origin(url)
    let tags = entry["tags"].map { problems.texts($0, for: "`tags`") } ?? []
    guard let md5, let origin, let checksums = Checksums(md5: md5) else { return nil }
    return ToolboxFiles.File(
      entities: entities, origin: origin, checksums: checksums, tags: tags, title: entry.text("title", &problems),
      isRestricted: Self.isRestricted(origin))
  }

  /// What the file is called, if the catalog would call it so, too.
  private mutating func entities(_ entry: ToolboxEntry) -> FileEntities? {
    guard let name = entry.text("fname", &problems), let id = ToolboxReader.id(entry, &problems) else {
      omissions.note("an annotation that a catalog cannot name", at: entry.node, in: problems.source)
      return nil
    }
    let half = entry["hemi"].flatMap {
      problems.value($0, for: "`hemi`", expected: "`L` or `R`", Hemisphere.init(rawValue:))
    }
    let entities = FileEntities(map: id, hemi: half)
    let folder = entry.text("rel_path", &problems)?.slashParts.filter { !$0.isEmpty } ?? []
    let isFitting = (half != nil) == (id.sampling.format == .surface) && entities.fileName == name
    guard isFitting, folder.isEmpty || folder == [id.source, id.desc, id.space] else {
      omissions.note(
        "an annotation whose file the toolbox has elsewhere than a catalog", at: entry.node, in: problems.source)
      return nil
    }
    return entities
  }

  /// `[project, file]`, or an address.
  private mutating func origin(_ node: YAMLNode) -> Origin? {
    guard let items = node.items else {
      return problems.value(
        node, for: "`url`", expected: "a project and a file of OSF, or an address", Origin.init(url:))
    }
    let parts = items.compactMap(\.text)
    guard parts.count == 2, items.count == 2, let file = OSFFile(project: parts[0], file: parts[1]) else {
      problems.wrongValue("`url` takes a project and a file of OSF", at: node)
      return nil
    }
    return .osf(file)
  }

  private static func isRestricted(_ origin: Origin) -> Bool {
    if case .osf(let file) = origin { restrictedProjects.contains(file.project) } else { false }
  }

  // MARK: Atlases

  /// An archive, or one for each density.
  private mutating func readAtlas(_ field: YAMLField, _ result: inout ToolboxFiles) {
    guard let entry = ToolboxEntry(field.value, of: "`\(field.name)`", &problems) else { return }
    guard entry["url"] == nil else { return readArchive(field.name, entry, &result) }
    for density in entry.others(than: []) {
      guard let archive = ToolboxEntry(density.value, of: "`\(density.name)`", &problems) else { continue }
      readArchive("\(field.name)/\(density.name)", archive, &result)
    }
  }

  private mutating func readArchive(_ name: String, _ entry: ToolboxEntry, _ result: inout ToolboxFiles) {
    for field in entry.others(than: ["url", "md5"]) {
      omissions.note("`\(field.name)` of atlases", at: field.key, in: problems.source)
    }
    guard let id = AtlasID(name), let url = entry["url"], let sum = entry["md5"] else {
      omissions.note("`\(name)`, which is no atlas with `url` and `md5`,", at: entry.node, in: problems.source)
      return
    }
    let md5 = problems.value(sum, for: "`md5`", expected: "32 lower-case hexadecimal digits") { MD5Digest($0) }
    guard let origin = origin(url), let md5, let checksums = Checksums(md5: md5) else { return }
    result.archives.append(
      ToolboxFiles.Archive(
        id: id, origin: origin, checksums: checksums, location: problems.source.location(entry.node.span)))
  }
}
