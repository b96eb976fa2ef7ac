public import Diagnostics
internal import Effects
internal import Store
internal import Sync

/// Why a command or call did not do what it was asked, in words and as a reason to branch on.
public struct NeuromapsFailure: Error, Sendable {
  /// The reasons that callers tell apart.
  public enum Reason: Hashable, Sendable {
    /// The network, the disk or a checksum stood in the way.
    case couldNot
    /// The lock is missing or does not answer the manifest.
    case lockStale
    /// The data directory differs from the lock.
    case dataDiffers
    /// The manifest, the lock or a catalog is wrong.
    case wrongInput
    /// A token is missing or was refused.
    case tokenNeeded
    /// The call itself makes no sense.
    case wrongUsage
  }

  /// The reason.
  public let reason: Reason
  /// All that went wrong.
  public let diagnostics: [Diagnostic]

  /// A failure for a reason.
  package init(_ reason: Reason, _ diagnostics: [Diagnostic]) {
    self.reason = reason
    self.diagnostics = diagnostics
  }

  /// The failure that an error of a lower module amounts to.
  package init(_ error: any Error) {
    switch error {
    case let failure as NeuromapsFailure: self = failure
    case let findings as Findings: self.init(.wrongInput, findings.diagnostics)
    case let lack as LackOfRoom: self.init(.couldNot, [lack.diagnostic])
    case let busy as WriterLock.Busy: self.init(.couldNot, [busy.diagnostic])
    case let error as FileError: self.init(.couldNot, [error.diagnostic])
    default: self.init(.couldNot, [Diagnostic(.unreachable, "the command was interrupted", causes: ["\(error)"])])
    }
  }
}
