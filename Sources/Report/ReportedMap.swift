package import Dataset

/// One map: what it is, where it comes from, and how it looks. Unknown facts are nil.
package struct ReportedMap: Sendable {
  /// Its name.
  package var id: AnnotationID
  /// Which catalog lists it.
  package var catalog: String
  /// One line for people.
  package var title: String?
  /// How it was measured: `PET`.
  package var modality: String?
  /// The quantity: `BPnd`.
  package var measure: String?
  /// What a tracer binds to.
  package var target: String?
  /// How many people it was made from, as published.
  package var people: String?
  /// Their age in years, as published.
  package var age: String?
  /// Something to know before using it.
  package var note: String?
  /// Words to find it by.
  package var tags: [String] = []
  /// Nil where none is stated, which is no permission.
  package var license: ReportedLicense?
  /// The named sets of the manifest that it belongs to.
  package var groups: [String] = []
  /// Whether it is given only to people with access.
  package var isRestricted = false
  /// On disk.
  package var state: ReportedState
  /// Of all its files.
  package var size: ReportedSize?
  /// Left, then right hemisphere, or one volume.
  package var files: [ReportedFile] = []
  /// To be cited for the map itself, in order.
  package var references: [ReportedReference] = []
  /// On data or method behind it, in order.
  package var background: [ReportedReference] = []
  /// How it looks.
  package var drawing = ReportedDrawing.missing(because: "no picture was made")
  /// How its values are distributed.
  package var histogram: ReportedHistogram?
  /// What its files hold, one for each.
  package var images: [ReportedImage] = []
  /// What was found wrong with it.
  package var warnings: [String] = []

  /// A map of which nothing else is known yet.
  package init(id: AnnotationID, catalog: String, state: ReportedState) {
    self.id = id
    self.catalog = catalog
    self.state = state
  }
}
