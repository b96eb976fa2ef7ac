package import Archives
internal import Dataset
package import Diagnostics
package import Effects
package import Project
internal import Store

/// Why the files of an atlas could not be had.
package enum UnpackFailure: Error, Hashable, Sendable {
  /// Its archive could not be downloaded.
  case download(DownloadTrouble)
  /// Its archive could not be read.
  case archive(ArchiveFailure)
  /// A listed member is a link, a folder or a device.
  case notAFile(String, ArchiveMember.Kind)
  /// Two members would be the same file.
  case repeated(String)
  /// Listed members that the archive does not have.
  case lacking([String])
  /// The disk failed.
  case file(FileError)

  /// The failure as a person reads it.
  package func diagnostic(for atlas: LockedAtlas) -> Diagnostic {
    let reason: String
    switch self {
    case .download(let trouble): return trouble.diagnostic(for: Download(atlas))
    case .file(let error): return error.diagnostic
    case .archive(.broken(let words)): reason = words
    case .archive(.interrupted): reason = "reading it was interrupted"
    case .archive(.tooManyMembers(let limit)): reason = "it has more than \(limit) members"
    case .archive(.tooLarge(let limit)): reason = "it holds more than \(limit) bytes, far more than an atlas has"
    case .archive(.sparse(let name)): reason = "its member `\(name)` has holes"
    case .notAFile(let name, let kind): reason = "its member `\(name)` is a \(kind.rawValue), not a file"
    case .repeated(let name): reason = "it has the member `\(name)` twice"
    case .lacking(let names):
      let more = names.count > 3 ? " and \(names.count - 3) more" : ""
      reason = "it lacks \(names.prefix(3).map { "`\($0)`" }.joined(separator: ", "))\(more)"
    }
    let whose =
      if case .lacking = self {
        "the archive is the locked one: the catalog lists what it does not have; tell who keeps the catalog"
      } else { "its checksum is the locked one, so the archive itself is wrong; tell who keeps the catalog" }
    return Diagnostic(
      .archiveUnusable, "cannot unpack `\(atlas.archive)` of `\(atlas.id)`",
      notes: ["nothing of it was written to the data directory"], causes: [reason],
      hints: [whose])
  }
}
