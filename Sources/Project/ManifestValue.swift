public import Catalog
public import Diagnostics

/// A value of a manifest and where it stands.
public struct ManifestValue: Sendable {
  /// The value.
  public let glob: Glob
  /// Its place.
  public let span: SourceSpan
}
