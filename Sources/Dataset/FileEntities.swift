/// The entities in the name of a map's file.
///
/// `source-abagen_desc-genepc1_space-fsaverage_den-10k_hemi-L_feature.func.gii`, in this order,
/// as the Python toolbox writes them. The names are BIDS-like; BIDS has no `source` entity.
public struct FileEntities: Hashable, Sendable {
  /// The map that the file belongs to.
  public let map: AnnotationID
  /// The half of the cortex it holds; nil for volumes.
  public let hemi: Hemisphere?

  /// The entities of one file of `map`.
  public init(map: AnnotationID, hemi: Hemisphere?) {
    self.map = map
    self.hemi = hemi
  }

  /// Reads a file name; nil unless it is one that `fileName` would write.
  public init?(fileName: some StringProtocol) {
    let name = String(fileName)
    var values: [String: String] = [:]
    let stem = name.split(separator: "_", omittingEmptySubsequences: false)
    for pair in stem.dropLast() {
      let parts = pair.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, values.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
        return nil
      }
    }
    let sampling = values["den"].map(Sampling.density) ?? values["res"].map(Sampling.resolution)
    guard let source = values["source"], let desc = values["desc"], let space = values["space"], let sampling,
      isLabel(sampling.label),
      let map = AnnotationID(source: source, desc: desc, space: space, sampling: sampling)
    else { return nil }
    self.init(map: map, hemi: values["hemi"].flatMap(Hemisphere.init(rawValue:)))
    guard self.fileName == name else { return nil }
  }

  /// The file's name, without folders.
  public var fileName: String {
    let half = hemi.map { "_hemi-\($0.rawValue)" } ?? ""
    return "\(Self.stem(of: map))\(half)_feature.\(map.sampling.format.fileExtension)"
  }

  /// The name of the file that describes a map, without folders.
  static func sidecarName(of map: AnnotationID) -> String { "\(stem(of: map))_feature.json" }

  private static func stem(of map: AnnotationID) -> String {
    "source-\(map.source)_desc-\(map.desc)_space-\(map.space)_\(map.sampling.entity)-\(map.sampling)"
  }
}
