/// A catalog that two locks were made from, in different states.
public struct LockCatalogChange: Hashable, Sendable {
  /// As the older lock has it.
  public let older: LockedCatalog
  /// As the newer lock has it; of the same name.
  public let newer: LockedCatalog

  /// The catalog's name.
  public var name: String { newer.name }
}
