private import CSystemCalls
package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// The machine's filesystem.
package struct Disk: FileSystem {
  /// The filesystem needs no set-up.
  package init() {}

  package func status(_ path: FilePath) throws(FileError) -> FileStatus? {
    var value = stat()
    guard statLink(path, &value) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else { throw failure(.look, path) }
      return nil
    }
    guard value.st_mode & S_IFMT == S_IFLNK else { return FileStatus(value) }
    var target = stat()
    if statFile(path, &target) == 0 { return FileStatus(target) }
    // A link that leads nowhere, or in circles, is something that is there.
    guard errno == ENOENT || errno == ENOTDIR || errno == ELOOP else { throw failure(.look, path) }
    return FileStatus(value)
  }

  package func statuses(
    _ paths: [Range<Int>], of text: [UInt8], below folder: FilePath
  ) throws(FileError) -> [FileStatus?] {
    let root = openFile(folder, O_RDONLY | O_DIRECTORY)
    guard root >= 0 else {
      if errno == ENOENT { return [FileStatus?](repeating: nil, count: paths.count) }
      throw failure(.look, folder)
    }
    defer { close(root) }
    var found: [FileStatus?] = []
    found.reserveCapacity(paths.count)
    var name: [UInt8] = []
    for path in paths {
      name.removeAll(keepingCapacity: true)
      name.append(contentsOf: text[path])
      name.append(0)
      var value = stat()
      let isThere = name.withUnsafeBytes { bytes in
        bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { fstatat(root, $0, &value, 0) == 0 } ?? false }
      }
      if isThere {
        found.append(FileStatus(value))
      } else {
        // Whatever else is there is looked at as one path is.
        found.append(try status(FilePath("\(folder)/\(String(decoding: text[path], as: UTF8.self))")))
      }
    }
    return found
  }

  package func linkTarget(_ path: FilePath) throws(FileError) -> FilePath? {
    let (count, target) = readTarget(path)
    if count >= 0 { return FilePath(target) }
    // EINVAL: it is something else.
    guard errno == EINVAL || errno == ENOENT || errno == ENOTDIR else { throw failure(.look, path) }
    return nil
  }

  package func read(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
    let file = try open(path, O_RDONLY, .read)
    defer { close(file) }
    var value = stat()
    guard fstat(file, &value) == 0 else { throw failure(.read, path) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(Int(value.st_size), limit))
    try readAll(file, path) { chunk throws(FileError) in
      guard bytes.count + chunk.count <= limit else { throw FileError(.read, path, .fileTooLarge) }
      bytes.append(contentsOf: chunk)
    }
    return bytes
  }

  package func read(
    _ path: FilePath, from offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    let file = try open(path, O_RDONLY, .read)
    defer { close(file) }
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = pread(file, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(.read, path) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  package func scan(_ path: FilePath, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> FileStatus {
    let file = try open(path, O_RDONLY, .read)
    defer { close(file) }
    var value = stat()
    guard fstat(file, &value) == 0 else { throw failure(.read, path) }
    try readAll(file, path) { chunk throws(FileError) in body(chunk) }
    return FileStatus(value)
  }

  package func entries(in folder: FilePath) throws(FileError) -> [FolderEntry] {
    guard let stream = opendir(folder.string) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw failure(.read, folder)
    }
    defer { closedir(stream) }
    var entries: [FolderEntry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      let kind = Int32(entry.pointee.d_type)
      // Not every filesystem tells.
      let isFolder = kind == Int32(DT_UNKNOWN) ? isFolder(folder.appending(name)) : kind == Int32(DT_DIR)
      entries.append(FolderEntry(name: name, isFolder: isFolder))
    }
    guard errno == 0 else { throw failure(.read, folder) }
    return entries
  }

  private func isFolder(_ path: FilePath) -> Bool {
    var value = stat()
    return statLink(path, &value) == 0 && value.st_mode & S_IFMT == S_IFDIR
  }

  package func removeFolder(_ path: FilePath) throws(FileError) {
    guard removeEmpty(path) == 0 || [ENOENT, ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) else {
      throw failure(.remove, path)
    }
  }

  package func setModified(_ time: Int64, of path: FilePath) throws(FileError) {
    let changed = path.withPlatformString { nm_set_path_modified($0, time) }
    guard changed == 0 else { throw failure(.write, path) }
  }

  package func createFolder(_ path: FilePath) throws(FileError) {
    if makeFolder(path) == 0 || errno == EEXIST { return }
    let above = path.removingLastComponent()
    guard errno == ENOENT, !above.isEmpty, above != path else { throw folderFailure(path) }
    try createFolder(above)
    guard makeFolder(path) == 0 || errno == EEXIST else { throw folderFailure(path) }
  }

  /// Why a folder could not be made: something that is no folder may be in the place of one on the way.
  private func folderFailure(_ path: FilePath) -> FileError {
    let error = failure(.create, path)
    guard [.notDirectory, .noSuchFileOrDirectory].contains(error.reason) else { return error }
    var way = FilePath(root: path.root, [])
    for part in path.components {
      way.append(part)
      var (link, value) = (stat(), stat())
      guard lstat(way.string, &link) == 0 else { break }
      guard stat(way.string, &value) == 0, value.st_mode & S_IFMT == S_IFDIR else {
        return FileError(.create, way, .notDirectory)
      }
    }
    return error
  }

  package func rename(_ path: FilePath, to target: FilePath, replacing: Bool) throws(FileError) {
    try move(path, to: target, replacing: replacing)
    try flush(folder: target.removingLastComponent())
  }

  /// Moves a file; the new name need not survive a crash yet.
  func move(_ path: FilePath, to target: FilePath, replacing: Bool) throws(FileError) {
    if replacing {
      guard moveFile(path, target) else { throw failure(.place, target) }
    } else if nm_rename_exclusively(path.string, target.string) != 0 {
      // A filesystem that cannot rename so can link so.
      guard errno == ENOTSUP, link(path.string, target.string) == 0 else { throw failure(.place, target) }
      removeName(path)
    }
  }

  package func remove(_ path: FilePath) throws(FileError) {
    guard removeName(path) == 0 || errno == ENOENT else { throw failure(.remove, path) }
  }

  /// Lets the process open as many files as the system allows it; some systems begin with few.
  static func raiseDescriptorLimit() {
    var limit = rlimit()
    #if canImport(Glibc)
      let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
      let resource = RLIMIT_NOFILE
    #endif
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
    limit.rlim_cur = min(limit.rlim_max, 8192)
    setrlimit(resource, &limit)
  }

  // MARK: Pieces

  func failure(_ operation: FileError.Operation, _ path: FilePath) -> FileError {
    FileError(operation, path, Errno(rawValue: errno))
  }

  func open(
    _ path: FilePath, _ flags: Int32, _ operation: FileError.Operation
  ) throws(FileError) -> Int32 {
    let file = openFile(path, flags)
    guard file >= 0 else { throw failure(operation, path) }
    return file
  }

  private func readAll(
    _ file: Int32, _ path: FilePath, _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    while true {
      let count = readFile(file, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(.read, path) }
      guard count > 0 else { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  package func flush(folder: FilePath) throws(FileError) {
    let file = openFile(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY)
    guard file >= 0 else {
      if errno == ENOENT { return }
      throw failure(.flush, folder)
    }
    defer { close(file) }
    // Some network filesystems cannot flush a folder, and need not.
    guard fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP else { throw failure(.flush, folder) }
  }
}

extension FileStatus {
  fileprivate init(_ value: stat) {
    let kind: Kind =
      switch value.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    #if canImport(Darwin)
      let (modified, changed) = (value.st_mtimespec, value.st_ctimespec)
    #else
      let (modified, changed) = (value.st_mtim, value.st_ctim)
    #endif
    self.init(
      kind: kind, size: Int64(value.st_size), modified: nanoseconds(modified), changed: nanoseconds(changed),
      inode: UInt64(value.st_ino))
  }
}

private func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }

// System calls by names that the methods above have not taken.

@discardableResult func removeName(_ path: FilePath) -> Int32 { path.withPlatformString { unlink($0) } }

private func statFile(_ path: FilePath, _ value: inout stat) -> Int32 { path.withPlatformString { stat($0, &value) } }

private func makeFolder(_ path: FilePath) -> Int32 { path.withPlatformString { mkdir($0, 0o777) } }

func openFile(_ path: FilePath, _ flags: Int32) -> Int32 {
  path.withPlatformString { open($0, flags | O_CLOEXEC, 0o666) }
}

private func readFile(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func moveFile(_ path: FilePath, _ target: FilePath) -> Bool { rename(path.string, target.string) == 0 }

private func statLink(_ path: FilePath, _ value: inout stat) -> Int32 { path.withPlatformString { lstat($0, &value) } }

private func removeEmpty(_ path: FilePath) -> Int32 { path.withPlatformString { rmdir($0) } }

private func readTarget(_ path: FilePath) -> (count: Int, target: String) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
    guard let start = buffer.baseAddress else { return (-1, "") }
    let count = path.withPlatformString { readlink($0, start, buffer.count) }
    return (count, String(decoding: UnsafeRawBufferPointer(start: start, count: max(0, count)), as: UTF8.self))
  }
}
