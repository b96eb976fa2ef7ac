internal import Dataset
internal import Effects
internal import Metadata
internal import Project
internal import Store

/// What describes a data directory, beside the maps.
extension Workspace {
  /// The files of metadata that a lock comes with, but for what another project that shares the directory has
  /// described otherwise: that stays as it is. Without a manifest, which would have to ask for it, the directory that
  /// is everybody's is not described.
  func metadata(of lock: Lockfile, _ manifest: Manifest?, in folder: DataFolder) -> [LockedFile] {
    guard manifest != nil || folder.root != world.environment.absolute(Self.sharedData) else { return [] }
    return DatasetMetadata.files(of: lock).compactMap { file in
      folder.isWantedOtherwise(file.path, than: file.checksums)
        ? nil : LockedFile(path: file.path, map: file.map, text: file.bytes, checksums: file.checksums)
    }
  }

  /// A lock with the metadata that comes with it for whom its files are brought, and that metadata alone.
  func described(
    _ lock: Lockfile, _ manifest: Manifest?, for client: Client, in folder: DataFolder
  ) -> (whole: Lockfile, metadata: [LockedFile]) {
    guard case .project(let lockOnDisk, _) = client else { return (lock, []) }
    let metadata = metadata(of: lockOnDisk ?? lock, manifest, in: folder)
    return (lock.described(by: metadata), metadata)
  }
}

extension Sequence<LockedFile> {
  /// Those that describe maps that are wanted, or the dataset as a whole.
  func describing(_ wanted: Lockfile) -> [LockedFile] {
    let items = Set(wanted.items)
    return filter { $0.item == .dataset || items.contains($0.item) }
  }
}
