import MarkedText

/// The locks that programs before this one wrote: each must be read for ever.
enum LockFixture {
  static let all = ["builtin", "empty", "lab", "atlases", "atlases-pinned"].map {
    RepositoryFile("Tests/ProjectTests/Locks/v1/\($0).lock")
  }

  /// A lock with one of everything, for tests that spoil it.
  static let lab = all[2]

  /// A lock with atlases that have not been unpacked, and one with some that have been.
  static let atlases = all[3]
  static let pinnedAtlases = all[4]
}
