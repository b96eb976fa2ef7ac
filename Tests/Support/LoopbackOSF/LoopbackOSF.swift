import Synchronization

/// A server on 127.0.0.1 that speaks OSF's protocol with real bytes on two ports, by HTTP or HTTPS, records what it
/// is asked, and lies when told to. Anyone may call at once; the server ends with `stop`, or with the value.
///
/// The front (files.osf.io) answers `/v1/resources/{project}/providers/osfstorage/{file}` with a redirect to the
/// storage under a signature, or with metadata (`?meta=`, `?versions=`, HEAD); restricted files want the token.
/// It serves a folder under `/static/` too. The storage gives the bytes, with ranges.
public final class LoopbackOSF: Sendable {
  /// The front's address, such as `http://127.0.0.1:4711`, without a slash at the end.
  public let url: String

  /// The storage's address, without a slash at the end.
  public let storageURL: String

  private let shelf: Shelf
  private let signatures = Signatures()
  private let lies = Lies()
  private let date = ToldDate()
  private let log: RequestLog
  private let frontBytes: RawLog
  private let storageBytes: RawLog
  private let service: Service

  /// Starts a server of `files`; its ports are any free ones unless given.
  ///
  /// - Parameters:
  ///   - token: the only one with access to restricted files; nil for none.
  ///   - staticRoot: a folder to serve under `/static/`.
  ///   - tls: the certificate of both ports; nil for HTTP.
  ///   - host: the host in the addresses that are told; a client must find its own way to 127.0.0.1.
  ///   - storageHost: the host in the storage's addresses; nil for the same.
  ///   - onRequest: called when an answer has ended, on any thread.
  public static func start(
    _ files: [ServedFile], token: String? = nil, staticRoot: String? = nil, frontPort: Int = 0,
    storagePort: Int = 0, tls: LoopbackTLS? = nil, host: String = "127.0.0.1", storageHost: String? = nil,
    onRequest: (@Sendable (RecordedRequest) -> Void)? = nil
  ) async throws -> LoopbackOSF {
    let front = try await Gate(port: frontPort, tls: tls, host: host)
    do {
      let storage = try await Gate(port: storagePort, tls: tls, host: storageHost ?? host)
      return LoopbackOSF(
        front, storage, shelf: Shelf(files), token: token, folder: staticRoot.map { StaticFolder(root: $0) },
        log: RequestLog(onRequest: onRequest))
    } catch {
      try await front.close()
      throw error
    }
  }

  /// Starts a server of `files`, hands it to `body`, and stops it whatever happens.
  public static func serving<Result>(
    _ files: [ServedFile], token: String? = nil, staticRoot: String? = nil, tls: LoopbackTLS? = nil,
    host: String = "127.0.0.1", storageHost: String? = nil, isolation: isolated (any Actor)? = #isolation,
    _ body: (LoopbackOSF) async throws -> Result
  ) async throws -> Result {
    let server = try await start(
      files, token: token, staticRoot: staticRoot, tls: tls, host: host, storageHost: storageHost)
    let result: Result
    do {
      result = try await body(server)
    } catch {
      try await server.stop()
      throw error
    }
    try await server.stop()
    return result
  }

  private init(
    _ front: Gate, _ storage: Gate, shelf: Shelf, token: String?, folder: StaticFolder?, log: RequestLog
  ) {
    url = front.url
    storageURL = storage.url
    self.shelf = shelf
    self.log = log
    frontBytes = front.bytes
    storageBytes = storage.bytes
    let frontSite = Front(
      shelf: shelf, signatures: signatures, scheme: front.scheme, token: token, storageURL: storage.url, folder: folder)
    let storageSite = Storage(signatures: signatures)
    let lies = lies
    let date = date
    let count = Counter()
    service = Service {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (gate, origin, site) in [
          (front, Origin.front, frontSite as any Site), (storage, Origin.storage, storageSite as any Site),
        ] {
          group.addTask {
            try await gate.serve { channel in
              Connection(
                channel: channel, number: count.next(), origin: origin, scheme: gate.scheme, site: site, lies: lies,
                date: date, log: log)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  /// The address of a file at the front, of its newest version unless a number (from 1) is given.
  public func url(of file: ServedFile, version: Int? = nil) -> String {
    let query = version.map { "?version=\($0)" } ?? ""
    return "\(url)/v1/resources/\(file.project)/providers/osfstorage/\(file.file)\(query)"
  }

  /// Closes both ports and every connection, answers under way included.
  public func stop() async throws {
    defer { log.close() }
    try await service.stop()
  }

  // MARK: What is asked

  /// All requests on both origins since the start or the last `forgetRequests`, in the order they came.
  public func requests() -> [RecordedRequest] { log.records }

  /// The requests to one origin.
  public func requests(to origin: Origin) -> [RecordedRequest] { log.records.filter { $0.origin == origin } }

  /// Empties the record of requests, not that of bytes.
  public func forgetRequests() { log.forget() }

  /// All bytes that clients sent to one origin, TLS taken off: one array a connection in the order they came, empty
  /// for one on which nothing came, such as after a handshake that failed. Of each the first MiB.
  public func rawBytes(to origin: Origin) -> [[UInt8]] {
    switch origin {
    case .front: frontBytes.bytes
    case .storage: storageBytes.bytes
    }
  }

  /// Waits for a request that `isMatch` accepts, looked at again as its bytes go out and when it ends; nil when
  /// the task is cancelled or the server stops first.
  public func firstRequest(where isMatch: @Sendable (RecordedRequest) -> Bool) async -> RecordedRequest? {
    await log.first(where: isMatch)
  }

  // MARK: What is answered

  /// Tells a lie in the next answers that it suits, after the lies already queued for the same.
  ///
  /// - Parameters:
  ///   - file: a file's id, or `/static` or a path below it (a folder stands for what is in it); nil for all files
  ///     of the project, whose own lies come first, but no static ones.
  ///   - times: in how many answers; nil for ever, or until `stopLying`.
  public func lie(_ fault: Fault, about file: String? = nil, times: Int? = nil) {
    lies.append(fault, about: file, times: times)
  }

  /// Forgets all lies still to be told.
  public func stopLying() { lies.removeAll() }

  /// Sets the `Date` header of all answers from now on; nil, as at first, for none.
  public func tellDate(_ date: String?) { self.date.value = date }

  /// Adds a file, or takes the place of the one with its id.
  public func put(_ file: ServedFile) { shelf.put(file) }

  /// Takes a file away: 404 from now on; signatures handed out stay good.
  public func remove(_ file: String) { shelf.remove(file) }

  /// Gives a file a newest version, as an upload under the same name does; false when there is no such file.
  @discardableResult
  public func addVersion(_ version: ServedVersion, to file: String) -> Bool { shelf.add(version, to: file) }

  /// Sets how often (nil: at will) and how long the signatures handed out from now on are good; at first 60 s.
  public func limitSignatures(uses: Int? = nil, duration: Duration = .seconds(60)) {
    signatures.limit(uses: uses, duration: duration)
  }

  /// Ends all signatures handed out so far: 403 from the storage.
  public func expireSignatures() { signatures.expireAll() }
}
