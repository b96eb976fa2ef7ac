package import Dataset
package import Diagnostics
package import Effects
package import Store
internal import SystemPackage

/// Gets files from mirrors and origins, trusting nothing but the lock's checksums.
///
/// All downloads of a run go through one value and its copies, which know together how the servers do.
package struct Downloader: Sendable {
  let world: World
  let store: ObjectStore
  let origins: OriginMap
  let token: String?
  let ledger: ServerLedger
  private let policy: RetryPolicy

  /// - Parameters:
  ///   - token: for restricted files on OSF, and for nothing else.
  ///   - policy: how often things are tried again.
  package init(
    _ world: World, store: ObjectStore, origins: OriginMap, token: String?, policy: RetryPolicy = RetryPolicy()
  ) {
    self.world = world
    self.store = store
    self.origins = origins
    self.token = token
    self.policy = policy
    ledger = ServerLedger(world.clock)
  }

  /// What there is to say of mirrors after the downloads, each thing once.
  package var warnings: [Diagnostic] { ledger.warnings }

  /// Gets the bytes of a download from a mirror or its origin; the caller has the store keep them, or not. While
  /// another process gets the same into the store, it is waited for.
  ///
  /// - Parameter observer: told what happens, from any thread.
  package func supply(
    of download: Download, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(DownloadTrouble) -> Supply {
    guard isObtainable(download) else { throw DownloadTrouble(.offline) }
    let pursuit = Pursuit(
      download.name, download.checksums, isRestricted: download.isRestricted, observer: observer)
    return try await bring(pursuit, from: origins.sources(of: download.path, from: download.origin))
  }

  /// Brings the bytes of a download into the store.
  package func fetch(
    _ download: Download, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(DownloadTrouble) -> StoredObject {
    try keep(try await supply(of: download, observer: observer))
  }

  private func keep(_ supply: Supply) throws(DownloadTrouble) -> StoredObject {
    let arrival: Arrival
    switch supply {
    case .stored(let object): return object
    case .arrived(let bytes): arrival = bytes
    }
    do throws(FileError) { return try store.add(arrival.intake, as: arrival.checksums) } catch {
      arrival.intake.discard()
      throw DownloadTrouble(.file(error))
    }
  }

  /// Whether there is any place to ask.
  package func isObtainable(_ download: Download) -> Bool {
    origins.isObtainable(download.path, from: download.origin)
  }

  /// Brings bytes into the store from the first place that has them.
  package func fetch(_ wanted: Checksums, from places: [DownloadPlace]) async throws(DownloadTrouble) -> StoredObject {
    let name = places.first?.description ?? ""
    return try keep(
      try await bring(Pursuit(name, wanted, isRestricted: false) { _ in }, from: places.map { DownloadSource($0) }))
  }

  /// What one place lacks or has wrong comes from the next.
  private func bring(_ start: Pursuit, from sources: [DownloadSource]) async throws(DownloadTrouble) -> Supply {
    var pursuit = start
    var last = DownloadFailure.nowhere
    pursuit.observer(.began(pursuit.name, size: pursuit.wanted.size))
    defer { pursuit.observer(.ended(pursuit.name)) }
    for source in sources {
      do throws(DownloadFailure) {
        let supply = try await bring(&pursuit, from: source)
        ledger.noteArrival()
        return supply
      } catch {
        last = error
      }
      if last.endsPursuit { break }
      if let mirror = source.mirror { ledger.note(last, of: mirror, for: pursuit.name) }
    }
    pursuit.end(last)
    throw DownloadTrouble(last, tries: pursuit.tries, isOutOfTries: pursuit.isOutOfTries)
  }

  /// Asks one place as often as it is worth it.
  private func bring(
    _ pursuit: inout Pursuit, from source: DownloadSource
  ) async throws(DownloadFailure) -> Supply {
    let server = source.place.server
    let host = source.place.host
    if let server, ledger.isDown(server, isMirror: source.mirror != nil) { throw .serverDown(host: host) }
    var count = 0
    // Failures of one kind, told by how many of them are worth another try, do not count for the others.
    var counts: [Int: Int] = [:]
    while true {
      if let server { try await rest(ledger.rest(of: server), &pursuit, host, "it asked to be left alone") }
      let (failure, floor): (DownloadFailure, Duration?)
      switch await attempt(&pursuit, at: source.place) {
      case .arrived(let arrival): return .arrived(arrival)
      case .stored(let object): return .stored(object)
      case .again: continue
      case .failed(let reason, let retryAfter): (failure, floor) = (reason, retryAfter)
      }
      count += 1
      counts[failure.worthwhileTries, default: 0] += 1
      pursuit.note(failure, at: host)
      if let server, let floor { ledger.noteRest(of: server, for: floor) }
      let limit = source.mirror == nil ? RetryPolicy.originTries : RetryPolicy.mirrorTries
      guard count < limit, counts[failure.worthwhileTries, default: 0] < failure.worthwhileTries,
        let wait = policy.wait(after: count, floor: floor, waited: pursuit.waited)
      else { throw failure }
      guard ledger.takeRetry() else {
        pursuit.isOutOfTries = true
        throw failure
      }
      try await rest(wait, &pursuit, host, failure.summary)
    }
  }

  private func rest(
    _ wait: Duration, _ pursuit: inout Pursuit, _ host: String, _ reason: String
  ) async throws(DownloadFailure) {
    guard wait > .zero else { return }
    guard pursuit.waited + wait <= RetryPolicy.patience else { throw .serverDown(host: host) }
    pursuit.observer(.waits(pursuit.name, wait, reason: reason))
    pursuit.waited += wait
    do { try await world.clock.sleep(for: wait) } catch { throw .transport(.cancelled, host: host) }
  }

  /// How one try ended.
  enum Attempt: Sendable {
    /// With the bytes.
    case arrived(Arrival)
    /// With the bytes in the store, where somebody else has brought them.
    case stored(StoredObject)
    /// With the knowledge that the rest cannot be had, only the whole: at once.
    case again
    /// With a failure, and how long the server asks to be left alone.
    case failed(DownloadFailure, retryAfter: Duration? = nil)
  }

  private func attempt(_ pursuit: inout Pursuit, at place: DownloadPlace) async -> Attempt {
    do throws(DownloadFailure) {
      switch place {
      case .file(let path): return .arrived(try copy(path, pursuit.wanted))
      case .web(let address): return try await ask(&pursuit, address)
      }
    } catch {
      return .failed(error)
    }
  }

  // MARK: A file of this machine

  private func copy(_ path: FilePath, _ wanted: Checksums) throws(DownloadFailure) -> Arrival {
    let status: FileStatus?
    do throws(FileError) { status = try world.files.status(path) } catch { throw .file(error) }
    guard status?.kind == .file else { throw .originMissing(path.string) }
    var intake: ObjectIntake
    do throws(FileError) { intake = try store.intake(expecting: wanted) } catch { throw .file(error) }
    do throws(DownloadFailure) {
      var failure: FileError?
      do throws(FileError) {
        _ = try world.files.scan(path) { chunk in
          guard failure == nil else { return }
          do throws(FileError) { try intake.append(chunk) } catch { failure = error }
        }
      } catch {
        failure = failure ?? error
      }
      if let failure { throw DownloadFailure.file(failure) }
      return try accept(intake, wanted, host: path.string)
    } catch {
      intake.discard()
      throw error
    }
  }

  /// What came, if it is what the lock says.
  func accept(
    _ intake: ObjectIntake, _ wanted: Checksums, host: String, isPage: Bool = false
  ) throws(DownloadFailure) -> Arrival {
    let received = intake.checksums
    guard received.agrees(with: wanted) else {
      // Who says that maps are pages is believed if the bytes are right.
      if isPage { throw .page(host: host) }
      if let size = wanted.size, size != received.size {
        throw .wrongLength(expected: size, received: received.size ?? 0, host: host)
      }
      throw .wrongBytes(expected: wanted, received: received, host: host)
    }
    return Arrival(intake: intake, checksums: received)
  }
}

extension DownloadPlace {
  /// Who is asked; nil for a file of this machine.
  fileprivate var server: WebAddress.Server? { if case .web(let address) = self { address.server } else { nil } }

  /// What a message calls who is asked.
  fileprivate var host: String { server?.host ?? description }
}

extension DownloadFailure {
  /// Whether no other place can help.
  fileprivate var endsPursuit: Bool {
    switch self {
    case .file, .transport(.cancelled, _): true
    default: false
    }
  }
}
