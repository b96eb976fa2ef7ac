public import Dataset

/// A tuple any part of which may be a pattern: `margulies2016/fcgradient*/fsLR/32k`.
public struct MapPattern: Hashable, Sendable {
  /// Of the source.
  public let source: Glob
  /// Of the desc.
  public let desc: Glob
  /// Of the space.
  public let space: Glob
  /// Of the density or resolution.
  public let sampling: Glob

  /// Nil unless there are four parts with text in each.
  public init?(parts: [String]) {
    guard parts.count == 4, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    source = Glob(parts[0])
    desc = Glob(parts[1])
    space = Glob(parts[2])
    sampling = Glob(parts[3])
  }

  /// Reads four parts with slashes between.
  public init?(_ text: String) {
    self.init(parts: text.slashParts)
  }

  /// The one map it names; nil when a part is a pattern.
  public var id: AnnotationID? {
    parts.allSatisfy(\.isLiteral) ? AnnotationID(description) : nil
  }

  /// Whether it matches the map of that name.
  public func matches(_ id: AnnotationID) -> Bool {
    source.matches(id.source) && desc.matches(id.desc) && space.matches(id.space)
      && sampling.matches(id.sampling.label)
  }

  /// The four parts in order.
  public var parts: [Glob] { [source, desc, space, sampling] }
}

extension MapPattern: CustomStringConvertible {
  /// As written, with slashes.
  public var description: String { "\(source)/\(desc)/\(space)/\(sampling)" }
}
