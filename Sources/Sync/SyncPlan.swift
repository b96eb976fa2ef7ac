package import Dataset
package import Project
package import Store

/// What a sync will do, decided before anything is done: a pure function of what was found.
package struct SyncPlan: Sendable {
  /// What will happen to one file.
  package enum Step: Hashable, Sendable {
    /// It is there; with all that is known of it.
    case keep(DataIndex.Entry)
    /// It comes from the store; what is there now is set aside.
    case place(StoredObject, setsAside: Bool)
    /// It is downloaded; what is there now is set aside.
    case download(setsAside: Bool)
    /// It comes out of its atlas's archive; what is there now is compared, and left or set aside.
    case unpack
    /// It is metadata and is written; what is there now is set aside.
    case write(setsAside: Bool)
    /// It is there, nothing is known to check it with, and that is enough.
    case accept
    /// Something else is there and stays.
    case leave(Observation)
    /// It is restricted and is left out.
    case skip
    /// It would have to be downloaded, and that is not allowed.
    case lack
  }

  /// A locked file with what was found of it.
  package struct Found: Sendable {
    let file: LockedFile
    let observation: Observation
    let object: StoredObject?

    /// A finding; `object` is what the store has for it.
    package init(file: LockedFile, observation: Observation, object: StoredObject?) {
      self.file = file
      self.observation = observation
      self.object = object
    }
  }

  /// Every locked file with its step, in the order of the lock.
  package let steps: [(file: LockedFile, step: Step)]
  /// What the project has placed for earlier locks: what goes, and what stays with the reason.
  package let leftovers: [DataFolder.Leftover]

  /// - Parameters:
  ///   - leftovers: what may go.
  ///   - policy: what may be done.
  ///   - isRestricted: whether a file's origin asks for a token.
  ///   - isObtainable: whether there is any place to get a file from that the store lacks.
  package init(
    _ found: [Found], leftovers: [DataFolder.Leftover] = [], _ policy: SyncPolicy,
    isRestricted: (LockedFile) -> Bool, isObtainable: (LockedFile) -> Bool
  ) {
    self.leftovers = leftovers
    steps = found.map { found in
      let step: Step =
        switch found.observation {
        case .matches(let entry): .keep(entry)
        case .differs where !policy.repairs, .notAFile, .unreadable: .leave(found.observation)
        case .unverified where policy.acceptsUnverified && !policy.repairs: .accept
        case .differs, .missing, .outdated, .unverified:
          policy.skipsRestricted && isRestricted(found.file) ? .skip : Self.supply(found, isObtainable)
        }
      return (found.file, step)
    }
  }

  private init(steps: [(file: LockedFile, step: Step)], leftovers: [DataFolder.Leftover]) {
    self.steps = steps
    self.leftovers = leftovers
  }

  /// The files of metadata that were looked at.
  package var metadata: [LockedFile] { steps.map(\.file).filter(\.isMetadata) }

  /// The same without files of metadata.
  package var withoutMetadata: SyncPlan {
    SyncPlan(steps: steps.filter { !$0.file.isMetadata }, leftovers: leftovers)
  }

  /// What goes.
  package var removals: [DataFolder.Leftover] { leftovers.filter { $0.reason == nil } }

  /// The same steps for the same files as another lock has them.
  package func updated(to lock: Lockfile) -> SyncPlan {
    let files = Dictionary(lock.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return SyncPlan(steps: steps.map { (files[$0.file.path] ?? $0.file, $0.step) }, leftovers: leftovers)
  }

  /// What the bytes are, where known, that files come to have.
  var placing: [DatasetPath: Checksums] {
    let arrivals = steps.compactMap { file, step -> (DatasetPath, Checksums)? in
      let checksums: Checksums?
      switch step {
      case .place(let object, _): checksums = object.checksums
      case .download, .unpack, .write: checksums = file.checksums
      case .keep, .accept, .leave, .skip, .lack: checksums = nil
      }
      return checksums.map { (file.path, $0) }
    }
    return Dictionary(arrivals, uniquingKeysWith: { first, _ in first })
  }

  /// Where the files are that come over the network.
  package var downloads: Set<DatasetPath> {
    Set(
      steps.compactMap { file, step in
        switch step {
        case .download, .unpack: file.path
        case .keep, .place, .write, .accept, .leave, .skip, .lack: nil
        }
      })
  }

  private static func supply(_ found: Found, _ isObtainable: (LockedFile) -> Bool) -> Step {
    let setsAside = found.observation != .missing
    if found.file.isMetadata { return .write(setsAside: setsAside) }
    if let object = found.object { return .place(object, setsAside: setsAside) }
    guard isObtainable(found.file) else { return .lack }
    if case .member = found.file.content { return .unpack }
    return .download(setsAside: setsAside)
  }

  /// Whether the data directory answers the lock already.
  package var isEmpty: Bool {
    removals.isEmpty
      && steps.allSatisfy { step in
        switch step.step {
        case .keep, .accept, .skip: true
        case .place, .download, .unpack, .write, .leave, .lack: false
        }
      }
  }

  /// Whether nothing would be written, whatever is lacking or other than it should be.
  package var changesNothing: Bool {
    removals.isEmpty
      && steps.allSatisfy { step in
        switch step.step {
        case .keep, .accept, .skip, .leave, .lack: true
        case .place, .download, .unpack, .write: false
        }
      }
  }
}
