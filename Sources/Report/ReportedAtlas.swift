package import Dataset

/// A template: surfaces, labels or volumes that maps are drawn on.
package struct ReportedAtlas: Sendable {
  /// `fsLR/32k`.
  package var id: AtlasID
  /// One line for people.
  package var title: String?
  /// Nil where none is stated, which is no permission.
  package var license: ReportedLicense?
  /// Something to know before using it.
  package var note: String?
  /// On disk.
  package var state: ReportedState
  /// Of all its files.
  package var size: ReportedSize?
  /// In the order of their paths.
  package var files: [ReportedFile] = []
  /// To be cited with it, in order.
  package var references: [ReportedReference] = []

  /// An atlas of which nothing else is known yet.
  package init(id: AtlasID, state: ReportedState) {
    self.id = id
    self.state = state
  }
}
