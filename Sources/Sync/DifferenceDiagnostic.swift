internal import Dataset
package import Diagnostics
package import Project
package import Store

extension Diagnostic {
  /// A path of the data directory that does not have the locked bytes.
  package static func difference(_ file: LockedFile, _ observation: Observation) -> Diagnostic {
    switch observation {
    case .missing:
      Diagnostic(.missing, "`\(file.path)` is missing", hints: ["`neuromaps sync` brings it"])
    case .notAFile:
      Diagnostic(
        .differs, "`\(file.path)` is not a file", notes: ["it was left as it is"], hints: ["move it out of the way"])
    case .differs(let size, let found):
      Diagnostic(
        .differs, "`\(file.path)` is not the locked file",
        notes: [
          "locked \(file.checksums); found \(found?.described(like: file.checksums) ?? "\(size) bytes")",
          "it was left as it is",
        ],
        hints: ["`neuromaps sync --repair` sets it aside and brings the locked one"])
    case .unreadable(let error): error.diagnostic
    case .matches:
      Diagnostic(.differs, "`\(file.path)` is the locked file", severity: .warning)
    }
  }

  /// A file that gave way to the locked one.
  static func setAside(_ file: LockedFile, at path: String) -> Diagnostic {
    Diagnostic(
      .differs, "`\(file.path)` was not the locked file and has been replaced", severity: .warning,
      notes: ["what was there is now `\(path)`"])
  }

  /// An object of the store that was not what its name says.
  static func damaged(_ file: LockedFile) -> Diagnostic {
    Diagnostic(
      .storeDamaged, "the store's copy of `\(file.path.fileName)` was damaged", severity: .warning,
      notes: ["it has been removed, and the file was fetched anew"])
  }

  /// An object that was taken out of the store before it could be placed.
  static func vanished(_ file: LockedFile) -> Diagnostic {
    Diagnostic(
      .storeDamaged, "the store lost `\(file.path.fileName)` before it could be placed",
      hints: ["run the command again"])
  }
}
