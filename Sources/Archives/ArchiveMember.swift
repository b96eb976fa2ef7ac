/// What an archive says of one of its members.
package struct ArchiveMember: Hashable, Sendable {
  /// What a member can be.
  package enum Kind: String, Hashable, Sendable {
    /// A regular file with bytes of its own.
    case file
    /// A folder.
    case folder
    /// A link, symbolic or hard.
    case link
    /// A device, a pipe, a socket.
    case special
  }

  /// Its path within the archive, as written there: it may be anything.
  package let name: String
  /// What it is.
  package let kind: Kind
  /// Bytes, as announced.
  package let size: Int64
}
