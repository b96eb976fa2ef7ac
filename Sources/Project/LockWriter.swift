internal import Catalog
internal import Dataset
internal import YAML

/// Writes neuromaps.lock, the same bytes for the same lock on every machine.
public enum LockWriter {
  static let header = """
    # Written by `neuromaps lock`: the exact files that answer neuromaps.yaml.
    # Commit it; do not edit it by hand.

    """

  /// The bytes of the file.
  public static func bytes(_ lock: Lockfile) -> [UInt8] {
    var writer = YAMLWriter(header: header)
    let counts = lock.files.reduce(into: [DatasetItem: Int64]()) { $0[$1.item, default: 0] += 1 }
    writer.mapping { writer in
      writer.field("version", LockReader.version)
      // Who needs nothing new of the format writes what earlier programs read.
      if lock.revision > 1 { writer.field("revision", lock.revision) }
      if let metadata = lock.metadata { writer.field("metadata", metadata) }
      writer.field("manifest") { writer in
        writer.sequence { writer in for line in lock.declarations { writer.text(line) } }
      }
      list("catalogs", lock.catalogs, &writer) { catalog, writer in
        writer.field("name", catalog.name)
        writer.field("revision", catalog.revision)
        writer.field("sha256", catalog.sha256.hex)
        if lock.metadata != nil { describe(catalog, &writer) }
      }
      if lock.metadata != nil { list("references", lock.references, &writer, write) }
      list("maps", lock.maps, &writer) { map, writer in
        write(map, lock.metadata == nil ? nil : map.facts, files: counts[.map(map.id)] ?? 0, &writer)
      }
      if !lock.atlases.isEmpty {
        list("atlases", lock.atlases, &writer) { atlas, writer in
          write(atlas, files: counts[.atlas(atlas.id)] ?? 0, &writer)
        }
      }
      list("files", lock.files, &writer, write)
    }
    return writer.finish()
  }

  private static func list<Entry>(
    _ name: String, _ entries: [Entry], _ writer: inout YAMLWriter, _ write: (Entry, inout YAMLWriter) -> Void
  ) {
    writer.field(name) { writer in
      writer.sequence { writer in
        for entry in entries { writer.mapping { writer in write(entry, &writer) } }
      }
    }
  }

  /// The number of files tells a reader when a merge has lost one.
  private static func write(
    _ map: LockedMap, _ facts: MapFacts?, files: Int64, _ writer: inout YAMLWriter
  ) {
    writer.field("map", map.id.description)
    writer.field("catalog", map.catalog)
    if let revision = map.revision { writer.field("revision", revision) }
    if !map.groups.isEmpty { writer.field("groups", map.groups) }
    writer.field("license", map.license ?? LockReader.unknownLicense)
    if let facts { write(facts.texts, &writer) }
    write("primary", facts?.primary ?? [], &writer)
    write("secondary", facts?.secondary ?? [], &writer)
    writer.field("restricted", map.isRestricted)
    writer.field("files", files)
  }

  private static func describe(_ catalog: LockedCatalog, _ writer: inout YAMLWriter) {
    if let title = catalog.title { writer.field("title", title) }
    write("cite", catalog.cite, &writer)
    if let caution = catalog.caution { writer.field("caution", caution) }
  }

  private static func write(_ locked: LockedReference, _ writer: inout YAMLWriter) {
    writer.field("key", locked.reference.key)
    writer.field("catalog", locked.catalog)
    if let revision = locked.revision { writer.field("revision", revision) }
    writer.field("type", locked.reference.type)
    write("authors", locked.reference.authors, &writer)
    write(locked.reference.texts, &writer)
  }

  /// What is not known is left out.
  private static func write(_ texts: [(name: String, text: String?)], _ writer: inout YAMLWriter) {
    for (name, text) in texts { if let text { writer.field(name, text) } }
  }

  private static func write(_ name: String, _ texts: [String], _ writer: inout YAMLWriter) {
    if !texts.isEmpty { writer.field(name, texts) }
  }

  private static func write(_ atlas: LockedAtlas, files: Int64, _ writer: inout YAMLWriter) {
    writer.field("atlas", atlas.id.description)
    writer.field("catalog", atlas.catalog)
    if let revision = atlas.revision { writer.field("revision", revision) }
    if !atlas.groups.isEmpty { writer.field("groups", atlas.groups) }
    writer.field("files", files)
    writer.field("archive", atlas.archive)
    write(atlas.origin, &writer)
    write(atlas.checksums, &writer)
  }

  private static func write(_ file: LockedFile, _ writer: inout YAMLWriter) {
    writer.field("path", file.path.text)
    writer.field(file.item.kind, file.item.description)
    if case .download(let origin, _) = file.content { write(origin, &writer) }
    if let checksums = file.checksums { write(checksums, &writer) }
  }

  private static func write(_ origin: Origin, _ writer: inout YAMLWriter) {
    switch origin {
    case .osf(let osf):
      writer.field("osf", osf.text)
      if let version = osf.version { writer.field("osf_version", Int64(version)) }
    case .url(let text), .relative(let text): writer.field("url", text)
    }
  }

  private static func write(_ checksums: Checksums, _ writer: inout YAMLWriter) {
    if let size = checksums.size { writer.field("size", size) }
    if let md5 = checksums.md5 { writer.field("md5", md5.hex) }
    if let sha256 = checksums.sha256 { writer.field("sha256", sha256.hex) }
  }
}
