package import Dataset
package import Effects
internal import OSFMetadata
package import Store
internal import Synchronization
internal import SystemPackage

/// Asks OSF what it knows of files: which version has the wanted bytes, of what size and SHA-256.
///
/// What was told once is remembered in the store and not asked again, as a version never changes. If OSF
/// cannot be reached, the first few requests find it out for all.
package struct OriginInquiry: Sendable {
  /// A file with what its bytes must be.
  package struct Question: Hashable, Sendable {
    /// The file.
    package let file: OSFFile
    /// Its bytes.
    package let wanted: Checksums

    /// A question.
    package init(_ file: OSFFile, wanted: Checksums) {
      self.file = file
      self.wanted = wanted
    }
  }

  /// What came of a question.
  package enum Answer: Hashable, Sendable {
    /// This version has the bytes.
    case version(OSFVersion)
    /// OSF has told of its versions, and none has the bytes.
    case noVersion
    /// OSF could not be asked, or did not tell.
    case unknown(DownloadFailure)
  }

  private let world: World
  private let store: ObjectStore
  private let origins: OriginMap
  private let policy: RetryPolicy
  private let asksAnew: Bool

  /// At a time, so as to be no burden.
  private static let requestsAtOnce = 8
  /// For connection and answer together.
  private static let requestLimit = Duration.seconds(10)
  /// A longer rest than this is not waited for: a lock can do without.
  private static let longestRest = Duration.seconds(10)
  private static let tries = 3
  private static let redirectLimit = 5

  /// An inquiry; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - policy: how long to wait between tries.
  ///   - asksAnew: whether OSF is asked even of what it has told before: it may have lost a file since.
  package init(
    _ world: World, store: ObjectStore, origins: OriginMap, policy: RetryPolicy = RetryPolicy(),
    asksAnew: Bool = false
  ) {
    self.world = world
    self.store = store
    self.origins = origins
    self.policy = policy
    self.asksAnew = asksAnew
  }

  /// Answers in the order of the questions; throws for what is wrong with the store alone.
  package func answers(
    to questions: [Question], jobs: Int, observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws -> [Answer] {
    let end = Ending()
    let count = LookUpCount(questions.count)
    return try await boundedMap(questions, limit: min(jobs, Self.requestsAtOnce)) { question in
      let answer = try await answer(to: question, end, observer)
      observer(count.next())
      return answer
    }
  }

  /// What ended the inquiry for all, if anything did.
  private final class Ending: Sendable {
    private let reason = Mutex<DownloadFailure?>(nil)

    var failure: DownloadFailure? {
      get { reason.withLock { $0 } }
      set { reason.withLock { $0 = $0 ?? newValue } }
    }
  }

  private func answer(
    to question: Question, _ end: Ending, _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws -> Answer {
    let known = asksAnew ? [] : try store.versions(of: question.file, at: origins.osfURL)
    if let match = Self.match(question, among: known) { return .version(match) }
    if origins.isOffline { return .unknown(.offline) }
    do throws(DownloadFailure) {
      if let newest = VersionReader.newest(try await ask(question.file, "meta=", end, observer)) {
        try remember([newest], of: question.file)
        if let match = Self.match(question, among: [newest]) { return .version(match) }
      }
      guard let all = VersionReader.all(try await ask(question.file, "versions=", end, observer)), !all.isEmpty else {
        return .unknown(.notMetadata(host: host))
      }
      try remember(all, of: question.file)
      return Self.match(question, among: all).map(Answer.version) ?? .noVersion
    } catch {
      if case .file(let error) = error { throw error }
      if case .transport(.cancelled, _) = error { throw CancellationError() }
      return .unknown(error)
    }
  }

  /// The newest of the versions that have the bytes.
  private static func match(_ question: Question, among versions: [OSFVersion]) -> OSFVersion? {
    versions.filter { version in
      (question.file.version ?? version.number) == version.number && version.checksums.agrees(with: question.wanted)
    }.max { $0.number < $1.number }
  }

  private func remember(_ versions: [OSFVersion], of file: OSFFile) throws(DownloadFailure) {
    do throws(FileError) { try store.record(versions, of: file, at: origins.osfURL) } catch {
      // A store that cannot be written to costs the same requests another time.
      guard [.readOnlyFileSystem, .permissionDenied].contains(error.reason) else { throw .file(error) }
    }
  }

  private var host: String { WebAddress(origins.osfURL)?.server.host ?? origins.osfURL }

  // MARK: Requests

  /// What OSF says, after a few tries. A failure that others would meet too ends the inquiry for all.
  private func ask(
    _ file: OSFFile, _ query: String, _ end: Ending, _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(DownloadFailure) -> [UInt8] {
    guard let address = WebAddress("\(origins.address(of: file))?\(query)") else { throw .nowhere }
    var count = 0
    while true {
      if let failure = end.failure { throw failure }
      let (failure, floor): (DownloadFailure, Duration?)
      switch await get(address, "?\(query)", observer) {
      case .json(let bytes): return bytes
      case .failed(let reason, let retryAfter): (failure, floor) = (reason, retryAfter)
      }
      count += 1
      let isEnd = failure.isSilence || (floor ?? .zero) > Self.longestRest
      guard !isEnd, count < min(Self.tries, failure.worthwhileTries),
        let wait = policy.wait(after: count, floor: floor, waited: .zero)
      else {
        if isEnd || failure.worthwhileTries > 1 || failure.isLasting { end.failure = failure }
        throw failure
      }
      observer(.waits(file.text, wait, reason: failure.summary))
      do { try await world.clock.sleep(for: wait) } catch { throw .transport(.cancelled, host: host) }
    }
  }

  private enum Reply: Sendable {
    case json([UInt8])
    case failed(DownloadFailure, retryAfter: Duration? = nil)
  }

  private func get(
    _ start: WebAddress, _ query: String, _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async -> Reply {
    var address = start
    do throws(DownloadFailure) {
      for _ in 0...Self.redirectLimit {
        let request = TransportRequest(
          url: address.text, headers: ["Accept-Encoding": "identity"], limit: Self.requestLimit)
        let (response, body) = try await world.exchange(request, to: address, query: query, from: nil, observer) {
          ($0, try await Self.body($0))
        }
        if response.status == 200 { return .json(body) }
        guard response.isRedirect else {
          return .failed(.status(response.status, host: host), retryAfter: RetryAfter.wait(response))
        }
        address = try address.followed(to: response.headers["location"])
      }
      return .failed(.redirect(.loop, host: host))
    } catch {
      return .failed(error)
    }
  }

  private static func body(_ response: TransportResponse) async throws -> [UInt8] {
    var body: [UInt8] = []
    for try await piece in response.pieces {
      body += piece.bytes
      // What is longer is no answer to the question, and the reader says so.
      if body.count > VersionReader.byteLimit { break }
    }
    return body
  }
}

extension DownloadFailure {
  /// Whether every other request would fail alike.
  fileprivate var isLasting: Bool {
    switch self {
    case .transport(.insecure, _), .transport(.misconfigured, _): true
    default: false
    }
  }
}
