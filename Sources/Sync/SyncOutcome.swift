package import Dataset
package import Diagnostics
package import Project
package import Store

/// What became of one file.
package struct SyncOutcome: Sendable {
  /// The ways a file can end.
  package enum Fate: String, CaseIterable, Hashable, Sendable {
    /// It was there.
    case unchanged
    /// It came from the store.
    case reused
    /// It was downloaded.
    case downloaded
    /// It is metadata and was written.
    case written
    /// Something else is there and was left.
    case different
    /// It is restricted and was left out, as asked.
    case skipped
    /// It could not be had.
    case failed

    /// Whether the file has come just now.
    package var isArrival: Bool {
      switch self {
      case .reused, .downloaded, .written: true
      case .unchanged, .different, .skipped, .failed: false
      }
    }
  }

  /// The file.
  package let file: LockedFile
  /// What became of it.
  package let fate: Fate
  /// What is to be remembered of it, if it is in place.
  package let entry: DataIndex.Entry?
  /// All that is known of its bytes, if they are in place.
  package let checksums: Checksums?
  /// Why, if something is wrong; a warning, if something is to be known.
  package let diagnostic: Diagnostic?
  /// Whether a token would have helped.
  package let lacksToken: Bool
  /// How often its download was tried in vain.
  package let tries: Int
  /// Bytes that were downloaded for it; what is downloaded once for several files counts for the first.
  package let received: Int64

  /// Whether the file is where it belongs.
  package var isInPlace: Bool {
    switch fate {
    case .unchanged, .reused, .downloaded, .written: true
    case .different, .skipped, .failed: false
    }
  }

  /// An outcome.
  package init(
    _ file: LockedFile, _ fate: Fate, entry: DataIndex.Entry? = nil, checksums: Checksums? = nil,
    diagnostic: Diagnostic? = nil, lacksToken: Bool = false, tries: Int = 0, received: Int64 = 0
  ) {
    self.file = file
    self.fate = fate
    self.entry = entry
    self.checksums = checksums ?? entry?.checksums
    self.diagnostic = diagnostic
    self.lacksToken = lacksToken
    self.tries = tries
    self.received = received
  }
}
