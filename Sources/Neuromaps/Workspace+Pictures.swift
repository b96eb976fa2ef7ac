internal import Catalog
internal import Dataset
package import Diagnostics
internal import Effects
internal import Pictures
internal import Project
internal import Store
internal import Sync
package import SystemPackage

/// Pictures that were written, each to a file.
package struct PictureResult: Sendable {
  /// A picture.
  package struct Picture: Sendable {
    /// What it shows: the name of a map, or the path of a file as it was written.
    package let name: String
    /// Where it is.
    package let path: FilePath
    /// In pixels.
    package let width: Int
    /// In pixels.
    package let height: Int
    /// What a surface is drawn on: `inflated`, or why it is flat; nil of a volume.
    package let surface: String?
    /// Whether a surface is drawn as a list of values.
    package let isFlat: Bool
  }

  /// In the order asked for.
  package let pictures: [Picture]
  /// Why others are not there.
  package let problems: [Diagnostic]
  /// Whether it is all because of files that are not there, or not the locked ones.
  package let lacksFilesOnly: Bool
}

extension Workspace {
  /// So many maps are drawn at a time at most: each needs some dozens of megabytes, and a few keep any disk busy.
  var drawers: Int { min(settings.jobs, 8) }

  /// Draws maps with their colors beneath, each as a PNG file.
  ///
  /// - Parameters:
  ///   - subjects: locked maps, and files.
  ///   - output: a file for one picture, which ends in `.png`, or a folder; nil for the current one.
  ///   - overwriting: whether pictures that are there give way.
  /// - Throws: what would be overwritten, before anything is drawn.
  package func draw(
    _ subjects: [PictureSubject], to output: String?, overwriting: Bool
  ) async throws(NeuromapsFailure) -> PictureResult {
    let (drafts, states, root) = try await drafts(of: subjects)
    let targets = try targets(of: drafts, output, overwriting)
    do {
      let shelf = try await MeshShelf.filled(
        for: drafts.compactMap(\.map), from: states, in: root, world.files, jobs: drawers)
      let results = try await boundedMap(Array(zip(drafts, targets)), limit: drawers) { draft, target in
        try await draw(draft, on: shelf, to: target)
      }
      let obstacles = zip(drafts, results).compactMap { draft, result -> (String, PictureObstacle)? in
        if case .failure(let obstacle) = result { (draft.name, obstacle) } else { nil }
      }
      return PictureResult(
        pictures: results.compactMap { if case .success(let picture) = $0 { picture } else { nil } },
        problems: obstacles.map { $1.diagnostic($0) },
        lacksFilesOnly: obstacles.allSatisfy { $1 == .missing || $1 == .changed })
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func draw(
    _ draft: PictureDraft, on shelf: MeshShelf, to target: OutputFile
  ) async throws -> Result<PictureResult.Picture, PictureObstacle> {
    if let obstacle = draft.obstacle { return .failure(obstacle) }
    let files = world.files
    let drawn = await BlockingWork.run {
      DrawnMap(
        draft.images, name: draft.name, on: draft.map.flatMap { shelf[$0] }, withColorBar: true, files)
    }
    switch drawn.picture {
    case .failure(let obstacle): return .failure(obstacle)
    case .success(let picture):
      _ = try write(picture.png, to: target)
      return .success(
        PictureResult.Picture(
          name: draft.name, path: target.path, width: picture.width, height: picture.height, surface: drawn.surface,
          isFlat: picture.isFlat))
    }
  }

  // MARK: What is to be drawn

  private func drafts(
    of subjects: [PictureSubject]
  ) async throws(NeuromapsFailure) -> (drafts: [PictureDraft], states: [FileState], root: FilePath) {
    let needsLock = subjects.contains { if case .maps = $0 { true } else { false } }
    let found = needsLock ? try requiredLock() : project == nil ? nil : try lock()
    var (states, root): ([FileState], FilePath) = ([], "")
    if let found {
      let observed = try await observed(found, .all, manifest(for: .frozen))
      (states, root) = (observed.files, observed.root)
    }
    let files = states.byItem
    var drafts: [PictureDraft] = []
    for subject in subjects {
      switch subject {
      case .file(let text): drafts.append(try draft(ofFile: text))
      case .maps(let pattern):
        let maps = (found?.maps ?? []).map(\.id).filter { pattern.matches($0) }
        if maps.isEmpty { throw NeuromapsFailure(.couldNot, [notLocked(.map(pattern), found?.items ?? [])]) }
        drafts += maps.map { PictureDraft($0, files[.map($0)] ?? [], in: root) }
      }
    }
    var seen: Set<String> = []
    return (drafts.filter { seen.insert($0.name).inserted }, states, root)
  }

  private func draft(ofFile text: String) throws(NeuromapsFailure) -> PictureDraft {
    let path = try Self.place(text, world.environment)
    do throws(FileError) {
      let status = try world.files.status(path)
      let refusal: FileError? =
        switch status?.kind {
        case .file: nil
        case nil: FileError(.read, path, .noSuchFileOrDirectory)
        case .folder, .other: FileError(.read, path, .invalidArgument)
        }
      return PictureDraft(path, name: text, refusal)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  // MARK: Where it goes

  private func targets(
    of drafts: [PictureDraft], _ output: String?, _ overwriting: Bool
  ) throws(NeuromapsFailure) -> [OutputFile] {
    let named = try output.map { name throws(NeuromapsFailure) in try Self.place(name, world.environment) }
    let isFile = output?.lowercased().hasSuffix(".png") == true
    if isFile, let output, drafts.count > 1 {
      throw NeuromapsFailure(
        .wrongUsage,
        [
          Diagnostic(
            .notOverwritten, "`\(output)` is one file, and there are \(drafts.count) pictures",
            hints: ["`-o DIR` names a folder"])
        ])
    }
    let folder = named ?? world.environment.currentFolder
    let paths = drafts.map { isFile ? folder : folder.appending($0.fileName) }
    var problems: [Diagnostic] = []
    var targets: [OutputFile] = []
    for (index, path) in paths.enumerated() {
      if let first = paths[..<index].firstIndex(of: path) {
        problems.append(
          Diagnostic(
            .notOverwritten, "`\(shown(path))` would be written twice",
            notes: ["for `\(drafts[first].name)` and `\(drafts[index].name)`"],
            hints: ["draw them one at a time: `-o FILE.png`"]))
      }
      do throws(NeuromapsFailure) {
        targets.append(try self.output(path, overwriting: overwriting))
      } catch {
        problems += error.diagnostics
      }
    }
    guard problems.isEmpty else { throw NeuromapsFailure(.couldNot, problems) }
    return targets
  }
}
