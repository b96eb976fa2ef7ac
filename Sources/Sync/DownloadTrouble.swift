package import Diagnostics

/// Why a file could not be had, after all that was tried.
package struct DownloadTrouble: Error, Hashable, Sendable {
  /// What was tried at one place.
  package struct Tries: Hashable, Sendable {
    /// The place, as in a message.
    package let place: String
    /// How often it was tried.
    package internal(set) var count: Int
    /// How the last try ended.
    package internal(set) var failure: DownloadFailure
  }

  /// How the last try at the last place ended.
  package let failure: DownloadFailure
  /// Every place that was tried, in order.
  package let tries: [Tries]
  /// Whether more tries might have helped, but too many had failed in this run already.
  package let isOutOfTries: Bool

  /// A failure, with what led to it.
  package init(_ failure: DownloadFailure, tries: [Tries] = [], isOutOfTries: Bool = false) {
    self.failure = failure
    self.tries = tries
    self.isOutOfTries = isOutOfTries
  }

  /// How often anything was tried.
  package var count: Int { tries.reduce(0) { $0 + $1.count } }

  /// The trouble as a person reads it, for what could not be had.
  package func diagnostic(for download: Download) -> Diagnostic {
    var diagnostic = failure.diagnostic(for: download)
    let last = tries.last
    diagnostic.notes += tries.dropLast().map { "\($0.place) was tried \(Self.times($0.count)): \($0.failure.summary)" }
    if let last, last.count > 1 { diagnostic.notes.append("\(last.place) was tried \(Self.times(last.count))") }
    if isOutOfTries { diagnostic.notes.append("so much has failed in this run that nothing is tried again") }
    return diagnostic
  }

  private static func times(_ count: Int) -> String { count == 1 ? "once" : count == 2 ? "twice" : "\(count) times" }
}
