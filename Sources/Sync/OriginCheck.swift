package import Dataset
package import Effects
package import Store
internal import Synchronization
internal import SystemPackage

/// Asks the origins of files whether they are there, with the bytes that are wanted, and downloads none.
///
/// OSF tells checksums. A file of this machine is hashed. Of other servers the first byte is asked for, which tells
/// the size; and if the tag of the answer is the wanted MD5, as object stores write it, that is proof.
package struct OriginCheck: Sendable {
  /// A file, and what its bytes must be.
  package struct Question: Hashable, Sendable {
    /// Where it comes from.
    package let origin: Origin
    /// Its bytes.
    package let wanted: Checksums

    /// A question.
    package init(_ origin: Origin, wanted: Checksums) {
      self.origin = origin
      self.wanted = wanted
    }
  }

  /// What came of a question.
  package enum Answer: Hashable, Sendable {
    /// It is there, with the wanted checksum.
    case right
    /// It is there, with the wanted size; no checksum could be compared.
    case sizeOnly
    /// It is there; neither size nor checksum could be compared.
    case unmeasured
    /// It is there, with other bytes; how that is known.
    case wrong(String)
    /// It is not there; who says so.
    case missing(String)
    /// The origin could not be asked, or did not tell.
    case unknown(DownloadFailure)
  }

  private let world: World
  private let origins: OriginMap
  private let policy: RetryPolicy
  private let inquiry: OriginInquiry

  private static let tries = 3
  private static let redirectLimit = 5
  private static let requestLimit = Duration.seconds(10)

  /// A check; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - store: remembers what OSF tells.
  ///   - origins: where the origins are; mirrors are not asked.
  ///   - policy: how long to wait between tries.
  package init(_ world: World, store: ObjectStore, origins: OriginMap, policy: RetryPolicy = RetryPolicy()) {
    self.world = world
    self.origins = origins
    self.policy = policy
    inquiry = OriginInquiry(world, store: store, origins: origins, policy: policy, asksAnew: true)
  }

  /// Answers in the order of the questions; throws for what is wrong with the store, or when it is cancelled.
  ///
  /// - Parameters:
  ///   - questions: asked once each, however often they stand there.
  ///   - jobs: how many at a time.
  ///   - observer: told of requests, and how far it is.
  package func answers(
    to questions: [Question], jobs: Int, observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws -> [Answer] {
    var seen: Set<Question> = []
    let all = questions.filter { seen.insert($0).inserted }
    let osf = all.compactMap { question -> (Question, OriginInquiry.Question)? in
      guard case .osf(let file) = question.origin else { return nil }
      return (question, OriginInquiry.Question(file, wanted: question.wanted))
    }
    let told = try await inquiry.answers(to: osf.map(\.1), jobs: jobs) { event in
      guard case .lookedUp(let count, of: _) = event else { return observer(event) }
      observer(.lookedUp(count, of: all.count))
    }
    let rest = all.filter { if case .osf = $0.origin { false } else { true } }
    let (count, silence) = (LookUpCount(all.count, done: osf.count), Silence())
    let found = try await boundedMap(rest, limit: jobs) { question in
      let answer = try await answer(to: question, silence, observer)
      observer(count.next())
      return answer
    }
    let pairs = zip(osf.map(\.0), told.map(Self.answer)).map { ($0, $1) } + zip(rest, found).map { ($0, $1) }
    let answers = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    return questions.map { answers[$0] ?? .unknown(.nowhere) }
  }

  private static func answer(_ told: OriginInquiry.Answer) -> Answer {
    switch told {
    case .version: .right
    case .noVersion: .wrong("no version on OSF has the wanted bytes")
    case .unknown(.status(let code, let host)) where [404, 410].contains(code): .missing("\(host) answered \(code)")
    case .unknown(let failure): .unknown(failure)
    }
  }

  private func answer(
    to question: Question, _ silence: Silence, _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws -> Answer {
    switch origins.place(of: question.origin) {
    case nil: return .unknown(.nowhere)
    case .file(let path): return await hash(path, question.wanted)
    case .web where origins.isOffline: return .unknown(.offline)
    case .web(let address):
      do throws(DownloadFailure) {
        return try await ask(address, question.wanted, silence, observer)
      } catch {
        if case .transport(.cancelled, _) = error { throw CancellationError() }
        return .unknown(error)
      }
    }
  }

  // MARK: A file of this machine

  private func hash(_ path: FilePath, _ wanted: Checksums) async -> Answer {
    let files = world.files
    return await BlockingWork.run { () -> Answer in
      do throws(FileError) {
        guard try files.status(path)?.kind == .file else { return .missing("`\(path)` is not there") }
        var hasher = ContentHasher(md5: wanted.sha256 == nil)
        _ = try files.scan(path) { hasher.update($0) }
        let found = hasher.finish()
        return found.agrees(with: wanted) ? .right : .wrong("`\(path)` has \(found.described(like: wanted))")
      } catch {
        return .unknown(.file(error))
      }
    }
  }

  // MARK: A server

  /// After a few tries; a server that was silent once is not asked again.
  private func ask(
    _ address: WebAddress, _ wanted: Checksums, _ silence: Silence,
    _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(DownloadFailure) -> Answer {
    var count = 0
    while true {
      if let failure = silence[address.server] { throw failure }
      let failure: DownloadFailure
      do throws(DownloadFailure) {
        return try await get(address, wanted, observer)
      } catch {
        failure = error
      }
      count += 1
      if failure.isSilence { silence.note(failure, of: address.server) }
      guard !failure.isSilence, count < min(Self.tries, failure.worthwhileTries),
        let wait = policy.wait(after: count, floor: nil, waited: .zero)
      else { throw failure }
      observer(.waits(address.description, wait, reason: failure.summary))
      do { try await world.clock.sleep(for: wait) } catch {
        throw .transport(.cancelled, host: address.server.host)
      }
    }
  }

  private enum Reply: Sendable {
    case answer(Answer)
    case redirect(WebAddress)
    case failed(DownloadFailure)
  }

  private func get(
    _ start: WebAddress, _ wanted: Checksums, _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(DownloadFailure) -> Answer {
    var address = start
    for _ in 0...Self.redirectLimit {
      let here = address
      let request = TransportRequest(
        url: here.text, headers: ["Accept-Encoding": "identity", "Range": "bytes=0-0"], limit: Self.requestLimit)
      let reply = try await world.exchange(request, to: here, from: nil, observer) { response in
        response.isRedirect
          ? Reply.redirect(try here.followed(to: response.headers["location"]))
          : Self.reply(response, wanted, host: here.server.host)
      }
      switch reply {
      case .answer(let answer): return answer
      case .failed(let failure): throw failure
      case .redirect(let next): address = next
      }
    }
    throw .redirect(.loop, host: address.server.host)
  }

  /// What the head of an answer tells.
  private static func reply(_ response: TransportResponse, _ wanted: Checksums, host: String) -> Reply {
    let range = response.headers["content-range"]
    let size: Int64?
    switch response.status {
    case 200: size = response.headers["content-length"].flatMap { Int64($0) }
    case 206: size = range.flatMap { ContentRange($0) }?.total
    // An empty file has no first byte.
    case 416: size = range?.hasSuffix("*/0") == true ? 0 : nil
    case 404, 410: return .answer(.missing("\(host) answered \(response.status)"))
    case let status: return .failed(.status(status, host: host))
    }
    if let md5 = wanted.md5, response.headers["etag"] == "\"\(md5)\"" { return .answer(.right) }
    guard let size, let expected = wanted.size else { return .answer(.unmeasured) }
    return .answer(
      size == expected ? .sizeOnly : .wrong("\(host) has \(size) bytes, and \(expected) are wanted"))
  }
}

/// Servers that did not answer.
private final class Silence: Sendable {
  private let failures = Mutex<[WebAddress.Server: DownloadFailure]>([:])

  subscript(server: WebAddress.Server) -> DownloadFailure? { failures.withLock { $0[server] } }

  func note(_ failure: DownloadFailure, of server: WebAddress.Server) { failures.withLock { $0[server] = failure } }
}
