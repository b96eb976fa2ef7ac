import MarkedText

/// The locks that programs before this one wrote: each must be read for ever. A folder is a version of the format, or
/// a revision of one.
enum LockFixture {
  static let all = [
    "v1/builtin", "v1/empty", "v1/lab", "v1/atlases", "v1/atlases-pinned", "v1r2/lab", "v1r2/groups",
    "v1r3/lab", "v1r3/atlas",
  ].map { RepositoryFile("Tests/ProjectTests/Locks/\($0).lock") }

  /// A lock with atlases that have not been unpacked, and one with some that have been.
  static let atlases = all[3]
  static let pinnedAtlases = all[4]

  /// A lock with one of everything that maps have, for tests that spoil it.
  static let lab = all[5]

  /// A lock with all that revision 2 has brought.
  static let groups = all[6]

  /// A lock with all that revision 3 has brought.
  static let facts = all[7]
}
