internal import Dataset
internal import Diagnostics
internal import Project

/// The named sets of a project.
extension Workspace {
  /// Whether every group that is asked for is one of the manifest or the lock; throws of those that are not.
  func checkGroups(
    of selection: GroupSelection, in lock: Lockfile, _ manifest: Manifest?
  ) throws(NeuromapsFailure) {
    guard case .named(let names) = selection else { return }
    let known = groupNames(.all, in: lock, manifest).sorted(by: precedes)
    let unknown = names.subtracting(known).sorted(by: precedes)
    guard unknown.isEmpty else {
      throw NeuromapsFailure(
        .wrongInput,
        unknown.map { name in
          let near = Suggestion.nearest(to: name, among: known).map { "did you mean `\($0)`?" }
          let list = known.map { "`\($0)`" }.joined(separator: ", ")
          return Diagnostic(
            .noSuchGroup, "there is no group `\(name)`",
            hints: [near ?? (known.isEmpty ? "`groups` in the manifest makes some" : "there are \(list)")])
        })
    }
  }

  /// The names of the groups that are meant; of the manifest, and of a lock that may be older.
  func groupNames(_ selection: GroupSelection, in lock: Lockfile, _ manifest: Manifest?) -> Set<String> {
    switch selection {
    case .named(let names): names
    case .all: lock.groups.union(manifest?.groups.map(\.name) ?? [])
    }
  }
}
