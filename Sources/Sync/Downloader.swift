package import Dataset
package import Effects
package import Store
internal import SystemPackage

/// Gets files from mirrors and origins into the store, trusting nothing but the lock's checksums.
package struct Downloader: Sendable {
  private let world: World
  private let store: ObjectStore
  private let origins: OriginMap
  private let token: String?

  private static let redirectLimit = 10
  private static let attempts = 3

  /// More than any map has, for files whose size nobody has told.
  private static let sizeLimit: Int64 = 4 << 30

  /// - Parameter token: for restricted files on OSF, and for nothing else.
  package init(_ world: World, store: ObjectStore, origins: OriginMap, token: String?) {
    self.world = world
    self.store = store
    self.origins = origins
    self.token = token
  }

  /// Brings the bytes of a download into the store, from a mirror or its origin.
  ///
  /// - Parameter progress: told how many more bytes have come; negative when a try is given up.
  package func fetch(
    _ download: Download, progress: @escaping @Sendable (Int64) -> Void
  ) async throws(DownloadFailure) -> StoredObject {
    guard isObtainable(download) else { throw .offline }
    return try await fetch(
      download.checksums, from: origins.places(of: download.path, from: download.origin),
      isRestricted: download.isRestricted, progress: progress)
  }

  /// Whether there is any place to ask.
  package func isObtainable(_ download: Download) -> Bool {
    origins.isObtainable(download.path, from: download.origin)
  }

  /// Brings bytes into the store from the first place that has them.
  ///
  /// What one place lacks or has wrong comes from the next. Trouble that may pass is met with two
  /// more tries; wrong bytes with one.
  package func fetch(
    _ wanted: Checksums, from places: [DownloadPlace], isRestricted: Bool = false,
    progress: @escaping @Sendable (Int64) -> Void = { _ in }
  ) async throws(DownloadFailure) -> StoredObject {
    var last = DownloadFailure.nowhere
    for place in places {
      for attempt in 1...Self.attempts {
        do throws(DownloadFailure) {
          return try await fetch(wanted, from: place, isRestricted: isRestricted, progress: progress)
        } catch {
          last = error
        }
        guard last.isTransient, attempt < Self.attempts else { break }
        if case .wrongBytes = last, attempt > 1 { break }
        do { try await world.clock.sleep(for: .milliseconds(150 << attempt)) } catch {
          throw .transport(.cancelled, host: place.description)
        }
      }
      if case .file = last { break }
    }
    throw last
  }

  private func fetch(
    _ wanted: Checksums, from place: DownloadPlace, isRestricted: Bool, progress: @escaping @Sendable (Int64) -> Void
  ) async throws(DownloadFailure) -> StoredObject {
    switch place {
    case .file(let path): return try copy(path, wanted)
    case .web(var address):
      for _ in 0...Self.redirectLimit {
        switch try await get(address, wanted, isRestricted: isRestricted, progress: progress) {
        case .object(let object): return object
        case .redirect(let next): address = next
        }
      }
      throw .redirect(.loop, host: address.server.host)
    }
  }

  // MARK: A file of this machine

  private func copy(_ path: FilePath, _ wanted: Checksums) throws(DownloadFailure) -> StoredObject {
    let status: FileStatus?
    do throws(FileError) { status = try world.files.status(path) } catch { throw .file(error) }
    guard status?.kind == .file else { throw .originMissing(path.string) }
    var intake = try intake(wanted)
    defer { intake.discard() }
    var failure: FileError?
    do throws(FileError) {
      _ = try world.files.scan(path) { chunk in
        guard failure == nil else { return }
        do throws(FileError) { try intake.append(Array(chunk)) } catch { failure = error }
      }
    } catch {
      failure = failure ?? error
    }
    if let failure { throw .file(failure) }
    return try accept(intake, wanted, host: path.string, isPage: false)
  }

  // MARK: A server

  private enum Answer: Sendable {
    case object(StoredObject)
    case redirect(WebAddress)
  }

  private func get(
    _ address: WebAddress, _ wanted: Checksums, isRestricted: Bool, progress: @escaping @Sendable (Int64) -> Void
  ) async throws(DownloadFailure) -> Answer {
    let host = address.server.host
    var headers = ["Accept-Encoding": "identity"]
    let showsToken = isRestricted && origins.mayKnowToken(address.server)
    if showsToken, let token {
      // Anything else would break the request, and be shown in the error that tells so.
      guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .tokenMalformed }
      headers["Authorization"] = "Bearer \(token)"
    }
    do {
      return try await world.transport.send(TransportRequest(url: address.text, headers: headers)) { response in
        switch response.status {
        case 200: return .object(try await receive(response, wanted, host: host, progress: progress))
        case 301, 302, 303, 307, 308:
          let next = try next(response.headers["location"], from: address)
          try await drain(response)
          return .redirect(next)
        case 401 where isRestricted && token == nil: throw DownloadFailure.tokenMissing
        case 401 where isRestricted && !showsToken && origins.isOSF(address.server):
          throw DownloadFailure.tokenWithheld(host: host)
        case 401 where showsToken, 403 where showsToken: throw DownloadFailure.tokenRefused(response.status)
        default: throw DownloadFailure.status(response.status, host: host)
        }
      }
    } catch let failure as DownloadFailure {
      throw failure
    } catch let failure as TransportFailure {
      throw .transport(failure, host: host)
    } catch {
      throw .transport(.broken("\(error)"), host: host)
    }
  }

  /// A short body that is read to its end lets the connection be used again.
  private func drain(_ response: TransportResponse) async throws {
    var count = 0
    for try await piece in response.pieces {
      count += piece.count
      if count > 1 << 16 { return }
    }
  }

  private func next(_ location: String?, from address: WebAddress) throws(DownloadFailure) -> WebAddress {
    guard let location, let next = address.redirected(to: location) else {
      throw .redirect(.nowhere, host: address.server.host)
    }
    guard next.server.scheme == "https" || address.server.scheme == "http" else {
      throw .redirect(.downgrade, host: address.server.host)
    }
    return next
  }

  private func receive(
    _ response: TransportResponse, _ wanted: Checksums, host: String, progress: @Sendable (Int64) -> Void
  ) async throws -> StoredObject {
    let limit = wanted.size ?? Self.sizeLimit
    var intake = try intake(wanted)
    defer { intake.discard() }
    do {
      for try await piece in response.pieces {
        guard intake.count + Int64(piece.count) <= limit else {
          throw wanted.size.map {
            DownloadFailure.wrongLength(expected: $0, received: intake.count + Int64(piece.count), host: host)
          }
            ?? DownloadFailure.endless(limit: limit, host: host)
        }
        do throws(FileError) { try intake.append(piece) } catch { throw DownloadFailure.file(error) }
        progress(Int64(piece.count))
      }
      let isPage = response.headers["content-type"]?.hasPrefix("text/html") == true
      return try accept(intake, wanted, host: host, isPage: isPage)
    } catch {
      progress(-intake.count)
      throw error
    }
  }

  // MARK: Into the store

  private func intake(_ wanted: Checksums) throws(DownloadFailure) -> ObjectIntake {
    do throws(FileError) { return try store.intake(expecting: wanted) } catch { throw .file(error) }
  }

  /// Publishes what came if it is what the lock says, and nothing otherwise.
  private func accept(
    _ intake: ObjectIntake, _ wanted: Checksums, host: String, isPage: Bool
  ) throws(DownloadFailure) -> StoredObject {
    let received = intake.checksums
    guard received.agrees(with: wanted) else {
      if let size = wanted.size, size != received.size, !isPage {
        throw .wrongLength(expected: size, received: received.size ?? 0, host: host)
      }
      throw .wrongBytes(expected: wanted, received: received, host: host, isPage: isPage)
    }
    do throws(FileError) { return try store.add(intake, as: received) } catch { throw .file(error) }
  }
}
