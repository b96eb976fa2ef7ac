/// What became of a part of a lock.
public enum LockChange: String, Hashable, Sendable {
  /// Only the newer lock has it.
  case added
  /// Only the older lock has it.
  case removed
  /// Both have it, not alike.
  case changed
}
