package import Dataset

/// A lock that a data directory was made to match, so that the next sync can tell without reading it.
package struct IndexedAnswer: Hashable, Sendable {
  /// Of the bytes of neuromaps.lock.
  package let lock: SHA256Digest
  /// Of the declarations that the lock answers.
  package let declarations: SHA256Digest
  /// Files of the lock.
  package let files: Int
  /// Maps of the lock.
  package let maps: Int
  /// Atlases of the lock.
  package let atlases: Int

  /// An answer.
  package init(lock: SHA256Digest, declarations: SHA256Digest, files: Int, maps: Int, atlases: Int) {
    self.lock = lock
    self.declarations = declarations
    self.files = files
    self.maps = maps
    self.atlases = atlases
  }

  /// The digest of declarations, whose lines hold no line breaks.
  package static func digest(of declarations: [String]) -> SHA256Digest {
    ContentHasher.sha256(Array(declarations.joined(separator: "\n").utf8))
  }

  init?(_ fields: [String]) {
    guard fields.count == 5, let lock = SHA256Digest(fields[0]), let declarations = SHA256Digest(fields[1]),
      let files = Int(fields[2]), let maps = Int(fields[3]), let atlases = Int(fields[4])
    else { return nil }
    self.init(lock: lock, declarations: declarations, files: files, maps: maps, atlases: atlases)
  }

  /// Its fields, with tabs between them.
  var text: String { "\(lock)\t\(declarations)\t\(files)\t\(maps)\t\(atlases)" }
}
