internal import Catalog
internal import Dataset
internal import Project
internal import YAML

/// A manifest written from what was read of one, without its comments and layout.
enum ManifestPrint {
  static func bytes(_ manifest: Manifest) -> [UInt8] {
    var writer = YAMLWriter()
    writer.mapping { writer in
      writer.field("version", ManifestReader.version)
      if let dataDir = manifest.dataDir { writer.field("data_dir", dataDir) }
      if let metadata = manifest.metadata { writer.field("metadata", metadata) }
      writer.field("builtin", manifest.usesBuiltin)
      list("catalogs", manifest.catalogs, &writer, write)
      writer.field("mirrors", manifest.mirrors)
      write(manifest.entries, manifest.atlases, &writer)
      writer.field("prefer") { writer in
        writer.mapping { writer in writer.field("space", manifest.preferredSpaces.map(\.glob.text)) }
      }
      writer.field("groups") { writer in
        writer.mapping { writer in for group in manifest.groups { write(group, &writer) } }
      }
      writer.field("licenses") { writer in
        writer.mapping { writer in
          writer.field("deny", manifest.licenses.denied.map(\.glob.text))
          writer.field("unknown", manifest.licenses.unknown.rawValue)
        }
      }
    }
    return writer.finish()
  }

  private static func write(_ group: ManifestGroup, _ writer: inout YAMLWriter) {
    writer.field(group.name) { writer in
      writer.mapping { writer in write(group.entries, group.atlases, &writer) }
    }
  }

  private static func write(_ entries: [ManifestEntry], _ atlases: [ManifestValue], _ writer: inout YAMLWriter) {
    list("annotations", entries, &writer, write)
    writer.field("atlases", atlases.map(\.glob.text))
  }

  private static func list<Item>(
    _ name: String, _ items: [Item], _ writer: inout YAMLWriter, _ write: (Item, inout YAMLWriter) -> Void
  ) {
    writer.field(name) { writer in
      writer.sequence { writer in for item in items { write(item, &writer) } }
    }
  }

  private static func write(_ catalog: CatalogSource, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      switch catalog.place {
      case .path(let path): writer.field("path", path)
      case .url(let url, let digest):
        writer.field("url", url)
        writer.field("sha256", digest.hex)
      }
    }
  }

  private static func write(_ entry: ManifestEntry, _ writer: inout YAMLWriter) {
    switch entry.form {
    case .tuple(let pattern, _):
      writer.sequence { writer in for part in pattern.parts { writer.text(part.text) } }
    case .selector(let selector):
      writer.mapping { writer in
        for key in MapQuery.Key.allCases {
          if let values = selector.values[key] { writer.field(key.rawValue, values.map(\.glob.text)) }
        }
        writer.field("restricted", selector.includesRestricted)
        writer.field("exclude", selector.exclude.map(\.pattern.description))
      }
    }
  }
}
