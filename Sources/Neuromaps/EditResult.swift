package import Project

/// What an edit of the manifest came to.
package struct EditResult: Sendable {
  /// What was changed of what the manifest wants.
  package let edit: ManifestEdit
  /// The lines of the manifest that changed.
  package let lines: [LineChange]
  /// The lock that answers it.
  package let lock: LockResult
  /// Whether the manifest has been written.
  package let isWritten: Bool
}
