internal import Dataset
package import Diagnostics

/// What the Python toolbox's own files say, as `ToolboxReader` found it.
package struct ToolboxFiles: Sendable {
  /// A file of a map, of osf.json.
  struct File: Sendable {
    let entities: FileEntities
    let origin: Origin
    let checksums: Checksums
    let tags: [String]
    let title: String?
    let isRestricted: Bool
  }

  /// An archive of an atlas, of osf.json.
  struct Archive: Sendable {
    let id: AtlasID
    let origin: Origin
    let checksums: Checksums
    let location: SourceLocation
  }

  /// What meta.json says of a map.
  struct Facts: Sendable {
    let title: String?
    let primary: [Citation]
    let secondary: [Citation]
    let n: String?
    let age: String?
    let note: String?
    let license: String?
    let licenseURL: String?
  }

  /// A paper of meta.json.
  struct Citation: Sendable {
    let key: String
    let text: String
  }

  /// In the order of the file, each once.
  var files: [File] = []
  /// In the order of the file.
  var archives: [Archive] = []
  /// By map.
  var facts: [AnnotationID: Facts] = [:]
  /// Where the facts of each map stand.
  var places: [AnnotationID: SourceLocation] = [:]
  /// What they say that no catalog can, or that is passed over.
  package internal(set) var warnings: [Diagnostic] = []
}
