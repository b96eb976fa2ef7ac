/// The operations of a filesystem that can go wrong.
package enum FileCall: String, CaseIterable, Hashable, Sendable {
  case status
  case read
  case scan
  case names
  case createFolder
  case createDraft
  case copyDraft
  case append
  case empty
  case publish
  case rename
  case remove
  case setModified
  case flush
  case sweepDrafts

  /// Whether it changes nothing.
  package var onlyLooks: Bool {
    switch self {
    case .status, .read, .scan, .names: true
    case .createFolder, .createDraft, .copyDraft, .append, .empty, .publish, .rename, .remove, .setModified, .flush,
      .sweepDrafts:
      false
    }
  }
}
