package import Dataset
package import Diagnostics
package import Sync

/// What the origin of a file of a catalog says.
package struct OriginFinding: Sendable {
  /// The map or atlas that the file belongs to.
  package let item: DatasetItem
  /// Where a map's file belongs, or an archive's name.
  package let name: String
  /// Where it comes from, as the catalog says.
  package let origin: Origin
  /// Whether OSF gives it only to people with access.
  package let isRestricted: Bool
  /// What came of asking.
  package let answer: OriginCheck.Answer

  /// Why the file cannot be had as the catalog has it; nil if it can, as far as is known.
  var problem: Diagnostic? {
    switch answer {
    case .right, .sizeOnly, .unmeasured: return nil
    case .wrong(let reason):
      return Diagnostic(
        .originLacks, "the origin of `\(name)` has other bytes than the catalog says", notes: ["from \(origin)"],
        causes: [reason], hints: ["if the new file is right, correct its checksums, and change the catalog's revision"])
    case .missing(let reason):
      return Diagnostic(
        .originLacks, "`\(name)` is not at its origin", notes: ["from \(origin)"], causes: [reason],
        hints: ["put it there, or correct its `url` or `osf`"])
    case .unknown(let failure):
      guard !isClosed else { return nil }
      return Diagnostic(
        .originSilent, "the origin of `\(name)` does not tell whether it has the file", notes: ["from \(origin)"],
        causes: [failure.summary], hints: ["try again later"])
    }
  }

  /// Whether it is behind a door, as a restricted file should be.
  var isClosed: Bool {
    guard isRestricted, case .unknown(.status(let code, _)) = answer else { return false }
    return code == 401 || code == 403
  }
}

extension [OriginFinding] {
  /// What is wrong, a problem for each file.
  package var problems: [Diagnostic] { compactMap(\.problem) }

  /// What could not be compared, a warning for each reason.
  package var warnings: [Diagnostic] {
    [
      warning(filter { $0.answer == .sizeOnly }, "of which only the size could be compared", [Self.how]),
      warning(filter { $0.answer == .unmeasured }, "of which neither size nor checksum could be compared", [Self.how]),
      warning(filter(\.isClosed), "that only people with access can ask for", []),
    ].compactMap { $0 }
  }

  private static let how = "`neuromaps sync` of a project that wants them compares every byte"

  private func warning(_ files: [OriginFinding], _ what: String, _ hints: [String]) -> Diagnostic? {
    guard !files.isEmpty else { return nil }
    let more = files.count > 5 ? ["and \(files.count - 5) more"] : []
    return Diagnostic(
      .originSilent, "\(files.count) \(files.count == 1 ? "file" : "files") \(what)", severity: .warning,
      notes: files.prefix(5).map { "`\($0.name)`" } + more, hints: hints)
  }
}
