public import Dataset
public import Diagnostics

/// Where a catalog of the lab is.
public struct CatalogSource: Sendable {
  /// The two ways to name one.
  public enum Place: Hashable, Sendable {
    /// A file, relative to the manifest's folder: a lock must not depend on the machine.
    case path(String)
    /// An address whose content is pinned.
    case url(String, SHA256Digest)
  }

  /// Where it is.
  public let place: Place
  /// Where the manifest says so.
  public let span: SourceSpan

  var normalForm: String {
    switch place {
    case .path(let path): "path \(NormalForm.word(path))"
    case .url(let url, let digest): "url \(NormalForm.word(url)) sha256 \(digest)"
    }
  }
}
