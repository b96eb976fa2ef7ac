import MarkedText

/// The locks that programs before this one wrote: each must be read for ever.
enum LockFixture {
  static let all = ["builtin", "empty", "lab"].map { RepositoryFile("Tests/ProjectTests/Locks/v1/\($0).lock") }

  /// A lock with one of everything, for tests that spoil it.
  static let lab = all[2]
}
