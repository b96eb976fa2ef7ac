/// A surface of a space, and how many vertices each of its halves has.
package struct SurfaceDensity: Hashable, Sendable, CustomStringConvertible {
  /// The coordinate system: `fsaverage`.
  package let space: String
  /// Its density: `10k`.
  package let label: String
  /// Vertices of one hemisphere.
  package let vertices: Int

  /// `fsaverage 10k`.
  package var description: String { "\(space) \(label)" }

  /// All that maps are drawn on.
  package static let all = [
    SurfaceDensity(space: "fsaverage", label: "3k", vertices: 2562),
    SurfaceDensity(space: "fsaverage", label: "10k", vertices: 10_242),
    SurfaceDensity(space: "fsaverage", label: "41k", vertices: 40_962),
    SurfaceDensity(space: "fsaverage", label: "164k", vertices: 163_842),
    SurfaceDensity(space: "fsLR", label: "4k", vertices: 4002),
    SurfaceDensity(space: "fsLR", label: "8k", vertices: 7842),
    SurfaceDensity(space: "fsLR", label: "32k", vertices: 32_492),
    SurfaceDensity(space: "fsLR", label: "164k", vertices: 163_842),
    SurfaceDensity(space: "civet", label: "41k", vertices: 40_962),
    SurfaceDensity(space: "civet", label: "164k", vertices: 163_842),
  ]

  /// Vertices of a density; nil of one that is not known here.
  ///
  /// - Parameters:
  ///   - space: the coordinate system.
  ///   - label: the density, as in a name.
  package static func vertices(_ space: String, _ label: String) -> Int? {
    all.first { $0.space == space && $0.label == label }?.vertices
  }
}
