package import Effects
private import Synchronization
package import SystemPackage

/// A disk in memory on which every change is a step: the power can fail at any, and any can fail alone.
///
/// It does what `Disk` does; one suite is run on both. A publish is four steps (permissions, flush,
/// rename, flush of the folder) and a failure may come between any two.
package final class FakeDisk: FileSystem {
  fileprivate struct Machine: Sendable {
    var tree = FakeTree()
    var open: [Int32: FakeTree.ID] = [:]
    var lastDescriptor: Int32 = 2
    var lastDraft = 0
    var steps = 0
    var powerFails: Int?
    var isOff = false
    var failure: (step: Int, reason: Errno)?
    var mountPoint: FilePath?
    var room: Int64?
  }

  private let machine: Mutex<Machine>

  /// An empty disk.
  package init() { machine = Mutex(Machine()) }

  /// A disk with the same content, in whatever state the other is.
  package init(copying other: FakeDisk) { machine = Mutex(other.machine.withLock { $0 }) }

  // MARK: Trouble

  /// Steps taken so far.
  package var steps: Int { machine.withLock { $0.steps } }

  /// Makes the power fail at a step, counted from now, 0 being the next: neither it nor anything later happens.
  package func losePower(afterSteps count: Int) {
    machine.withLock { $0.powerFails = $0.steps + count }
  }

  /// Makes one step fail, counted from now, 0 being the next.
  package func failStep(after count: Int, with reason: Errno) {
    machine.withLock { $0.failure = ($0.steps + count, reason) }
  }

  /// Ends all programs and turns the machine on again.
  package func restart(_ survival: Survival) {
    machine.withLock {
      $0.tree.lose(survival)
      $0.open = [:]
      $0.powerFails = nil
      $0.failure = nil
      $0.isOff = false
    }
  }

  /// Lets the writer of a draft die.
  package func abandon(_ draft: Draft) { machine.withLock { _ = $0.open.removeValue(forKey: draft.descriptor) } }

  /// How far each change moves the disk's clock on, in nanoseconds; 0 stops it.
  package func setTick(_ tick: Int64) { machine.withLock { $0.tree.tick = tick } }

  /// Moves the disk's clock on.
  package func pass(_ nanoseconds: Int64) { machine.withLock { $0.tree.now += nanoseconds } }

  // MARK: What a user does

  /// Writes a file as a user does: folders made, an existing file kept as the same inode, all of it durable.
  package func put(_ bytes: [UInt8], at path: FilePath) throws {
    try machine.withLock { machine in
      try machine.makeFolders(path.removingLastComponent())
      let place = try machine.tree.place(path)
      let id = place.node ?? machine.tree.make(.file([]), at: place)
      machine.tree.setBytes(bytes, of: id)
      machine.flushAll()
    }
  }

  /// Makes a symbolic link.
  package func link(_ path: FilePath, to target: String) throws {
    try machine.withLock { machine in
      try machine.makeFolders(path.removingLastComponent())
      _ = machine.tree.make(.link(target), at: try machine.tree.place(path, following: false))
      machine.flushAll()
    }
  }

  /// The bytes of a file; nil when it is not there.
  package func bytes(_ path: FilePath) throws -> [UInt8]? {
    do throws(FileError) {
      return try content(path).0
    } catch {
      guard error.reason == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }

  /// Whether nobody may write to a file.
  package func isReadOnly(_ path: FilePath) throws -> Bool {
    try machine.withLock { try $0.tree.node(path)?.node.isReadOnly ?? false }
  }

  /// All files by path, as they are.
  package func everything() -> [String: [UInt8]] {
    machine.withLock { machine in
      var found: [String: [UInt8]] = [:]
      var open = [("", FakeTree.top)]
      while let (path, folder) = open.popLast() {
        for (name, id) in machine.tree.entries(of: folder) ?? [:] {
          if let bytes = machine.tree.bytes(of: id) { found["\(path)/\(name)"] = bytes }
          if machine.tree.entries(of: id) != nil { open.append(("\(path)/\(name)", id)) }
        }
      }
      return found
    }
  }

  /// Says that so many bytes may still be written; nil for what cannot be told.
  package func setRoom(_ bytes: Int64?) { machine.withLock { $0.room = bytes } }

  /// Makes the folder at a path a filesystem of its own: nothing can be moved into it or out of it.
  package func split(at path: FilePath) { machine.withLock { $0.mountPoint = path } }

  private func isSplit(_ a: FilePath, _ b: FilePath) -> Bool {
    guard let mountPoint = machine.withLock({ $0.mountPoint }) else { return false }
    return a.starts(with: mountPoint) != b.starts(with: mountPoint)
  }

  // MARK: Looking

  package func status(_ path: FilePath) throws(FileError) -> FileStatus? {
    try look(.look, path) { (machine) throws(Errno) in
      if let found = try machine.found(path) { return found }
      return try machine.found(path, following: false)
    }
  }

  package func linkTarget(_ path: FilePath) throws(FileError) -> FilePath? {
    try look(.look, path) { (machine) throws(Errno) in
      do throws(Errno) {
        guard case .link(let target)? = try machine.tree.node(path, following: false)?.node.content else { return nil }
        return FilePath(target)
      } catch {
        guard [.noSuchFileOrDirectory, .notDirectory].contains(error) else { throw error }
        return nil
      }
    }
  }

  package func read(_ path: FilePath, limit: Int) throws(FileError) -> [UInt8] {
    let (bytes, _) = try content(path)
    guard bytes.count <= limit else { throw FileError(.read, path, .fileTooLarge) }
    return bytes
  }

  package func read(
    _ path: FilePath, from offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    let rest = try content(path).0.dropFirst(Int(offset)).prefix(buffer.count)
    rest.withUnsafeBytes { buffer.copyMemory(from: $0) }
    return rest.count
  }

  package func scan(_ path: FilePath, _ body: (UnsafeRawBufferPointer) -> Void) throws(FileError) -> FileStatus {
    let (bytes, status) = try content(path)
    bytes.withUnsafeBytes { all in
      for start in stride(from: 0, to: all.count, by: 1000) {
        body(UnsafeRawBufferPointer(rebasing: all[start..<min(start + 1000, all.count)]))
      }
    }
    return status
  }

  package func entries(in folder: FilePath) throws(FileError) -> [FolderEntry] {
    try look(.read, folder) { (machine) throws(Errno) in
      do throws(Errno) {
        guard let id = try machine.tree.node(folder)?.id, let entries = machine.tree.entries(of: id) else { return [] }
        return entries.map { name, id in FolderEntry(name: name, isFolder: machine.tree.entries(of: id) != nil) }
      } catch {
        if error == .noSuchFileOrDirectory || error == .notDirectory { return [] }
        throw error
      }
    }
  }

  private func content(_ path: FilePath) throws(FileError) -> ([UInt8], FileStatus) {
    try look(.read, path) { (machine) throws(Errno) in
      guard let (id, node) = try machine.tree.node(path) else { throw .noSuchFileOrDirectory }
      guard let bytes = machine.tree.bytes(of: id) else { throw .isDirectory }
      return (bytes, machine.status(id, node))
    }
  }

  // MARK: Changing

  package func createFolder(_ path: FilePath) throws(FileError) {
    let isThere = try change(.create, path) { (machine) throws(Errno) -> Bool in
      guard let place = try machine.optionalPlace(path) else { return false }
      if place.node == nil {
        try machine.step()
        _ = machine.tree.make(.folder([:]), at: place)
      }
      return true
    }
    guard !isThere else { return }
    try createFolder(path.removingLastComponent())
    try createFolder(path)
  }

  package func createDraft(in folder: FilePath) throws(FileError) -> Draft {
    try createDraft(in: folder) { machine, place in machine.tree.make(.file([]), at: place) }
  }

  /// Opens what `make` gives the name of a draft, and says is open.
  private func createDraft(
    in folder: FilePath, _ make: (inout Machine, FakeTree.Place) throws(Errno) -> FakeTree.ID
  ) throws(FileError) -> Draft {
    let number = machine.withLock { machine in
      machine.lastDraft += 1
      return machine.lastDraft
    }
    let digits = String(number, radix: 16)
    let path = folder.appending("\(Self.draftPrefix)\(String(repeating: "0", count: 16 - digits.count))\(digits)")
    return try change(.create, path) { (machine) throws(Errno) in
      let place = try machine.tree.place(path)
      guard place.node == nil else { throw .fileExists }
      try machine.step()
      let id = try make(&machine, place)
      machine.lastDescriptor += 1
      machine.open[machine.lastDescriptor] = id
      return Draft(path: path, descriptor: machine.lastDescriptor)
    }
  }

  package func createDraft(in folder: FilePath, of source: FilePath, by mode: LinkMode) throws(FileError) -> Draft {
    let (bytes, _) = try content(source)
    guard mode != .reflink, !mode.sharesFile || !isSplit(folder, source) || mode == .symlink else {
      throw FileError(.share, source, mode == .reflink ? .notSupported : .improperLink)
    }
    guard !mode.sharesFile else {
      return try createDraft(in: folder) { (machine, place) throws(Errno) in
        guard let id = try machine.tree.node(source)?.id else { throw .noSuchFileOrDirectory }
        if mode == .symlink {
          _ = machine.tree.make(.link(source.string), at: place)
        } else {
          machine.tree.setEntry(place.name, of: place.folder, to: id)
        }
        return id
      }
    }
    let draft = try createDraft(in: folder)
    do throws(FileError) {
      try append(bytes, to: draft)
    } catch {
      discard(draft)
      throw error
    }
    return draft
  }

  package func lock(_ path: FilePath) throws(FileError) -> Draft? { try resumeDraft(path) }

  package func resumeDraft(_ path: FilePath) throws(FileError) -> Draft? {
    try change(.create, path) { (machine) throws(Errno) -> Draft? in
      let place = try machine.tree.place(path, following: false)
      if let node = place.node, machine.open.values.contains(node) { return nil }
      if place.node == nil { try machine.step() }
      let id = place.node ?? machine.tree.make(.file([]), at: place)
      machine.lastDescriptor += 1
      machine.open[machine.lastDescriptor] = id
      return Draft(path: path, descriptor: machine.lastDescriptor)
    }
  }

  package func beginFlush(_ draft: Draft) {}

  package func room(at path: FilePath) -> Int64? { machine.withLock { $0.room } }

  package func setModified(_ time: Int64, of path: FilePath) throws(FileError) {
    try change(.write, path) { (machine) throws(Errno) in
      guard let id = try machine.tree.node(path)?.id else { throw .noSuchFileOrDirectory }
      try machine.step()
      machine.tree.setModified(time, of: id)
    }
  }

  package func removeFolder(_ path: FilePath) throws(FileError) {
    try change(.remove, path) { (machine) throws(Errno) in
      guard let place = try machine.optionalPlace(path), let node = place.node,
        machine.tree.entries(of: node)?.isEmpty == true
      else { return }
      try machine.step()
      machine.tree.setEntry(place.name, of: place.folder, to: nil)
    }
  }

  package func isOneFilesystem(_ a: FilePath, _ b: FilePath) -> Bool { !isSplit(a, b) }

  package func empty(_ draft: Draft) throws(FileError) {
    try change(.write, draft.path) { (machine) throws(Errno) in
      guard let id = machine.open[draft.descriptor] else { throw .badFileDescriptor }
      try machine.step()
      machine.tree.setBytes([], of: id)
    }
  }

  package func keep(_ draft: Draft) { abandon(draft) }

  package func append(_ bytes: UnsafeRawBufferPointer, to draft: Draft) throws(FileError) {
    try change(.write, draft.path) { (machine) throws(Errno) in
      guard let id = machine.open[draft.descriptor] else { throw .badFileDescriptor }
      try machine.step()
      machine.tree.append(bytes, to: id)
    }
  }

  package func publish(_ publications: [Publication]) -> [FileError?] {
    var errors = [FileError?](repeating: nil, count: publications.count)
    func attempt(_ body: (Publication) throws(FileError) -> Void) {
      for index in publications.indices where errors[index] == nil {
        do throws(FileError) { try body(publications[index]) } catch { errors[index] = error }
      }
    }
    attempt { publication throws(FileError) in
      guard publication.isReadOnly || publication.modified != nil else { return }
      try change(.write, publication.target) { (machine) throws(Errno) in
        guard let id = machine.open[publication.draft.descriptor] else { throw .badFileDescriptor }
        try machine.step()
        if publication.isReadOnly { machine.tree.makeReadOnly(id) }
        if let modified = publication.modified { machine.tree.setModified(modified, of: id) }
      }
    }
    attempt { publication throws(FileError) in
      guard !publication.isCache, !publication.isLink else { return }
      try change(.flush, publication.target) { (machine) throws(Errno) in
        guard let id = machine.open[publication.draft.descriptor] else { throw .badFileDescriptor }
        try machine.step()
        machine.tree.flush(id)
      }
    }
    var folders: [Int: FakeTree.ID] = [:]
    for index in publications.indices where errors[index] == nil {
      let publication = publications[index]
      do throws(FileError) {
        folders[index] = try move(publication.draft.path, publication.target, replacing: publication.replacing)
      } catch {
        errors[index] = error
      }
    }
    for index in publications.indices {
      guard let folder = folders[index], !publications[index].isCache else { continue }
      do throws(FileError) { try flush(folder, of: publications[index].target) } catch { errors[index] = error }
    }
    return errors
  }

  package func discard(_ draft: Draft) {
    machine.withLock { machine in
      do throws(Errno) {
        if let place = try machine.optionalPlace(draft.path), let node = place.node,
          Self.isDraft(place.name) || node == machine.open[draft.descriptor]
        {
          try machine.step()
          machine.tree.setEntry(place.name, of: place.folder, to: nil)
        }
      } catch {
        // As on a disk: what cannot be removed stays, to be swept.
      }
      machine.open[draft.descriptor] = nil
    }
  }

  package func rename(_ path: FilePath, to target: FilePath, replacing: Bool) throws(FileError) {
    try flush(try move(path, target, replacing: replacing), of: target)
  }

  package func remove(_ path: FilePath) throws(FileError) {
    try change(.remove, path) { (machine) throws(Errno) in
      guard let place = try machine.optionalPlace(path), let node = place.node else { return }
      guard machine.tree.entries(of: node) == nil else { throw .isDirectory }
      try machine.step()
      machine.tree.setEntry(place.name, of: place.folder, to: nil)
    }
  }

  package func flush(folder: FilePath) throws(FileError) {
    try change(.flush, folder) { (machine) throws(Errno) in
      guard let node = try machine.optionalPlace(folder)?.node else { return }
      try machine.step()
      machine.tree.flush(node)
    }
  }

  package func sweepDrafts(in folder: FilePath) throws(FileError) {
    for name in try names(in: folder) where Self.isDraft(name) {
      try change(.remove, folder.appending(name)) { (machine) throws(Errno) in
        let place = try machine.tree.place(folder.appending(name), following: false)
        // Of a link it counts whether what it leads to is open; what leads nowhere goes.
        var node = place.node
        if case .link? = node.flatMap({ machine.tree.nodes[$0]?.content }) {
          let target = try machine.found(folder.appending(name))
          node = target?.inode ?? node
        }
        guard let node, !machine.open.values.contains(node) else { return }
        try machine.step()
        machine.tree.setEntry(name, of: place.folder, to: nil)
      }
    }
  }

  private static let draftPrefix = ".neuromaps-draft-"

  private static func isDraft(_ name: String) -> Bool {
    let digits = name.dropFirst(draftPrefix.count)
    return name.hasPrefix(draftPrefix) && digits.count == 16 && digits.allSatisfy { "0123456789abcdef".contains($0) }
  }

  private func move(
    _ path: FilePath, _ target: FilePath, replacing: Bool
  ) throws(FileError) -> FakeTree.ID {
    guard !isSplit(path, target) else { throw FileError(.place, target, .improperLink) }
    return try change(.place, target) { (machine) throws(Errno) -> FakeTree.ID in
      let from = try machine.tree.place(path, following: false)
      let to = try machine.tree.place(target, following: false)
      guard let node = from.node else { throw .noSuchFileOrDirectory }
      if let there = to.node {
        guard replacing else { throw .fileExists }
        guard machine.tree.entries(of: there) == nil else { throw .isDirectory }
      }
      try machine.step()
      machine.tree.setEntry(from.name, of: from.folder, to: nil)
      machine.tree.setEntry(to.name, of: to.folder, to: node)
      return to.folder
    }
  }

  private func flush(_ folder: FakeTree.ID, of target: FilePath) throws(FileError) {
    try change(.flush, target.removingLastComponent()) { (machine) throws(Errno) in
      try machine.step()
      machine.tree.flush(folder)
    }
  }

  // MARK: Pieces

  private func look<Result: Sendable>(
    _ operation: FileError.Operation, _ path: FilePath, _ body: (inout Machine) throws(Errno) -> Result
  ) throws(FileError) -> Result {
    try change(operation, path) { (machine) throws(Errno) in
      guard !machine.isOff else { throw .ioError }
      return try body(&machine)
    }
  }

  private func change<Result: Sendable>(
    _ operation: FileError.Operation, _ path: @autoclosure () -> FilePath,
    _ body: (inout Machine) throws(Errno) -> Result
  ) throws(FileError) -> Result {
    let result = machine.withLock { machine in Swift.Result { () throws(Errno) in try body(&machine) } }
    do throws(Errno) { return try result.get() } catch { throw FileError(operation, path(), error) }
  }
}

extension FakeDisk.Machine {
  /// Counts a change that is about to be made, or prevents it.
  fileprivate mutating func step() throws(Errno) {
    if steps == powerFails { isOff = true }
    guard !isOff else { throw .ioError }
    defer { steps += 1 }
    if let failure, failure.step == steps {
      self.failure = nil
      throw failure.reason
    }
  }

  /// The place of a path itself, links not followed; nil where the folder is missing.
  fileprivate func optionalPlace(_ path: FilePath) throws(Errno) -> FakeTree.Place? {
    do throws(Errno) { return try tree.place(path, following: false) } catch {
      guard error == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }

  fileprivate mutating func makeFolders(_ path: FilePath) throws(Errno) {
    var folder = FilePath("/")
    for component in path.components {
      folder.append(component)
      let place = try tree.place(folder)
      if place.node == nil { _ = tree.make(.folder([:]), at: place) }
    }
  }

  fileprivate mutating func flushAll() {
    for id in tree.nodes.keys { tree.flush(id) }
  }

  /// What is at a path; nil for nothing, and for a link that leads nowhere or in circles.
  fileprivate func found(_ path: FilePath, following: Bool = true) throws(Errno) -> FileStatus? {
    do throws(Errno) {
      guard let (id, node) = try tree.node(path, following: following) else { return nil }
      return status(id, node)
    } catch {
      guard [.noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels].contains(error) else { throw error }
      return nil
    }
  }

  fileprivate func status(_ id: FakeTree.ID, _ node: FakeTree.Node) -> FileStatus {
    let (kind, size): (FileStatus.Kind, Int) =
      switch node.content {
      case .file(let bytes): (.file, bytes.count)
      case .folder: (.folder, 0)
      case .link(let target): (.other, target.utf8.count)
      }
    return FileStatus(kind: kind, size: Int64(size), modified: node.modified, changed: node.changed, inode: id)
  }
}
