internal import Dataset

/// Which sets of a manifest are wanted: the main one, always, and of the groups all, some or none.
public enum GroupSelection: Hashable, Sendable {
  /// The main set and these groups.
  case named(Set<String>)
  /// The main set and every group.
  case all

  /// The main set alone.
  public static let main = GroupSelection.named([])

  /// Whether something is wanted that only these groups ask for; no groups for what the main set asks for.
  public func includes(_ groups: [String]) -> Bool {
    switch self {
    case .all: true
    case .named(let names): groups.isEmpty || groups.contains { names.contains($0) }
    }
  }
}
