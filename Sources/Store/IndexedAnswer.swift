package import Dataset

/// A lock that a data directory was made to match, so that the next sync can tell without reading it.
package struct IndexedAnswer: Hashable, Sendable {
  /// Of the bytes of neuromaps.lock.
  package let lock: SHA256Digest
  /// Of the declarations that the lock answers.
  package let declarations: SHA256Digest
  /// Files that are wanted.
  package let files: Int
  /// Maps that are wanted.
  package let maps: Int
  /// Atlases that are wanted.
  package let atlases: Int
  /// The groups of the lock that it answers, beside the main set.
  package let groups: Set<String>

  /// An answer.
  package init(
    lock: SHA256Digest, declarations: SHA256Digest, files: Int, maps: Int, atlases: Int, groups: Set<String> = []
  ) {
    self.lock = lock
    self.declarations = declarations
    self.files = files
    self.maps = maps
    self.atlases = atlases
    self.groups = groups
  }

  /// The digest of declarations, whose lines hold no line breaks.
  package static func digest(of declarations: [String]) -> SHA256Digest {
    ContentHasher.sha256(Array(declarations.joined(separator: "\n").utf8))
  }

  init?(_ fields: [String]) {
    guard fields.count == 5 || fields.count == 6, let lock = SHA256Digest(fields[0]),
      let declarations = SHA256Digest(fields[1]), let files = Int(fields[2]), let maps = Int(fields[3]),
      let atlases = Int(fields[4])
    else { return nil }
    let groups = fields.count == 6 ? fields[5].split(separator: ",").map(String.init) : []
    self.init(
      lock: lock, declarations: declarations, files: files, maps: maps, atlases: atlases, groups: Set(groups))
  }

  /// Its fields, with tabs between them.
  var text: String {
    let fields = "\(lock)\t\(declarations)\t\(files)\t\(maps)\t\(atlases)"
    return groups.isEmpty ? fields : "\(fields)\t\(groups.sorted(by: precedes).joined(separator: ","))"
  }
}
