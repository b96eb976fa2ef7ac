/// A rectangle in a picture, in pixels from its top left corner.
package struct Frame: Hashable, Sendable {
  /// Pixels left of it.
  package let x: Int
  /// Pixels above it.
  package let y: Int
  /// How wide it is.
  package let width: Int
  /// How high it is.
  package let height: Int
}
