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
    /// Something else is there and stays.
    case leave(Observation)
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

  /// - Parameters:
  ///   - repairing: whether files with other bytes give way.
  ///   - isObtainable: whether there is any place to get a file from that the store lacks.
  package init(_ found: [Found], repairing: Bool, isObtainable: (LockedFile) -> Bool) {
    steps = found.map { found in
      switch found.observation {
      case .matches(let entry): (found.file, .keep(entry))
      case .differs where !repairing, .notAFile, .unreadable: (found.file, .leave(found.observation))
      case .differs, .missing:
        (found.file, Self.supply(found, setsAside: found.observation != .missing, isObtainable))
      }
    }
  }

  private static func supply(_ found: Found, setsAside: Bool, _ isObtainable: (LockedFile) -> Bool) -> Step {
    if let object = found.object { return .place(object, setsAside: setsAside) }
    return isObtainable(found.file) ? .download(setsAside: setsAside) : .lack
  }

  /// Whether the data directory answers the lock already.
  package var isEmpty: Bool {
    steps.allSatisfy { step in if case .keep = step.step { true } else { false } }
  }
}
