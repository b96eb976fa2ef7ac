/// Why an archive could not be read to its end.
package enum ArchiveFailure: Error, Hashable, Sendable {
  /// Not a tar archive compressed with gzip, or a broken one; in libarchive's words.
  case broken(String)
  /// The bytes of the archive could not be had; whoever supplies them knows why.
  case interrupted
  /// More members than any atlas has.
  case tooManyMembers(limit: Int)
  /// More bytes than any atlas has, or than so small an archive can rightly hold.
  case tooLarge(limit: Int64)
  /// A file with holes, which no map or atlas has.
  case sparse(String)
}
