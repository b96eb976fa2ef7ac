internal import Dataset
internal import Effects
internal import Images
internal import Pictures
internal import Project
internal import Sync
internal import SystemPackage

/// The surfaces that maps are drawn on: for each atlas the first of its kinds that is there and can be read.
struct MeshShelf: Sendable {
  /// The halves of one surface.
  struct Pair: Sendable {
    /// `inflated`, as its files are named.
    let kind: String
    /// What is drawn on.
    let meshes: SurfaceMeshes
  }

  /// The best to look at first: on an inflated surface nothing hides in a fold.
  private static let kinds = ["inflated", "veryinflated", "midthickness", "pial", "white"]

  private let pairs: [AtlasID: Pair]

  /// A shelf with nothing on it.
  static let empty = MeshShelf(pairs: [:])

  /// The surfaces of the spaces of some maps.
  ///
  /// - Parameters:
  ///   - maps: what is to be drawn.
  ///   - states: what is there of the lock.
  ///   - root: the data directory.
  ///   - jobs: how many atlases are read at a time.
  static func filled(
    for maps: [AnnotationID], from states: [FileState], in root: FilePath, _ files: any FileSystem, jobs: Int
  ) async throws -> MeshShelf {
    let wanted = Set(maps.compactMap(Self.atlas)).sorted()
    let there = Dictionary(grouping: states.filter(\.isRight), by: \.file.item)
    let pairs = try await boundedMap(wanted, limit: jobs) { atlas in
      let paths = (there[.atlas(atlas)] ?? []).map(\.file.path)
      return await BlockingWork.run { pair(of: paths, in: root, files) }
    }
    return MeshShelf(
      pairs: Dictionary(
        zip(wanted, pairs).compactMap { id, pair in pair.map { (id, $0) } }, uniquingKeysWith: { first, _ in first }))
  }

  /// The surface of a map's space and density; nil of a volume, and where there is none.
  subscript(map: AnnotationID) -> Pair? { Self.atlas(of: map).flatMap { pairs[$0] } }

  private static func atlas(of map: AnnotationID) -> AtlasID? {
    guard case .density = map.sampling else { return nil }
    return AtlasID(name: map.space, sampling: map.sampling)
  }

  /// One with both halves goes before one with a single half.
  private static func pair(of paths: [DatasetPath], in root: FilePath, _ files: any FileSystem) -> Pair? {
    let candidates = kinds.map { kind in
      (
        kind: kind,
        halves: Hemisphere.allCases.map { half in
          paths.first { $0.text.hasSuffix("_hemi-\(half.rawValue)_\(kind).surf.gii") }
        }
      )
    }
    for isWhole in [true, false] {
      for (kind, halves) in candidates where halves.contains(nil) != isWhole && halves != [nil, nil] {
        let meshes = halves.map { path in path.flatMap { mesh(root.pushing(FilePath($0.text)), files) } }
        guard zip(halves, meshes).allSatisfy({ ($0 == nil) == ($1 == nil) }) else { continue }
        return Pair(kind: kind, meshes: SurfaceMeshes(left: meshes[0], right: meshes[1]))
      }
    }
    return nil
  }

  private static func mesh(_ path: FilePath, _ files: any FileSystem) -> SurfaceMesh? {
    do throws(PictureObstacle) {
      return try MapImage(path).read(from: files) { supply throws(ImageFailure) in try ImageReader.mesh(supply: supply)
      }
    } catch {
      // The next kind may be right, and without one maps are drawn flat, which is told.
      return nil
    }
  }
}
