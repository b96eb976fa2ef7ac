/// A half of the cortex: BIDS `hemi-`.
public enum Hemisphere: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Left.
  case left = "L"
  /// Right.
  case right = "R"

  /// Left comes first.
  public static func < (a: Hemisphere, b: Hemisphere) -> Bool { a.rawValue < b.rawValue }
}
