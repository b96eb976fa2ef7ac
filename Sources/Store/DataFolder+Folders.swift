internal import Dataset
package import Effects
package import SystemPackage

/// What is in the folders, and whether that must be listed to be known.
extension DataFolder {
  /// Every file below a folder of the directory, relative to it, sorted; dot-files aside.
  ///
  /// Links are not followed, as they may lead anywhere: one counts as a file. The names may be any
  /// that the filesystem allows.
  package func paths(below folder: String) throws(FileError) -> [String] {
    try Self.walk(folder, in: root, files).paths.sorted(by: precedes)
  }

  /// Every file below annotations/ and atlases/, in the order of their paths.
  package static func mapPaths(in root: FilePath, _ files: any FileSystem) throws(FileError) -> [String] {
    var paths: [String] = []
    for folder in mapFolders { paths += try walk(folder, in: root, files).paths.sorted(by: precedes) }
    return paths
  }

  /// The folders that maps and atlases are in, as they were just before they were listed; none if there is anything in
  /// them but what the project wants, or lacks.
  func ownFolders(of index: DataIndex) throws(FileError) -> [String: FileStatus] {
    guard index.answer != nil else { return [:] }
    var folders: [String: FileStatus] = [:]
    for folder in Self.mapFolders {
      let (paths, found) = try Self.walk(folder, in: root, files, lookingAtFolders: true)
      let areOwn = paths.allSatisfy { DatasetPath($0).flatMap { index.entries[$0] }?.isWanted ?? false }
      guard areOwn else { return [:] }
      folders.merge(found) { first, _ in first }
    }
    return folders
  }

  private static let mapFolders = ["annotations", "atlases"]

  private static func walk(
    _ folder: String, in root: FilePath, _ files: any FileSystem, lookingAtFolders: Bool = false
  ) throws(FileError) -> (paths: [String], folders: [String: FileStatus]) {
    var (paths, folders) = ([String](), [String: FileStatus]())
    var open = [folder]
    while let next = open.popLast() {
      let place = FilePath("\(root)/\(next)")
      if lookingAtFolders { folders[next] = try files.status(place) }
      guard let entries = try files.readableEntries(in: place) else {
        paths.append(next)
        continue
      }
      for entry in entries where !entry.name.hasPrefix(".") {
        let path = "\(next)/\(entry.name)"
        if entry.isFolder { open.append(path) } else { paths.append(path) }
      }
    }
    return (paths, folders)
  }
}
