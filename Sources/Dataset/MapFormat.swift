/// What a map is drawn on, and so the kind of its files.
public enum MapFormat: String, CaseIterable, Hashable, Sendable {
  /// GIfTI, one file a hemisphere.
  case surface
  /// NIfTI, one file.
  case volume

  /// The ending of its files, after the suffix `_feature`.
  public var fileExtension: String {
    switch self {
    case .surface: "func.gii"
    case .volume: "nii.gz"
    }
  }
}
