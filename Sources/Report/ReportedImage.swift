/// What is in the file of a map; the numbers are written as `info` writes them.
package struct ReportedImage: Sendable {
  /// Which file it is: `left`, `right`, `volume`.
  package var name: String
  /// `32492`, or `91 × 109 × 91`.
  package var shape: String?
  /// As numpy calls it: `float32`.
  package var dataType: String?
  /// Of its coordinates: `mm`.
  package var units: String?
  /// `2 × 2 × 2`.
  package var voxelSize: String?
  /// Of the finite values.
  package var minimum: String?
  /// Of the finite values.
  package var maximum: String?
  /// Of the finite values.
  package var mean: String?
  /// How many values there are.
  package var count: Int64?
  /// How many of them are 0.
  package var zeros: Int64?
  /// How many of them are no numbers, or infinite.
  package var nonFinite: Int64?

  /// An image of which nothing is known yet.
  package init(name: String) { self.name = name }
}
