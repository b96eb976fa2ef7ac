public import Catalog
internal import Dataset
internal import Effects
internal import SystemPackage

/// The files of a folder that is laid out as a data directory, under the ids that a catalog gives them.
public enum ServedTree {
  /// What of a catalog's OSF files is in `folder`; the others the server does not know (404).
  ///
  /// The bytes are served as they are, whatever the catalog says of them.
  public static func files(in folder: String, of catalog: MapCatalog) throws -> [ServedFile] {
    let disk = Disk()
    return try catalog.maps.flatMap { map in
      try map.files.compactMap { file -> ServedFile? in
        guard case .osf(let osf) = file.origin else { return nil }
        let path = DatasetPath(map.id, hemi: file.hemi)
        let place = FilePath(folder).pushing(FilePath(path.text))
        guard try disk.status(place)?.kind == .file else { return nil }
        var hasher = ContentHasher(md5: true)
        _ = try disk.scan(place) { hasher.update($0) }
        let sums = hasher.finish()
        guard let md5 = sums.md5, let sha256 = sums.sha256, let size = sums.size else { return nil }
        return ServedFile(
          project: osf.project, file: osf.file, name: path.fileName,
          versions: [
            ServedVersion(content: .path(place.string), md5: md5.hex, sha256: sha256.hex, size: Int(size))
          ], isRestricted: map.isRestricted)
      }
    }
  }
}
