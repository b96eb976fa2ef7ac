package import Dataset
package import Effects
package import SystemPackage

/// What is about to be placed, written down before it is: what a sync that was killed has left is known by it as the
/// project's own, whatever the next sync wants.
///
/// Each sync that places anything has a file of its own beside the project's index, of the same format, whose lines
/// are untrusted: the bytes at a path are hashed before they count as what was placed. All of them go once the index
/// is written.
extension DataFolder {
  /// Writes down what is about to be placed; what has no SHA-256 yet cannot be recognized, and is left out.
  package func begin(_ placing: [DatasetPath: Checksums]) {
    let entries = placing.compactMapValues { checksums -> DataIndex.Entry? in
      guard checksums.sha256 != nil, let size = checksums.size else { return nil }
      let status = FileStatus(kind: .file, size: size, modified: 0, changed: .max, inode: 0)
      return DataIndex.Entry(status: status, checksums: checksums, isPlaced: true, isWanted: false)
    }
    guard !entries.isEmpty else { return }
    let bytes = DataIndex(entries, project: project).bytes
    let number = ContentHasher.sha256(bytes).hex.prefix(16)
    do throws(FileError) {
      try files.createFolder(drafts)
      try files.createFolder(Self.indexFolder(root))
      let draft = try files.createDraft(in: drafts)
      defer { files.discard(draft) }
      try files.append(bytes, to: draft)
      let path = Self.indexFolder(root).appending("\(Self.begunPrefix(project))\(number)")
      try files.publish(draft, as: path, replacing: true, isReadOnly: false)
    } catch {
      // It matters only if this sync is killed, and then to what counts as the user's. What is wrong with the disk is
      // told of where files are placed.
    }
  }

  /// Removes what was begun, which the project's index tells by now.
  func forgetBegun() throws(FileError) {
    for path in try Self.begun(in: root, project, files) { try files.remove(path) }
  }

  /// What is left of a project's syncs that did not end.
  package static func begun(
    in root: FilePath, _ project: String, _ files: any FileSystem
  ) throws(FileError) -> [FilePath] {
    try files.names(in: indexFolder(root)).filter { $0.hasPrefix(begunPrefix(project)) }.sorted()
      .map { indexFolder(root).appending($0) }
  }

  /// How the names of files begin that tell what a project has begun.
  static func begunPrefix(_ project: String) -> String { "\(ContentHasher.fileName(for: project)).begun-" }
}

extension DataIndex {
  /// This with what was begun at paths of which nothing is known.
  func merging(_ begun: [DataIndex]) -> DataIndex {
    var merged = self
    for other in begun { merged.entries.merge(other.entries) { known, _ in known } }
    return merged
  }
}
