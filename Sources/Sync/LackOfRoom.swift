package import Diagnostics
package import SystemPackage

/// A disk that cannot take what is to be downloaded, told before anything is.
package struct LackOfRoom: Error, Sendable {
  /// The data directory or the store.
  package let folder: FilePath
  /// Bytes that are to come.
  package let needed: Int64
  /// Bytes that the disk can still take.
  package let room: Int64

  /// The error as a person reads it.
  package var diagnostic: Diagnostic {
    Diagnostic(
      .diskFull, "`\(folder)` has no room for what is missing",
      notes: ["\(needed) bytes are to be downloaded, \(room) are free", "nothing was downloaded"],
      hints: ["free some space", "`--data-dir DIR` and `--cache-dir DIR` put files and store elsewhere"])
  }
}
