/// A box along the axes of a space, in millimeters.
package struct WorldBox: Hashable, Sendable {
  /// The smallest x, y and z.
  package let low: [Double]
  /// The largest x, y and z.
  package let high: [Double]

  /// The cortex in MNI152: what every map of it should hold, a little less than the template's brain.
  ///
  /// The cerebellum reaches below; there are volumes that end above it and are none the worse.
  package static let cortex = WorldBox(low: [-66, -100, -40], high: [66, 68, 74])

  /// A box between two corners.
  ///
  /// - Parameters:
  ///   - low: the smallest x, y and z.
  ///   - high: the largest.
  package init(low: [Double], high: [Double]) {
    self.low = low
    self.high = high
  }

  /// The box that the voxels of a volume fill, from middle to middle; nil without voxels.
  init?(_ shape: [Int], _ toWorld: Affine) {
    guard shape.count >= 3, shape.prefix(3).allSatisfy({ $0 > 0 }) else { return nil }
    let last = shape.prefix(3).map { Double($0 - 1) }
    let corners = (0..<8).map { corner in
      let point = toWorld(
        corner & 1 == 0 ? 0 : last[0], corner & 2 == 0 ? 0 : last[1], corner & 4 == 0 ? 0 : last[2])
      return [point.0, point.1, point.2]
    }
    self.init(
      low: (0..<3).map { axis in corners.map { $0[axis] }.min() ?? 0 },
      high: (0..<3).map { axis in corners.map { $0[axis] }.max() ?? 0 })
  }

  /// Whether all of the other box is in this one.
  func holds(_ other: WorldBox) -> Bool {
    (0..<3).allSatisfy { low[$0] <= other.low[$0] && other.high[$0] <= high[$0] }
  }

  /// Whether the two have a point in common.
  func meets(_ other: WorldBox) -> Bool {
    (0..<3).allSatisfy { low[$0] <= other.high[$0] && other.low[$0] <= high[$0] }
  }
}
