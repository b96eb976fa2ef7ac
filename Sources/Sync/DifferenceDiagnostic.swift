internal import Dataset
package import Diagnostics
package import Project
package import Store

extension Diagnostic {
  /// A path of the data directory that does not have the locked bytes.
  package static func difference(_ file: LockedFile, _ observation: Observation) -> Diagnostic {
    let locked = file.checksums.map { "\($0)" } ?? "nothing yet"
    return switch observation {
    case .missing:
      Diagnostic(.missing, "`\(file.path)` is missing", hints: ["`neuromaps sync` brings it"])
    case .notAFile:
      Diagnostic(
        .differs, "`\(file.path)` is not a file", notes: ["it was left as it is"], hints: ["move it out of the way"])
    case .differs(let size, let found):
      Diagnostic(
        .differs, "`\(file.path)` is not the locked file",
        notes: [
          "locked \(locked); found \(file.checksums.flatMap { found?.described(like: $0) } ?? "\(size) bytes")",
          "it was left as it is",
        ],
        hints: ["`neuromaps sync --repair` sets it aside and brings the locked one"])
    case .outdated:
      Diagnostic(
        .differs, "`\(file.path)` is what an earlier lock had", notes: ["nobody has changed it"],
        hints: ["`neuromaps sync` brings the locked one"])
    case .unverified: .unverified(file)
    case .unreadable(let error): error.diagnostic
    case .matches:
      Diagnostic(.differs, "`\(file.path)` is the locked file", severity: .warning)
    }
  }

  /// A file of an atlas whose archive has not been unpacked yet.
  package static func unverified(_ file: LockedFile) -> Diagnostic {
    Diagnostic(
      .unverified, "`\(file.item)` is there and has not been checked",
      notes: ["what its files should be is known once its archive has been unpacked"],
      hints: ["`neuromaps sync` with the atlas in neuromaps.yaml, or `neuromaps fetch --atlas --repair`, does so"])
  }

  /// A file that gave way to the locked one.
  static func setAside(_ file: LockedFile, at path: String) -> Diagnostic {
    Diagnostic(
      .differs, "`\(file.path)` was not the locked file and has been replaced", severity: .warning,
      notes: ["what was there is now `\(path)`"])
  }

  /// A file that was to be removed and stays.
  package static func kept(_ leftover: DataFolder.Leftover) -> Diagnostic? {
    switch leftover.reason {
    case nil: nil
    case .wanted(let project):
      Diagnostic(
        .kept, "`\(leftover.path)` stays", severity: .warning,
        notes: [project.isEmpty ? "`neuromaps fetch` was asked for it" : "the project `\(project)` wants it"])
    case .changed:
      Diagnostic(
        .kept, "`\(leftover.path)` stays", severity: .warning, notes: ["it is not what was put there"],
        hints: ["remove it by hand if nobody needs it"])
    case .unknown(let file):
      Diagnostic(
        .kept, "`\(leftover.path)` stays", severity: .warning,
        notes: ["what another project wants cannot be read: `\(file)` is damaged"],
        hints: ["a sync in that project writes it anew; remove it if there is no such project any more"])
    }
  }

  /// An object of the store that was not what its name says.
  static func damaged(_ file: LockedFile) -> Diagnostic {
    Diagnostic(
      .storeDamaged, "the store's copy of `\(file.path.fileName)` was damaged", severity: .warning,
      notes: ["it has been removed, and the file was fetched anew"])
  }

  /// A member of an archive whose bytes are not the locked ones, though the archive is.
  static func otherMember(_ file: LockedFile, _ found: Checksums) -> Diagnostic {
    Diagnostic(
      .wrongBytes, "the bytes of `\(file.path.fileName)` in its archive are not the locked ones",
      notes: [
        "locked \(file.checksums.map { "\($0)" } ?? "nothing"); found \(found)", "the archive is the locked one",
      ],
      hints: ["the lock has been changed by hand; `neuromaps lock --upgrade-map \(file.item)` pins it anew"])
  }

  /// An object that was taken out of the store before it could be placed.
  static func vanished(_ file: LockedFile) -> Diagnostic {
    Diagnostic(
      .storeDamaged, "the store lost `\(file.path.fileName)` before it could be placed",
      hints: ["run the command again"])
  }
}
