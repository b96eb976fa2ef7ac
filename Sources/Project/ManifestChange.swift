/// What is to be changed in one set of a manifest.
package struct ManifestChange: Sendable {
  /// The two kinds of changes.
  package enum Action: Hashable, Sendable {
    /// Want more.
    case add
    /// Want less.
    case remove
  }

  /// Whether items come or go.
  package let action: Action
  /// Which, in the order in which they come.
  package let items: [ManifestItem]
  /// The group that is changed; nil for the main set.
  package let group: String?
  /// Items that are added although a pattern matches them, as it does not bring them: of a restricted map, say.
  package var writtenOut: Set<ManifestItem> = []

  /// A change.
  package init(_ action: Action, _ items: [ManifestItem], in group: String? = nil) {
    self.action = action
    self.items = items
    self.group = group
  }
}
