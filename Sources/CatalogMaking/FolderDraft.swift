package import Catalog
package import Dataset

extension CatalogDraft {
  /// A file of a folder, as it is to stand in a catalog.
  package struct File: Sendable {
    /// What its name says.
    package let entities: FileEntities
    /// Where it comes from.
    package let origin: Origin
    /// What its bytes are.
    package let checksums: Checksums

    /// A file.
    package init(_ entities: FileEntities, origin: Origin, checksums: Checksums) {
      self.entities = entities
      self.origin = origin
      self.checksums = checksums
    }
  }

  /// A catalog of files: maps in the order of their names, left before right.
  ///
  /// - Parameters:
  ///   - name: what to call the catalog; nil for the name of `known`, or one that the files suggest.
  ///   - revision: nil for the one after that of `known`, or `1`.
  ///   - files: each file of a map once; of surfaces with a hemisphere, of volumes without.
  ///   - folder: the name of their folder.
  ///   - known: an earlier catalog, from which what files do not tell is taken.
  package init(
    name: String? = nil, revision: String? = nil, files: [File], folder: String, known: MapCatalog? = nil
  ) {
    let groups = Dictionary(grouping: files, by: \.entities.map)
    let ids = groups.keys.sorted()
    self.init(
      name: name ?? known?.name ?? Self.name(for: ids, in: folder),
      revision: revision ?? known.map { Self.revision(after: $0.revision) } ?? "1")
    maps = ids.map { id in
      let own = (groups[id] ?? []).sorted { ($0.entities.hemi?.rawValue ?? "") < ($1.entities.hemi?.rawValue ?? "") }
      let files = own.map { CatalogFile(hemi: $0.entities.hemi, origin: $0.origin, checksums: $0.checksums) }
      return known?[id]?.with(files) ?? CatalogMap(id: id, files: files)
    }
    guard let known else { return }
    title = known.title
    caution = known.caution
    cite = known.cite
    // A lab may have papers in store for maps to come.
    references = known.references.values.sorted { precedes($0.key, $1.key) }
    atlases = known.atlases
    renames = known.renames
  }

  /// The source that all maps have, else the folder's name, as far as it can be a catalog's name.
  private static func name(for maps: [AnnotationID], in folder: String) -> String {
    let sources = Set(maps.map(\.source))
    let candidates = (sources.count == 1 ? Array(sources) : []) + [folder]
    for candidate in candidates {
      let name = candidate.lowercased().utf8.map { byte in
        CatalogReader.isName(String(Unicode.Scalar(byte))) ? byte : UInt8(ascii: "-")
      }
      let text = String(decoding: name.prefix(64), as: UTF8.self)
      if CatalogReader.isName(text), text != BuiltinCatalog.name, text.utf8.contains(where: { $0 != UInt8(ascii: "-") })
      {
        return text
      }
    }
    return "lab"
  }

  private static func revision(after revision: String) -> String {
    guard let number = Int64(revision), String(number) == revision, number < .max else { return revision }
    return String(number + 1)
  }
}

extension CatalogMap {
  /// What is known of the map, with other files.
  func with(_ files: [CatalogFile]) -> CatalogMap {
    CatalogMap(
      id: id, title: title, modality: modality, measure: measure, target: target, n: n, age: age, license: license,
      licenseURL: licenseURL, primary: primary, secondary: secondary, note: note, tags: tags,
      isRestricted: isRestricted, files: files)
  }
}
