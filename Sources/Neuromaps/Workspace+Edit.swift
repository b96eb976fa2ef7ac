internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Effects
package import Project
package import Sync
internal import SystemPackage

extension Workspace {
  /// Changes what the manifest wants, and locks that.
  ///
  /// The new manifest is resolved before anything is written. Then it takes the place of the old one, the lock follows,
  /// and if the lock cannot be written, the old manifest is put back. One that somebody else has changed meanwhile is
  /// left alone. Who is killed between the two leaves a lock that is stale, which the next sync makes anew.
  ///
  /// - Parameter observer: told what is asked of OSF.
  package func edit(
    _ change: ManifestChange, isDryRun: Bool, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> EditResult {
    let before = try requiredManifest()
    var options = LockOptions()
    options.isDryRun = isDryRun
    options.asksOrigins = !isDryRun
    let (edit, lock) = try await resolved(change, of: before, options, observer)
    let isWritten = try isDryRun ? false : write(edit.text, over: before, with: lock.lock)
    return EditResult(
      edit: edit, lines: LineChange.between(before, edit.text), lock: lock, isWritten: isWritten)
  }

  /// The manifest after a change, and the lock for it; writes nothing.
  private func resolved(
    _ change: ManifestChange, of source: SourceText, _ options: LockOptions,
    _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> (ManifestEdit, LockResult) {
    let edit = try await edited(source, change)
    do throws(NeuromapsFailure) {
      let result = try await resolvedLock(options, of: edit.text, observer: observer)
      // A pattern passes over what is restricted, or not in the preferred space.
      let passed = edit.unchanged.filter { $0.isByPattern && !result.lock.brings($0.item, for: change.group) }
      guard !passed.isEmpty else { return (edit, result) }
      var change = change
      change.writtenOut = Set(passed.map(\.item))
      let whole = try await edited(source, change)
      return (whole, try await resolvedLock(options, of: whole.text, observer: observer))
    } catch {
      throw error.noting("`\(source.name)` was left as it is")
    }
  }

  private func edited(
    _ source: SourceText, _ change: ManifestChange
  ) async throws(NeuromapsFailure) -> ManifestEdit {
    do throws(Findings) {
      let manifest = try ManifestReader.read(source)
      guard ManifestEditor.missing(change, in: manifest).isEmpty else {
        let set = CatalogSet(await catalogsAtHand(manifest).map(\.catalog))
        let absence = ManifestAbsence(manifest, change) { query, id in set.maps(query).contains { $0.map.id == id } }
        throw Findings(absence.diagnostics)
      }
      return try ManifestEditor.edit(source, change)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  // MARK: Writing

  /// Writes both files; whether the manifest had to be.
  private func write(
    _ text: SourceText, over before: SourceText, with lock: Lockfile
  ) throws(NeuromapsFailure) -> Bool {
    guard text.bytes != before.bytes else {
      _ = try write(lock)
      return false
    }
    let place = try place(ofManifest: try requiredProject())
    guard try source(.manifest)?.bytes == before.bytes else {
      throw NeuromapsFailure(
        .couldNot,
        [
          Diagnostic(
            .cannotEdit, "`\(before.name)` cannot be edited: somebody else has changed it just now",
            notes: ["it was left as it is"], hints: ["run the command again"])
        ])
    }
    do throws(NeuromapsFailure) {
      do throws(FileError) {
        try world.files.write(text.bytes, to: place)
      } catch {
        throw NeuromapsFailure(error)
      }
      _ = try write(lock)
      return true
    } catch {
      throw undone(error, before, at: place)
    }
  }

  /// Puts the old manifest back after a failure, and says so.
  private func undone(_ failure: NeuromapsFailure, _ before: SourceText, at place: FilePath) -> NeuromapsFailure {
    do throws(FileError) {
      if try world.files.read(place, limit: ProjectFile.manifest.byteLimit) != before.bytes {
        try world.files.write(before.bytes, to: place)
      }
      return failure.noting("`\(before.name)` is as it was")
    } catch {
      return NeuromapsFailure(failure.reason, failure.diagnostics + NeuromapsFailure(error).diagnostics)
    }
  }

  /// The file that the manifest's name leads to, so that a symbolic link stays one.
  private func place(ofManifest folder: FilePath) throws(NeuromapsFailure) -> FilePath {
    var path = folder.appending(Self.manifestName)
    do throws(FileError) {
      for _ in 0..<32 {
        guard let target = try world.files.linkTarget(path) else { return path }
        path = path.removingLastComponent().pushing(target)
      }
      throw FileError(.look, path, .tooManySymbolicLinkLevels)
    } catch {
      throw NeuromapsFailure(error)
    }
  }
}

extension Lockfile {
  /// Whether a map that is written out is locked for a set; true of all else.
  fileprivate func brings(_ item: ManifestItem, for group: String?) -> Bool {
    guard case .map(let pattern) = item, let id = pattern.id else { return true }
    return maps.contains { map in
      map.id == id && (map.groups.isEmpty || group.map { map.groups.contains($0) } ?? false)
    }
  }
}

extension NeuromapsFailure {
  /// The same with a fact more, told last.
  fileprivate func noting(_ fact: String) -> NeuromapsFailure {
    var diagnostics = diagnostics
    if let last = diagnostics.indices.last { diagnostics[last].notes.append(fact) }
    return NeuromapsFailure(reason, diagnostics)
  }
}
