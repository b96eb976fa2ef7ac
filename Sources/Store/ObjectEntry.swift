package import Effects

/// A copy of bytes, ready to become an object of the store.
package struct ObjectEntry: Sendable {
  /// The object that it becomes.
  package let object: StoredObject
  /// What is to be published: the object, and its other name, if it has one.
  package let publications: [Publication]
  let content: Draft
  let name: Draft?
  let files: any FileSystem

  /// Lets go of the drafts, after they were published or instead.
  package func close() {
    files.discard(content)
    if let name { files.discard(name) }
  }
}
