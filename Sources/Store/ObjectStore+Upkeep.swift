package import Dataset
package import Effects
package import SystemPackage

/// What a person does with a store: how big is it, is it whole, make it smaller.
extension ObjectStore {
  /// An object as it lies there.
  package struct Item: Hashable, Sendable {
    /// Its name.
    package let digest: SHA256Digest
    /// Bytes.
    package let size: Int64
    let path: FilePath
  }

  /// How much a store holds.
  package struct Size: Hashable, Sendable {
    /// Objects.
    package var objects = 0
    /// Their bytes.
    package var bytes: Int64 = 0
    /// Downloads that are not finished.
    package var partials = 0
    /// Their bytes.
    package var partialBytes: Int64 = 0

    /// Nothing.
    package init() {}
  }

  /// Every object, sorted by name.
  package func items() throws(FileError) -> [Item] {
    var found: [Item] = []
    let folder = root.appending("sha256")
    for first in try files.names(in: folder).sorted() {
      for rest in try files.names(in: folder.appending(first)).sorted() {
        guard let digest = SHA256Digest(first + rest) else { continue }
        let path = objectPath(digest)
        guard let status = try files.status(path), status.kind == .file else { continue }
        found.append(Item(digest: digest, size: status.size, path: path))
      }
    }
    return found
  }

  /// Counts it all; no bytes are read.
  package func size() throws(FileError) -> Size {
    var size = Size()
    for item in try items() {
      size.objects += 1
      size.bytes += item.size
    }
    for name in try files.names(in: partials) where !name.hasSuffix(ObjectIntake.tagSuffix) {
      guard let status = try files.status(partials.appending(name)) else { continue }
      size.partials += 1
      size.partialBytes += status.size
    }
    return size
  }

  /// Whether the bytes of an object are what its name says; its seal is renewed if they are. Nil when it is gone.
  package func isWhole(_ item: Item) throws(FileError) -> Bool? {
    var hasher = ContentHasher(md5: false)
    do throws(FileError) { _ = try files.scan(item.path) { hasher.update($0) } } catch {
      guard error.reason == .noSuchFileOrDirectory else { throw error }
      return nil
    }
    let checksums = hasher.finish()
    guard checksums.sha256 == item.digest else { return false }
    if let status = try files.status(item.path), !ObjectSeal.isOn(status, of: item.digest) {
      ObjectSeal.renew(on: item.path, of: item.digest, files)
    }
    return true
  }

  /// Takes an object out.
  package func remove(_ item: Item) throws(FileError) { try files.remove(item.path) }

  /// Removes what is not an object: names of objects that are gone, downloads that nobody goes on with, and drafts
  /// of the dead.
  ///
  /// - Parameter all: whether also what OSF has told, what came out of archives, and every unfinished download
  ///   that no living process takes in.
  /// - Returns: bytes of unfinished downloads.
  package func tidy(all: Bool) throws(FileError) -> Int64 {
    try sweep()
    for path in try below(root.appending("md5"), levels: 2) {
      if all { try files.remove(path) } else if try !isName(path) { try files.remove(path) }
    }
    guard all else { return 0 }
    let rest = try below(root.appending("unpacked"), levels: 2) + below(root.appending("osf"), levels: 2)
    for path in try rest + below(root.appending("users"), levels: 1) {
      try files.remove(path)
    }
    var freed: Int64 = 0
    // What the servers called them goes with them, or after them.
    for name in try files.names(in: partials).sorted() {
      let path = partials.appending(name)
      let size = name.hasSuffix(ObjectIntake.tagSuffix) ? 0 : try files.status(path)?.size ?? 0
      try removePartial(path)
      if try files.status(path) == nil { freed += size }
    }
    return freed
  }

  /// Whether a file that gives an MD5 its object still has one.
  private func isName(_ path: FilePath) throws(FileError) -> Bool {
    let text = String(decoding: try files.read(path, limit: 4096), as: UTF8.self)
    guard let digest = SHA256Digest(text.prefix { $0 != "\n" }) else { return false }
    return try files.status(objectPath(digest)) != nil
  }

  private func below(_ folder: FilePath, levels: Int) throws(FileError) -> [FilePath] {
    var folders = [folder]
    for _ in 1..<levels {
      var next: [FilePath] = []
      for folder in folders { next += try files.names(in: folder).map { folder.appending($0) } }
      folders = next
    }
    var found: [FilePath] = []
    for folder in folders { found += try files.names(in: folder).map { folder.appending($0) } }
    return found
  }

  // MARK: Who uses it

  private static let text = SealedText("neuromaps-user 1")

  /// Remembers that a data directory holds files of this store. A store that cannot take the note, being full or for
  /// reading only, does without: it may still have everything, or the next sync that brings something notes it.
  package func note(user folder: FilePath) throws(FileError) {
    let path = userPath(folder)
    guard try user(path) == nil else { return }
    do throws(FileError) {
      // A line break in a name would end the line early; such a directory is not known here.
      try write(Self.text.seal("\(folder)\n"), to: path)
    } catch {
      guard error.isFull || [.permissionDenied, .notPermitted, .readOnlyFileSystem].contains(error.reason) else {
        throw error
      }
    }
  }

  /// The data directories that hold files of this store and are there, sorted.
  package func users() throws(FileError) -> [FilePath] {
    var found: [FilePath] = []
    let folder = root.appending("users")
    for name in try files.names(in: folder) {
      guard let user = try user(folder.appending(name)), try files.status(user)?.kind == .folder else { continue }
      found.append(user)
    }
    return found.sorted { precedes($0.string, $1.string) }
  }

  /// The data directory that a file tells of; nil for one that is not there or not whole.
  private func user(_ path: FilePath) throws(FileError) -> FilePath? {
    guard try files.status(path)?.kind == .file else { return nil }
    let fields = Self.text.open(try files.read(path, limit: 1 << 16))?.first
    return fields.map { FilePath($0.joined(separator: "\t")) }
  }

  private func userPath(_ folder: FilePath) -> FilePath {
    root.appending("users").appending(ContentHasher.fileName(for: folder.string))
  }
}

extension DataFolder {
  /// The bytes that any project knows to be in a directory, and the files of projects that cannot be read.
  package static func held(
    in root: FilePath, _ files: any FileSystem
  ) -> (digests: Set<SHA256Digest>, unreadable: [FilePath]) {
    let (indexes, unreadable) = indexes(in: root, files)
    return (Set(indexes.values.flatMap { $0.entries.values.compactMap(\.checksums.sha256) }), unreadable)
  }
}
