package import Diagnostics

/// What a change makes of a manifest.
package struct ManifestEdit: Sendable {
  /// An item that was to be added and is wanted already.
  package struct Unchanged: Sendable {
    /// The item.
    package let item: ManifestItem
    /// The line, from 1, of the entry that wants it.
    package let line: Int
    /// Whether that entry is a pattern, which may not bring what it matches: no restricted map, say.
    package let isByPattern: Bool
  }

  /// The manifest as it will be.
  package let text: SourceText
  /// What it wants more.
  package let added: [ManifestItem]
  /// What it wants no more, in the order of the file.
  package let removed: [ManifestItem]
  /// What it wants as before.
  package let unchanged: [Unchanged]
}
