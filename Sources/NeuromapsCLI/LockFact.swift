/// Something that two locks say of a map or an atlas as a whole, or of a paper that it cites, in words.
struct LockFact: CustomStringConvertible {
  /// What it is: `license`.
  let name: String
  /// The key of the paper that it is said of; nil for what is said of the map or atlas itself.
  var paper: String?
  /// What the older lock says.
  let older: String
  /// What the newer lock says.
  let newer: String

  var description: String { "\(name)\(paper.map { " of \($0)" } ?? ""): \(older) → \(newer)" }
}
