internal import Dataset
internal import Diagnostics
internal import Project
internal import Sync

/// What OSF knows of the files of a lock: size, SHA-256, and the version that has the locked bytes.
extension Workspace {
  /// Something that a lock gets from OSF.
  private struct Unpinned {
    let name: String
    let question: OriginInquiry.Question
    let path: DatasetPath?
    let atlas: AtlasID?

    /// Nil for what is not on OSF, or pinned wholly.
    init?(
      _ name: String, _ origin: Origin, _ checksums: Checksums, path: DatasetPath? = nil, atlas: AtlasID? = nil
    ) {
      guard case .osf(let file) = origin, file.version == nil || !checksums.isComplete else { return nil }
      self.name = name
      question = OriginInquiry.Question(file, wanted: checksums)
      self.path = path
      self.atlas = atlas
    }
  }

  /// A lock in which every file on OSF has what OSF knows of it, as far as it can be asked.
  ///
  /// Restricted files are not asked about, as the answer would depend on a token.
  ///
  /// - Parameters:
  ///   - isWanted: which files, and for atlases any of their files.
  /// - Returns: the lock, and what the person should know.
  func pinned(
    _ lock: Lockfile, _ isWanted: (LockedFile) -> Bool = { _ in true },
    observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> (lock: Lockfile, warnings: [Diagnostic]) {
    let unpinned = Self.unpinned(of: lock, isWanted)
    guard !unpinned.isEmpty else { return (lock, []) }
    do {
      let inquiry = OriginInquiry(world, store: try store(), origins: try origins(nil))
      let answers = try await inquiry.answers(
        to: unpinned.map(\.question), jobs: settings.jobs, observer: observer)
      var files: [DatasetPath: OSFVersion] = [:]
      var atlases: [AtlasID: OSFVersion] = [:]
      for (item, answer) in zip(unpinned, answers) {
        guard case .version(let version) = answer else { continue }
        if let path = item.path { files[path] = version }
        if let atlas = item.atlas { atlases[atlas] = version }
      }
      return (lock.pinned(files: files, atlases: atlases), Self.warnings(unpinned, answers))
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private static func unpinned(of lock: Lockfile, _ isWanted: (LockedFile) -> Bool) -> [Unpinned] {
    let restricted = lock.restricted
    let files = lock.files.filter { isWanted($0) && !restricted.contains($0.item) }
    let atlases = Set(files.map(\.item))
    return files.compactMap { file -> Unpinned? in
      guard case .download(let origin, let checksums) = file.content else { return nil }
      return Unpinned(file.path.fileName, origin, checksums, path: file.path)
    }
      + lock.atlases.filter { atlases.contains(.atlas($0.id)) }.compactMap { atlas in
        Unpinned(atlas.archive, atlas.origin, atlas.checksums, atlas: atlas.id)
      }
  }

  private static func warnings(_ unpinned: [Unpinned], _ answers: [OriginInquiry.Answer]) -> [Diagnostic] {
    let gone = zip(unpinned, answers).filter { $0.1 == .noVersion }.map(\.0)
    let unknown = zip(unpinned, answers).compactMap { item, answer -> (Unpinned, DownloadFailure)? in
      if case .unknown(let failure) = answer { (item, failure) } else { nil }
    }
    var warnings: [Diagnostic] = []
    if let first = gone.first {
      warnings.append(
        Diagnostic(
          .originChanged, "no version on OSF has the bytes that the catalog has of \(names(gone))",
          severity: .warning, notes: ["it wants \(first.question.wanted) of `\(first.name)`"],
          hints: ["a mirror may have them; a newer catalog may know the new ones"]))
    }
    if let first = unknown.first {
      let weak = unknown.count { $0.0.question.wanted.sha256 == nil }
      let notes =
        weak > 0 ? ["until then an MD5 alone binds \(weak) of them: good against accidents, not against malice"] : []
      warnings.append(
        Diagnostic(
          .pinsIncomplete, "OSF did not tell size, SHA-256 and version of \(names(unknown.map(\.0)))",
          severity: .warning, notes: notes, causes: [first.1.summary],
          hints: ["the next `neuromaps sync` that downloads them completes their pins"]))
    }
    return warnings
  }

  private static func names(_ items: [Unpinned]) -> String {
    let others = items.count > 1 ? " and \(items.count - 1) more" : ""
    return items.first.map { "`\($0.name)`\(others)" } ?? ""
  }
}
