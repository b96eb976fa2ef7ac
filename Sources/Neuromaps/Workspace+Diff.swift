package import Diagnostics
internal import Effects
package import Project
internal import SystemPackage

/// What comparing two locks came to.
package struct DiffResult: Sendable {
  /// The older lock as the user would call it: a revision, or a file.
  package let older: String
  /// The newer one.
  package let newer: String
  /// What they differ in.
  package let difference: LockDifference
  /// What the person should know.
  package let warnings: [Diagnostic]
}

extension Workspace {
  /// One of the two; a revision may have none.
  private struct NamedLock {
    let name: String
    let lock: Lockfile?
  }

  /// Compares two locks, each a file or, if there is none of that name, a git revision of the project.
  ///
  /// - Parameters:
  ///   - older: nil for the last commit.
  ///   - newer: nil for the project's lock as it is on disk.
  package func diff(
    from older: String? = nil, to newer: String? = nil
  ) async throws(NeuromapsFailure) -> DiffResult {
    let before = try await olderLock(older)
    let after = try await newerLock(newer)
    return DiffResult(
      older: before.name, newer: after.name, difference: LockDifference(from: before.lock, to: after.lock),
      warnings: lack(of: before, "added") + lack(of: after, "removed"))
  }

  private func olderLock(_ name: String?) async throws(NeuromapsFailure) -> NamedLock {
    guard let name else { return try await lock(at: "HEAD", of: requiredProject()) }
    return try await lock(named: name)
  }

  private func newerLock(_ name: String?) async throws(NeuromapsFailure) -> NamedLock {
    if let name { return try await lock(named: name) }
    let path = try requiredProject().appending(Self.lockName)
    return NamedLock(name: shown(path), lock: try requiredLock())
  }

  private func lock(named name: String) async throws(NeuromapsFailure) -> NamedLock {
    if let file = try lockFile(name) { return NamedLock(name: file.name, lock: try readLock(file)) }
    guard let project else {
      throw NeuromapsFailure(
        .couldNot,
        [
          Diagnostic(
            .revisionUnavailable, "`\(name)` is no file, and there is no project here to have a revision of that name",
            hints: ["`--project DIR` names the folder of `\(Self.manifestName)`"])
        ])
    }
    return try await lock(at: name, of: project)
  }

  private func lock(at revision: String, of project: FilePath) async throws(NeuromapsFailure) -> NamedLock {
    let commit = GitRevision(revision, of: project, world.programs, isOffline: settings.isOffline)
    guard let bytes = try await commit.bytes(of: Self.lockName, limit: ProjectFile.lock.byteLimit) else {
      return NamedLock(name: revision, lock: nil)
    }
    return NamedLock(
      name: revision, lock: try readLock(SourceText(name: "\(revision):\(Self.lockName)", bytes: bytes)))
  }

  /// The file of that name; nil when there is none. A pipe is one too.
  private func lockFile(_ name: String) throws(NeuromapsFailure) -> SourceText? {
    guard let path = world.environment.absolute(name) else { return nil }
    let file = ProjectFile.lock
    do {
      guard let status = try world.files.status(path), status.kind != .folder else { return nil }
      guard status.size <= Int64(file.byteLimit) else {
        throw NeuromapsFailure(.wrongInput, [file.tooLarge(shown(path), status.size)])
      }
      return SourceText(name: shown(path), bytes: try world.files.read(path, limit: file.byteLimit))
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func readLock(_ source: SourceText) throws(NeuromapsFailure) -> Lockfile {
    do throws(Findings) { return try LockReader.read(source) } catch { throw NeuromapsFailure(error) }
  }

  private func lack(of side: NamedLock, _ word: String) -> [Diagnostic] {
    guard side.lock == nil else { return [] }
    return [
      Diagnostic(
        .revisionUnavailable, "there is no `\(Self.lockName)` in `\(side.name)`", severity: .warning,
        notes: ["everything is told as \(word)"])
    ]
  }
}
