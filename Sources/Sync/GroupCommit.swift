internal import Effects

/// Publishes drafts for many tasks at a time, so that one flush serves all who wait: while one group is
/// being flushed, the next gathers.
actor GroupCommit {
  /// What became of somebody who waited.
  private enum Turn: Sendable {
    /// Another's group had these drafts in it.
    case done([FileError?])
    /// The next group is theirs to publish.
    case leads
  }

  private struct Waiting {
    let publications: [Publication]
    let turn: CheckedContinuation<Turn, Never>
  }

  private let files: any FileSystem
  private var waiting: [Waiting] = []
  private var isBusy = false

  /// So many drafts at a time, and no more than this many more of the last.
  private static let groupSize = 256

  init(_ files: any FileSystem) { self.files = files }

  /// Publishes drafts, when it is their turn; an error or nil for each, in their order.
  func publish(_ publications: [Publication]) async -> [FileError?] {
    if isBusy {
      let turn = await withCheckedContinuation { waiting.append(Waiting(publications: publications, turn: $0)) }
      if case .done(let errors) = turn { return errors }
    }
    isBusy = true
    var group = publications
    var followers: [Waiting] = []
    while group.count < Self.groupSize, !waiting.isEmpty {
      followers.append(waiting.removeFirst())
      group += followers.last?.publications ?? []
    }
    let (drafts, files) = (group, files)
    var errors = await BlockingWork.run { files.publish(drafts) }[...]
    let own = Array(errors.prefix(publications.count))
    errors = errors.dropFirst(publications.count)
    for follower in followers {
      follower.turn.resume(returning: .done(Array(errors.prefix(follower.publications.count))))
      errors = errors.dropFirst(follower.publications.count)
    }
    guard let next = waiting.first else {
      isBusy = false
      return own
    }
    waiting.removeFirst()
    // It stays busy: whoever comes meanwhile waits behind the one who leads.
    next.turn.resume(returning: .leads)
    return own
  }
}
