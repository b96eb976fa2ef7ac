package import Dataset
package import Effects

/// Bytes on their way into the store: written to a draft and hashed as they come.
package struct ObjectIntake: Sendable {
  private let files: any FileSystem
  let draft: Draft
  private var hasher: ContentHasher

  init(files: any FileSystem, draft: Draft, hasher: ContentHasher) {
    self.files = files
    self.draft = draft
    self.hasher = hasher
  }

  /// Bytes so far.
  package var count: Int64 { hasher.count }

  /// Takes the next bytes.
  package mutating func append(_ bytes: [UInt8]) throws(FileError) {
    bytes.withUnsafeBytes { hasher.update($0) }
    try files.append(bytes, to: draft)
  }

  /// Takes the next bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    hasher.update(bytes)
    try files.append(bytes, to: draft)
  }

  /// What has come so far.
  package var checksums: Checksums { hasher.finish() }

  /// Lets go of the draft; harmless after it was published.
  package func discard() { files.discard(draft) }
}
