/// Which byte of a number comes first.
package enum ByteOrder: String, Hashable, Sendable {
  /// The least one.
  case little
  /// The greatest one.
  case big
}
