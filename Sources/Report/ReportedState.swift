/// What is on the disk of what the lock names.
package enum ReportedState: String, Hashable, Sendable {
  /// It is there, with the locked bytes.
  case there
  /// Some or all of it is not there.
  case missing
  /// Some of it has other bytes.
  case changed
  /// It is there, and nothing is known to compare it with.
  case unchecked
}
