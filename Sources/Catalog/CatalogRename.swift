internal import Dataset

/// A map that upstream calls otherwise than it once did.
public struct CatalogRename: Hashable, Sendable {
  /// The old name: source and desc.
  public let from: MapName
  /// The name now.
  public let to: MapName

  /// The part of a tuple that a renaming changes: `source/desc`.
  public struct MapName: Hashable, Sendable {
    /// The first part of the tuple.
    public let source: String
    /// The second.
    public let desc: String

    /// Reads `source/desc`.
    init?(_ text: String) {
      let parts = text.slashParts
      guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      source = parts[0]
      desc = parts[1]
    }
  }
}
