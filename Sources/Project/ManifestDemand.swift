public import Diagnostics

/// A place of the manifest that asks for a map or an atlas.
public struct ManifestDemand: Hashable, Sendable {
  /// The named set that it is part of; nil for the main one.
  public let group: String?
  /// Where it stands.
  public let span: SourceSpan
}

extension [ManifestDemand] {
  /// The groups that ask, as a lock has them: none if the main set does.
  var groups: Set<String> { contains { $0.group == nil } ? [] : Set(compactMap(\.group)) }
}
