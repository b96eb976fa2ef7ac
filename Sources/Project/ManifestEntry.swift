public import Catalog
public import Diagnostics

/// One item of a manifest's `annotations`.
public struct ManifestEntry: Sendable {
  /// The two forms of an item.
  public enum Form: Sendable {
    /// A tuple, any part of which may be a pattern; with the place of each part.
    case tuple(MapPattern, parts: [SourceSpan])
    /// Keys and values.
    case selector(ManifestSelector)
  }

  /// Which form, and its contents.
  public let form: Form
  /// Its place.
  public let span: SourceSpan

  /// Its text in a lock, the same however it is written.
  package var normalForm: String {
    switch form {
    case .tuple(let pattern, _): pattern.parts.map { NormalForm.word($0.text) }.joined(separator: "/")
    case .selector(let selector): selector.normalForm
    }
  }
}
