package import Dataset
package import Effects
package import SystemPackage

/// Taking away what nobody wants any more.
///
/// What stands in an index alone removes nothing: a file goes only if it is found in the directory, by a way
/// without links, has the very bytes that this project has placed there, and no other project wants it.
extension DataFolder {
  /// A file that this project has placed and does not want any more.
  package struct Leftover: Hashable, Sendable {
    /// Why it stays, if it does.
    package enum Reason: Hashable, Sendable {
      /// Another project wants it; whose folder that is.
      case wanted(by: String)
      /// It is not what was placed there.
      case changed
      /// What another project wants cannot be read, there.
      case unknown(FilePath)
    }

    /// Where it is.
    package let path: DatasetPath
    /// Bytes.
    package let size: Int64
    /// Nil when it may go.
    package let reason: Reason?
    let status: FileStatus
  }

  /// What the project has placed here for earlier locks, sorted.
  ///
  /// - Parameter wanted: whether the lock has a path.
  package func leftovers(wanted: (DatasetPath) -> Bool) throws(FileError) -> [Leftover] {
    let candidates = own.entries.filter { $0.value.isPlaced && !wanted($0.key) }
    guard !candidates.isEmpty else { return [] }
    let there = Set(try Self.mapPaths(in: root, files))
    var found: [Leftover] = []
    for (path, entry) in candidates.sorted(by: { $0.key < $1.key }) {
      // What describes the directory as a whole lies beside the maps.
      let isThere = path.isTopLevel ? try !files.isLink(self.path(path)) : there.contains(path.text)
      guard isThere else { continue }
      guard let status = try files.status(self.path(path)) else { continue }
      let reason: Leftover.Reason? =
        if let file = unreadable.first {
          .unknown(file)
        } else if let other = wanting(path) {
          .wanted(by: folder(of: other))
        } else if case .matches = observe(path, expecting: entry.checksums) { nil } else { .changed }
      found.append(Leftover(path: path, size: status.size, reason: reason, status: status))
    }
    return found
  }

  /// Whether a folder on the way to a path is a link, which may lead anywhere.
  private func isBehindLink(_ path: DatasetPath) throws(FileError) -> Bool {
    var folder = root
    for part in path.text.split(separator: "/").dropLast() {
      folder.append(String(part))
      if try files.isLink(folder) { return true }
    }
    return false
  }

  /// The folder of a project; nothing for what was fetched without one.
  private func folder(of index: DataIndex) -> String {
    index.project.isEmpty ? "" : root.pushing(FilePath(index.project)).lexicallyNormalized().string
  }

  /// Removes a leftover and the folders that are empty then, for good: what the index forgets after this must not
  /// come back. False if it has changed since it was looked at.
  package func remove(_ leftover: Leftover) throws(FileError) -> Bool {
    let place = path(leftover.path)
    guard leftover.reason == nil, try files.status(place) == leftover.status, try !isBehindLink(leftover.path) else {
      return false
    }
    try files.remove(place)
    if leftover.path.isTopLevel { try files.flush(folder: root) }
    var parts = leftover.path.text.split(separator: "/").dropLast()
    while parts.count > 0 {
      let folder = FilePath("\(root)/\(parts.joined(separator: "/"))")
      parts = parts.dropLast()
      if !parts.isEmpty { try files.removeFolder(folder) }
      guard try files.status(folder) == nil else {
        try files.flush(folder: folder)
        break
      }
    }
    return true
  }
}
