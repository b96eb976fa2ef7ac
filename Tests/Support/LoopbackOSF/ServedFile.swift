/// A file of an OSF project, with every version it has had.
public struct ServedFile: Sendable {
  /// The project's id, such as `4mw3a`.
  public let project: String

  /// The file's id, unique at the whole origin.
  public let file: String

  /// The file's name, as the metadata tells it.
  public let name: String

  /// All versions, oldest first; version N of OSF is element N - 1. Never empty.
  public internal(set) var versions: [ServedVersion]

  /// Whether the front asks for a token before it tells anything of this file.
  public let isRestricted: Bool

  /// Takes a file; traps when it has no version.
  public init(
    project: String, file: String, name: String, versions: [ServedVersion], isRestricted: Bool = false
  ) {
    precondition(!versions.isEmpty, "a served file needs a version")
    self.project = project
    self.file = file
    self.name = name
    self.versions = versions
    self.isRestricted = isRestricted
  }

  /// The newest version: what a download without `?version=` gives.
  var newest: ServedVersion { versions[versions.count - 1] }

  /// Version `number`, counted from 1; nil when there is none.
  func version(_ number: Int) -> ServedVersion? {
    versions.indices.contains(number - 1) ? versions[number - 1] : nil
  }
}
