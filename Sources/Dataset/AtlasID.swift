/// The name of a template: `fsLR/32k`, `MNI152/2mm`, or `regfusion`, which has no density.
public struct AtlasID: Hashable, Sendable {
  /// The coordinate system, or what else it is called; its folder below `atlases/`.
  public let name: String
  /// Vertices per hemisphere of a surface, or voxel size of a volume; nil where it has neither.
  public let sampling: Sampling?

  /// Nil unless each part is a BIDS label.
  public init?(name: String, sampling: Sampling?) {
    guard isLabel(name), sampling.map({ Sampling($0.label) == $0 }) ?? true else { return nil }
    self.name = name
    self.sampling = sampling
  }

  /// Reads `name/den-or-res` or `name`; nil for anything else, patterns included.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    let sampling = parts.count == 2 ? Sampling(parts[1]) : nil
    guard parts.count == 1 || sampling != nil else { return nil }
    self.init(name: String(parts[0]), sampling: sampling)
  }
}

extension AtlasID: CustomStringConvertible {
  /// As in a manifest.
  public var description: String { sampling.map { "\(name)/\($0)" } ?? name }
}

extension AtlasID: Comparable {
  /// Order of the UTF-8 bytes, the name before the density.
  public static func < (a: AtlasID, b: AtlasID) -> Bool {
    a.name == b.name ? precedes(a.sampling?.label ?? "", b.sampling?.label ?? "") : precedes(a.name, b.name)
  }
}
