private import CSystemCalls
package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// Files that are being written.
extension Disk {
  package func createDraft(in folder: FilePath) throws(FileError) -> Draft {
    while true {
      let path = draftPath(in: folder)
      let file = try open(path, O_RDWR | O_CREAT | O_EXCL, .create)
      // Held while the draft is open, so that a sweep tells it from one whose writer died. A sweep
      // may come between the two calls, though; then the file has no name any more.
      _ = flock(file, LOCK_EX)
      var value = stat()
      if fstat(file, &value) == 0, value.st_nlink > 0 { return Draft(path: path, descriptor: file) }
      close(file)
    }
  }

  package func createDraft(in folder: FilePath, of source: FilePath, by mode: LinkMode) throws(FileError) -> Draft {
    let original = try open(source, O_RDONLY, .read)
    guard !mode.sharesFile else { return try createLink(in: folder, to: source, original, by: mode) }
    defer { close(original) }
    var value = stat()
    guard fstat(original, &value) == 0 else { throw failure(.read, source) }
    let draft = try createDraft(in: folder)
    if mode != .copy, nm_clone(original, draft.descriptor) == 0 { return draft }
    if mode != .reflink, nm_copy(original, draft.descriptor, Int64(value.st_size)) == 0 { return draft }
    let error = mode == .reflink ? failure(.share, source) : failure(.write, draft.path)
    discard(draft)
    throw error
  }

  /// Another name of an open file, or a pointer to it, as a draft.
  private func createLink(
    in folder: FilePath, to source: FilePath, _ original: Int32, by mode: LinkMode
  ) throws(FileError) -> Draft {
    // As for any draft, so that a sweep passes it over; but several may be of one file.
    _ = flock(original, LOCK_SH)
    while true {
      let path = draftPath(in: folder)
      let result =
        mode == .symlink ? symlink(source.string, path.string) : link(source.string, path.string)
      if result == 0 { return Draft(path: path, descriptor: original) }
      guard errno == EEXIST else { throw closing(original, failure(errno == ENOENT ? .read : .share, source)) }
    }
  }

  private func draftPath(in folder: FilePath) -> FilePath {
    var random = SystemRandomNumberGenerator()
    return folder.appending("\(Self.draftPrefix)\(String(random.next() as UInt64 | 1 << 63, radix: 16))")
  }

  package func resumeDraft(_ path: FilePath) throws(FileError) -> Draft? {
    while true {
      let (file, isWritable) = try openResumable(path)
      var held = stat()
      var named = stat()
      guard try isTaken(file, path) else { return nil }
      // Whoever held it before may have given it its final name in the meantime.
      let isNamed = fstat(file, &held) == 0 && statLink(path, &named) == 0 && held.st_ino == named.st_ino
      guard isNamed else {
        close(file)
        continue
      }
      guard isWritable else {
        // Its writer died between making it read-only and naming it.
        guard fchmod(file, 0o644) == 0 else { throw closing(file, failure(.write, path)) }
        close(file)
        continue
      }
      guard lseek(file, 0, SEEK_END) >= 0 else { throw closing(file, failure(.write, path)) }
      return Draft(path: path, descriptor: file)
    }
  }

  package func lock(_ path: FilePath) throws(FileError) -> Draft? {
    let file = try openResumable(path).file
    return try isTaken(file, path) ? Draft(path: path, descriptor: file) : nil
  }

  /// Holds an open file against all others; false, with the file closed, while somebody else does.
  private func isTaken(_ file: Int32, _ path: FilePath) throws(FileError) -> Bool {
    if flock(file, LOCK_EX | LOCK_NB) == 0 { return true }
    let isHeld = errno == EWOULDBLOCK
    let error = closing(file, failure(.lock, path))
    guard isHeld else { throw error }
    return false
  }

  private func openResumable(_ path: FilePath) throws(FileError) -> (file: Int32, isWritable: Bool) {
    do throws(FileError) {
      return (try open(path, O_RDWR | O_CREAT | O_NOFOLLOW, .create), true)
    } catch {
      guard error.reason == .permissionDenied else { throw error }
      let file = openFile(path, O_RDONLY | O_NOFOLLOW)
      // What may not be made is not there to be read either.
      guard file >= 0 else { throw errno == ENOENT ? error : failure(.create, path) }
      return (file, false)
    }
  }

  private func closing(_ file: Int32, _ error: FileError) -> FileError {
    close(file)
    return error
  }

  package func append(_ bytes: UnsafeRawBufferPointer, to draft: Draft) throws(FileError) {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
      let count = writeFile(draft.descriptor, start, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure(.write, draft.path) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  package func beginFlush(_ draft: Draft) { nm_begin_flush(draft.descriptor) }

  package func empty(_ draft: Draft) throws(FileError) {
    guard ftruncate(draft.descriptor, 0) == 0, lseek(draft.descriptor, 0, SEEK_SET) == 0 else {
      throw failure(.write, draft.path)
    }
  }

  package func keep(_ draft: Draft) { close(draft.descriptor) }

  package func publish(_ publications: [Publication]) -> [FileError?] {
    var errors = publications.map { publication -> FileError? in
      let file = publication.draft.descriptor
      if let mode = permissions(for: publication), fchmod(file, mode) != 0 {
        return failure(.write, publication.target)
      }
      guard let modified = publication.modified else { return nil }
      let dated = nm_set_file_modified(file, modified)
      return dated == 0 ? nil : failure(.write, publication.target)
    }
    func attempt(_ indices: some Sequence<Int>, _ body: (Publication) throws(FileError) -> Void) {
      for index in indices where errors[index] == nil {
        do throws(FileError) { try body(publications[index]) } catch { errors[index] = error }
      }
    }
    let durable = publications.indices.filter { !publications[$0].isCache }
    let written = durable.filter { !publications[$0].isLink }
    if !flushTogether(written.map { publications[$0] }) {
      attempt(written) { publication throws(FileError) in
        guard fsync(publication.draft.descriptor) == 0 else { throw failure(.flush, publication.target) }
      }
    }
    attempt(publications.indices) { publication throws(FileError) in
      try move(publication.draft.path, to: publication.target, replacing: publication.replacing)
    }
    for publication in publications where publication.isCache { beginFlush(publication.draft) }
    let moved = durable.filter { errors[$0] == nil }
    guard !flushTogether(moved.map { publications[$0] }) else { return errors }
    let folders = Dictionary(grouping: moved) { publications[$0].target.removingLastComponent() }
    for (folder, indices) in folders {
      do throws(FileError) { try flush(folder: folder) } catch {
        for index in indices { errors[index] = error }
      }
    }
    return errors
  }

  /// Who may do what with a file: whoever might with the one that it takes the place of. Nil where a draft's is right.
  private func permissions(for publication: Publication) -> mode_t? {
    if publication.isReadOnly { return 0o444 }
    var (old, new) = (stat(), stat())
    guard publication.replacing, lstat(publication.target.string, &old) == 0, old.st_mode & S_IFMT == S_IFREG,
      fstat(publication.draft.descriptor, &new) == 0, old.st_mode & 0o777 != new.st_mode & 0o777
    else { return nil }
    return old.st_mode & 0o777
  }

  /// Flushes many small files by one call for each filesystem that they are on; false for few or large ones,
  /// which are better flushed alone, as the call flushes what others have written there too; and where there
  /// is no such call.
  private func flushTogether(_ publications: [Publication]) -> Bool {
    guard publications.count >= Self.groupSize else { return false }
    var devices: [UInt64: Int32] = [:]
    var size: Int64 = 0
    for publication in publications {
      var value = stat()
      guard fstat(publication.draft.descriptor, &value) == 0 else { return false }
      devices[UInt64(value.st_dev)] = publication.draft.descriptor
      guard publication.isLink else {
        size += Int64(value.st_size)
        continue
      }
      // What a link points to may be on another filesystem than its name.
      var folder = stat()
      let isHere = statLink(publication.target.removingLastComponent(), &folder) == 0 && folder.st_dev == value.st_dev
      guard isHere else { return false }
    }
    guard size / Int64(publications.count) <= Self.smallSize else { return false }
    return devices.values.allSatisfy { nm_flush_filesystem($0) == 0 }
  }

  package func discard(_ draft: Draft) {
    // A name that is used from run to run may be somebody else's by now.
    var (held, named) = (stat(), stat())
    let isOwn =
      Self.isDraft(draft.path.lastComponent?.string ?? "")
      || fstat(draft.descriptor, &held) == 0 && statLink(draft.path, &named) == 0 && held.st_ino == named.st_ino
    if isOwn { removeName(draft.path) }
    close(draft.descriptor)
  }

  package func sweepDrafts(in folder: FilePath) throws(FileError) {
    for name in try names(in: folder) where Self.isDraft(name) {
      let path = folder.appending(name)
      let file = openFile(path, O_RDONLY)
      guard file >= 0 else {
        // A link to what is gone.
        if errno == ENOENT { removeName(path) }
        continue
      }
      if flock(file, LOCK_EX | LOCK_NB) == 0 { removeName(path) }
      close(file)
    }
  }

  // MARK: Names

  /// From so many files on they are flushed together.
  private static let groupSize = 8
  private static let smallSize: Int64 = 256 << 10

  private static let draftPrefix = ".neuromaps-draft-"

  /// Exactly what `createDraft` makes, as sweeping removes it: a user's file must never pass for one.
  private static func isDraft(_ name: String) -> Bool {
    let digits = name.dropFirst(draftPrefix.count)
    return name.hasPrefix(draftPrefix) && digits.utf8.count == 16
      && digits.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}

// System calls by names that the methods above have not taken.

private func writeFile(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}

private func statLink(_ path: FilePath, _ value: inout stat) -> Int32 { path.withPlatformString { lstat($0, &value) } }
