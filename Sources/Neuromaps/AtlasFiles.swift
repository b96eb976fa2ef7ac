public import Dataset

/// Where the files of a fetched atlas are.
public struct AtlasFiles: Hashable, Sendable {
  /// The atlas.
  public let id: AtlasID
  /// Absolute paths, left before right, in the order of the catalog.
  public let paths: [String]

  /// The kinds of files there are, in order, by the names that the toolbox gives them: `white`,
  /// `midthickness`, `sphere`, `medial`, `sulc`, `vaavg`; `2009cAsym_T1w`, `6Asym_brainmask`; for
  /// `regfusion` a space and a density, `fsaverage/10k`.
  public var kinds: [String] {
    var seen: Set<String> = []
    return paths.map(Self.kind).filter { seen.insert($0).inserted }
  }

  /// The paths of a kind: left and right hemisphere, in this order, or one volume; none if there is no
  /// such kind.
  public subscript(kind: String) -> [String] { paths.filter { Self.kind(of: $0) == kind } }

  private static func kind(of path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let parts = name.prefix { $0 != "." }.split(separator: "_").map(String.init)
    func value(_ entity: String) -> String? {
      parts.first { $0.hasPrefix("\(entity)-") }.map { String($0.dropFirst(entity.count + 1)) }
    }
    let suffix = parts.last ?? ""
    if suffix == "regfusion" { return [value("space"), value("den")].compactMap { $0 }.joined(separator: "/") }
    let kind: String =
      switch (value("desc"), value("label")) {
      case ("nomedialwall", _): "medial"
      case ("brain", _): "brain\(suffix)"
      case (let desc?, _): desc
      case (nil, let label?): label.uppercased()
      case (nil, nil): suffix
      }
    // The volumes of MNI152 are of several templates.
    guard let template = value("tpl"), template.hasPrefix("MNI152NLin") else { return kind }
    return "\(template.dropFirst("MNI152NLin".count))_\(kind)"
  }
}
