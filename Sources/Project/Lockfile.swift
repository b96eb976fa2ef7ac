package import Dataset

/// The exact files that answer a manifest: the contents of its neuromaps.lock.
///
/// Self-contained: bringing the files about needs nothing else, neither manifest nor catalog.
public struct Lockfile: Hashable, Sendable {
  /// The manifest's declarations in normal form, sorted.
  public var declarations: [String]
  /// The catalogs behind the maps, sorted by name.
  public var catalogs: [LockedCatalog]
  /// Sorted by name.
  public var maps: [LockedMap]
  /// Sorted by path; no path twice.
  public var files: [LockedFile]

  /// A lock; sorts what it is given.
  public init(declarations: [String], catalogs: [LockedCatalog], maps: [LockedMap], files: [LockedFile]) {
    self.declarations = declarations.sorted(by: precedes)
    self.catalogs = catalogs.sorted { precedes($0.name, $1.name) }
    self.maps = maps.sorted { $0.id < $1.id }
    self.files = files.sorted { $0.path < $1.path }
  }

  /// Whether it answers these declarations.
  public func answers(_ manifest: Manifest) -> Bool { declarations == manifest.declarations }

  /// The same lock in which files carry what has been learned of their bytes.
  package func completed(with learned: [DatasetPath: Checksums]) -> Lockfile {
    var copy = self
    copy.files = files.map { file in
      guard let known = learned[file.path], known.agrees(with: file.checksums) else { return file }
      var completed = file
      completed.checksums = file.checksums.completed(by: known)
      return completed
    }
    return copy
  }
}
