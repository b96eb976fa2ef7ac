package import Dataset

/// Something about an image that is not as its name says, or not as a map should be.
package struct ImageFinding: Hashable, Sendable {
  /// What it is, with the facts.
  package enum Problem: Hashable, Sendable {
    /// The file is no image, or a broken one.
    case unreadable(ImageFailure)
    /// A surface where the name says volume, or the other way round.
    case wrongFormat(ImageFormat, named: MapFormat)
    /// A number of vertices that the density does not have; `of` are those that do, of any space.
    case wrongVertexCount(Int, expected: Int, of: [SurfaceDensity])
    /// Voxels of another size than the resolution, in millimeters.
    case wrongVoxelSize([Double], expected: Double)
    /// A volume that lies beside the brain of its space.
    case besideBrain(WorldBox, brain: WorldBox)
    /// A volume that holds a part of the brain of its space alone.
    case partOfBrain(WorldBox, brain: WorldBox)
    /// The other half of the cortex than the name says.
    case wrongHemisphere(Hemisphere, named: Hemisphere)
    /// Values that are no finite numbers.
    case nonFinite(Int64, of: Int64)
    /// One value everywhere, other than zero.
    case constant(Double)
    /// Zero everywhere, or no value at all.
    case empty
    /// Several data arrays or time points, where a map has one.
    case severalMaps(Int)
    /// Dimensions that a map does not have, though there is one map.
    case oddShape([Int])
    /// Values of a size that nothing measured has, which other byte order gives.
    case absurdValues(largest: Double)
    /// Left and right are the same, value for value or byte for byte.
    case sameHalves
  }

  /// What was found.
  package let problem: Problem
  /// Why it is no surprise: the built-in catalog's map is known to be so.
  package let known: String?

  /// A finding, a surprise unless said otherwise.
  ///
  /// - Parameters:
  ///   - problem: what was found.
  ///   - known: why it is no surprise, as a sentence without a full stop.
  package init(_ problem: Problem, known: String? = nil) {
    self.problem = problem
    self.known = known
  }

  /// Whether it is known of the map, and so no fault of this copy.
  package var isKnown: Bool { known != nil }
}
