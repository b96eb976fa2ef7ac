/// A member of a tar archive that a test makes: an honest one, or one that lies.
package struct TarEntry: Sendable {
  /// What a member is.
  package enum Kind: Sendable {
    /// A regular file.
    case file
    /// A folder.
    case folder
    /// A symbolic link to wherever it says.
    case symbolicLink(to: String)
    /// A hard link to the name of another member, it is said.
    case hardLink(to: String)
    /// A character device; its numbers are those of /dev/null.
    case characterDevice
    /// A named pipe.
    case fifo
    /// Any other type flag.
    case other(UInt8)
  }

  /// Where the name is written.
  package enum Naming: Sendable {
    /// In the header; with ustar's prefix, or a GNU header, if it is too long for that.
    case plain
    /// In a GNU header (`L`, and `K` for the target of a link) before the member, short or not.
    case gnu
    /// In a pax header (`x`) before the member, short or not.
    case pax
  }

  /// The name, any bytes: `../x`, `/abs`, no UTF-8.
  package var name: [UInt8]
  /// What it is.
  package var kind: Kind
  /// The bytes that follow the header.
  package var content: [UInt8]
  /// The size that the header tells; nil for the truth.
  package var declaredSize: Int64?
  /// Where the name is written.
  package var naming: Naming

  /// A member; it lies only if it is told to.
  package init(
    _ name: String, _ kind: Kind = .file, content: [UInt8] = [], declaredSize: Int64? = nil, naming: Naming = .plain
  ) {
    self.name = Array(name.utf8)
    self.kind = kind
    self.content = content
    self.declaredSize = declaredSize
    self.naming = naming
  }

  /// A file with a text.
  package static func file(_ name: String, _ text: String) -> TarEntry { TarEntry(name, content: Array(text.utf8)) }

  /// A file with bytes.
  package static func file(_ name: String, _ content: [UInt8]) -> TarEntry { TarEntry(name, content: content) }

  /// A folder.
  package static func folder(_ name: String) -> TarEntry { TarEntry(name, .folder) }

  /// A symbolic link.
  package static func symbolicLink(_ name: String, to target: String) -> TarEntry {
    TarEntry(name, .symbolicLink(to: target))
  }

  /// A hard link.
  package static func hardLink(_ name: String, to target: String) -> TarEntry {
    TarEntry(name, .hardLink(to: target))
  }

  /// The same member, with its name written elsewhere.
  package func named(_ naming: Naming) -> TarEntry {
    var entry = self
    entry.naming = naming
    return entry
  }

  /// The same member, with a header that tells another size.
  package func declaring(size: Int64) -> TarEntry {
    var entry = self
    entry.declaredSize = size
    return entry
  }
}
