/// Something that two locks say of a map or an atlas as a whole, in words.
struct LockFact: CustomStringConvertible {
  /// What it is: `license`.
  let name: String
  /// What the older lock says.
  let older: String
  /// What the newer lock says.
  let newer: String

  var description: String { "\(name): \(older) → \(newer)" }
}
