internal import Catalog
internal import Dataset
internal import Diagnostics

/// What must hold of a catalog that was read, and of what is told of one that was not.
enum CatalogChecks {
  static func read(_ bytes: [UInt8]) -> Reading {
    let source = SourceText(name: "catalog.yaml", bytes: bytes)
    do throws(Findings) {
      let catalog = try CatalogReader.read(source)
      var violations = names(catalog)
      violations.require(catalog.digest == ContentHasher.sha256(bytes), "another digest")
      for map in catalog.maps { violations.add(check(map, in: catalog)) }
      for atlas in catalog.atlases { violations.add(check(atlas)) }
      return Reading(isAccepted: true, violations)
    } catch {
      return Reading(refusing: source, with: error.diagnostics)
    }
  }

  private static func check(_ map: CatalogMap, in catalog: MapCatalog) -> Violations {
    var violations = Violations()
    violations.require(AnnotationID(map.id.description) == map.id, "no name: \(map.id)")
    let hemispheres = map.files.map(\.hemi)
    let allowed: [[Hemisphere?]] =
      switch map.format {
      case .volume: [[nil]]
      case .surface: [[.left], [.right], [.left, .right]]
      }
    violations.require(allowed.contains(hemispheres), "`\(map.id)` has the hemispheres \(hemispheres)")
    for file in map.files {
      let path = DatasetPath(map.id, hemi: file.hemi)
      violations.require(DatasetPath(path.text) == path, "no path: \(path)")
      violations.add(OriginChecks.violations(file.origin, file.checksums))
    }
    violations.add(check(map.primary + map.secondary, in: catalog))
    return violations
  }

  private static func check(_ references: [String], in catalog: MapCatalog) -> Violations {
    var violations = Violations()
    violations.refuse(references.filter { catalog.references[$0] == nil }) { "no reference `\($0)`" }
    return violations
  }

  /// A lock that names the members must read back.
  private static func check(_ atlas: CatalogAtlas) -> Violations {
    var violations = OriginChecks.violations(atlas.origin, atlas.checksums, archive: atlas.archive)
    violations.require(AtlasID(atlas.id.description) == atlas.id, "no name: \(atlas.id)")
    violations.require(!atlas.members.isEmpty, "`\(atlas.id)` has no members")
    violations.refuse(atlas.members.filter { DatasetPath(atlas.id, member: $0.fileName) != $0 }) { path in
      "a member that no lock can name: \(path.text.debugDescription)"
    }
    return violations
  }

  /// Each stands once, and is found by its name; a new name is one of the catalog.
  private static func names(_ catalog: MapCatalog) -> Violations {
    var violations = check(catalog.cite, in: catalog)
    let (maps, atlases) = (catalog.maps.map(\.id), catalog.atlases.map(\.id))
    violations.refuse(maps.filter { catalog[$0]?.id != $0 }) { "the map `\($0)` is not found" }
    violations.require(Set(maps).count == maps.count, "a map stands twice")
    violations.require(Set(atlases).count == atlases.count, "an atlas stands twice")
    let members = catalog.atlases.flatMap(\.members)
    violations.require(Set(members).count == members.count, "a member stands twice")
    for id in maps.prefix(3) {
      let old = catalog.renames.compactMap { id.renamed(source: $0.from.source, desc: $0.from.desc) }
      violations.refuse(old.compactMap(catalog.newName(of:)).filter { catalog[$0] == nil }) { "no map `\($0)`" }
    }
    return violations
  }
}
