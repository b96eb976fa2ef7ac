/// What a lock says of a map or an atlas as a whole.
public struct LockedItem: Hashable, Sendable {
  /// The catalog it came from.
  public let catalog: String
  /// The revision of the catalog that it was pinned from, whether that is said of it or of the catalog.
  public let revision: String?
  /// The license's name; nil when none is stated, and for atlases.
  public let license: String?
  /// Whether its origin asks for a token.
  public let isRestricted: Bool
  /// The named sets that ask for it; empty where the manifest's main set does.
  public let groups: [String]
  /// How many files it has.
  public let fileCount: Int
  /// Bytes of its files, of an atlas those of its archive; nil unless all are known.
  public let size: Int64?
  /// What is known of a map; nil for an atlas, and in a lock that knows nothing of its maps.
  public let facts: MapFacts?
}
