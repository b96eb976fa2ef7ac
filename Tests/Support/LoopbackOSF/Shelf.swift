import Synchronization

/// The files the server has, by id. Anyone may call at once.
final class Shelf: Sendable {
  private let files: Mutex<[String: ServedFile]>

  /// Takes the files; of two with one id the later stays.
  init(_ files: [ServedFile]) {
    self.files = Mutex(Dictionary(files.map { ($0.file, $0) }) { $1 })
  }

  /// The file of that id in that project; nil when there is none.
  func file(_ id: String, in project: String) -> ServedFile? {
    files.withLock { $0[id]?.project == project ? $0[id] : nil }
  }

  /// Adds a file, or takes the place of the one with its id.
  func put(_ file: ServedFile) {
    files.withLock { $0[file.file] = file }
  }

  /// Takes a file away.
  func remove(_ id: String) {
    files.withLock { _ = $0.removeValue(forKey: id) }
  }

  /// Gives a file a newest version; false when there is no such file.
  func add(_ version: ServedVersion, to id: String) -> Bool {
    files.withLock { files in
      guard var file = files[id] else { return false }
      file.versions.append(version)
      files[id] = file
      return true
    }
  }
}
