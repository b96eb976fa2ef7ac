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
    let counts = lock.files.reduce(into: [AnnotationID: Int64]()) { $0[$1.map, default: 0] += 1 }
    writer.mapping { writer in
      writer.field("version", LockReader.version)
      writer.field("manifest") { writer in
        writer.sequence { writer in for line in lock.declarations { writer.text(line) } }
      }
      writer.field("catalogs") { writer in
        writer.sequence { writer in for catalog in lock.catalogs { write(catalog, &writer) } }
      }
      writer.field("maps") { writer in
        writer.sequence { writer in for map in lock.maps { write(map, files: counts[map.id] ?? 0, &writer) } }
      }
      writer.field("files") { writer in
        writer.sequence { writer in for file in lock.files { write(file, &writer) } }
      }
    }
    return writer.finish()
  }

  private static func write(_ catalog: LockedCatalog, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      writer.field("name", catalog.name)
      writer.field("revision", catalog.revision)
      writer.field("sha256", catalog.sha256.hex)
    }
  }

  /// The number of files tells a reader when a merge has lost one.
  private static func write(_ map: LockedMap, files: Int64, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      writer.field("map", map.id.description)
      writer.field("catalog", map.catalog)
      if !map.groups.isEmpty { writer.field("groups", map.groups) }
      writer.field("license", map.license ?? LockReader.unknownLicense)
      writer.field("restricted", map.isRestricted)
      writer.field("files", files)
    }
  }

  private static func write(_ file: LockedFile, _ writer: inout YAMLWriter) {
    writer.mapping { writer in
      writer.field("path", file.path.text)
      writer.field("map", file.map.description)
      switch file.origin {
      case .osf(let osf):
        writer.field("osf", osf.text)
        if let version = osf.version { writer.field("osf_version", Int64(version)) }
      case .url(let text), .relative(let text): writer.field("url", text)
      }
      if let size = file.checksums.size { writer.field("size", size) }
      if let md5 = file.checksums.md5 { writer.field("md5", md5.hex) }
      if let sha256 = file.checksums.sha256 { writer.field("sha256", sha256.hex) }
    }
  }
}
