public import Catalog

/// A paper that two locks do not describe alike, although a map cites it by the same key in both.
public struct LockReferenceChange: Hashable, Sendable {
  /// As the older lock has it.
  public let older: Reference
  /// As the newer lock has it; of the same key.
  public let newer: Reference

  /// What the paper is cited by.
  public var key: String { newer.key }
}
