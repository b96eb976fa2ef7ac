/// A place to get a file from, and whose it is.
package struct DownloadSource: Hashable, Sendable {
  /// The place.
  package let place: DownloadPlace
  /// The mirror that the place is part of, as it was given; nil for the origin.
  package let mirror: String?

  /// A place of a mirror, or of the origin.
  package init(_ place: DownloadPlace, mirror: String? = nil) {
    self.place = place
    self.mirror = mirror
  }
}
