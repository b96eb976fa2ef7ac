internal import Dataset
internal import Effects
internal import Store

/// One try at a server: requests, redirects, and what comes.
extension Downloader {
  private static let redirectLimit = 10

  /// More than any map has, for files whose size nobody has told.
  private static let sizeLimit: Int64 = 4 << 30

  /// What one answer came to, with the intake as it is then.
  private enum Answer: Sendable {
    case attempt(Attempt, ObjectIntake, mayResume: Bool)
    case redirect(WebAddress)
  }

  /// Follows an address to the bytes.
  func ask(_ pursuit: inout Pursuit, _ start: WebAddress) async throws(DownloadFailure) -> Attempt {
    if let finished = try await prepare(&pursuit, host: start.server.host) { return finished }
    var address = start
    var mayShowToken = pursuit.isRestricted && origins.mayKnowToken(start.server)
    for hop in 0...Self.redirectLimit {
      let answer = try await get(address, pursuit, showsToken: mayShowToken, isRedirected: hop > 0)
      switch answer {
      case .redirect(let next):
        // Once it has left, the token does not come back.
        mayShowToken = mayShowToken && next.server == address.server
        address = next
      case .attempt(let attempt, let intake, let mayResume):
        // Of a download that has failed the intake stays, for another try.
        pursuit.intake = if case .arrived = attempt { nil } else { intake }
        pursuit.mayResume = mayResume
        return attempt
      }
    }
    throw .redirect(.loop, host: address.server.host)
  }

  /// Opens the intake; all of it if an earlier run got that far and no further.
  private func prepare(_ pursuit: inout Pursuit, host: String) async throws(DownloadFailure) -> Attempt? {
    guard pursuit.intake == nil else { return nil }
    if let object = try await claim(&pursuit, host: host) { return .stored(object) }
    guard var intake = pursuit.intake else { preconditionFailure("who claims a file may take it in") }
    let count = intake.count
    guard count > 0 else { return nil }
    if intake.checksums.agrees(with: pursuit.wanted) {
      pursuit.intake = nil
      pursuit.observer(.received(pursuit.name, count))
      return .arrived(try accept(intake, pursuit.wanted, host: host))
    }
    if let size = pursuit.wanted.size, count >= size {
      do throws(FileError) { try intake.restart(nil) } catch { throw .file(error) }
      pursuit.intake = intake
    } else {
      pursuit.observer(.received(pursuit.name, count))
    }
    return nil
  }

  /// Makes sure that nobody else takes in the same, who uses this store: opens the intake, or finds what another
  /// has brought. One who does not get on is not waited for any longer.
  private func claim(_ pursuit: inout Pursuit, host: String) async throws(DownloadFailure) -> StoredObject? {
    var (waited, idle) = (Duration.zero, Duration.zero)
    var size: Int64?
    while true {
      do throws(FileError) {
        if let intake = try store.resumableIntake(expecting: pursuit.wanted) {
          if let object = try store.object(pursuit.wanted), object.isSealed {
            intake.discard()
            return object
          }
          pursuit.intake = intake
          return nil
        }
        let now = try store.partialSize(of: pursuit.wanted)
        if now != size { (size, idle) = (now, .zero) }
        if idle >= Self.standstill {
          pursuit.intake = try store.intake(expecting: pursuit.wanted)
          return nil
        }
      } catch {
        throw .file(error)
      }
      let before = waited
      do { try await world.clock.sleep(for: Self.glance) } catch { throw .transport(.cancelled, host: host) }
      waited += Self.glance
      idle += Self.glance
      if before < .seconds(1), waited >= .seconds(1) { pursuit.observer(.isElsewhere(pursuit.name)) }
    }
  }

  /// How often it is looked whether another process has a file.
  private static let glance = Duration.milliseconds(20)
  /// How long nothing may come of a download elsewhere: longer than a server may be silent and be asked again.
  private static let standstill = Duration.seconds(120)

  // MARK: A request

  private func get(
    _ address: WebAddress, _ pursuit: Pursuit, showsToken: Bool, isRedirected: Bool
  ) async throws(DownloadFailure) -> Answer {
    guard let intake = pursuit.intake else { preconditionFailure("a request has somewhere to put its answer") }
    let start = pursuit.mayResume && intake.count > 0 ? intake.count : nil
    let request = TransportRequest(
      url: address.text, headers: try headers(for: address.server, intake, from: start, showsToken: showsToken))
    do throws(DownloadFailure) {
      return try await world.exchange(request, to: address, from: start, pursuit.observer) { response in
        ledger.noteContact(with: address.server, succeeded: true)
        if let refusal = refusal(
          response, address.server, pursuit, showsToken: showsToken, isRedirected: isRedirected)
        {
          try await drain(response)
          return .attempt(.failed(refusal, retryAfter: RetryAfter.wait(response)), intake, mayResume: pursuit.mayResume)
        }
        if response.isRedirect {
          let next = try address.followed(to: response.headers["location"])
          try await drain(response)
          return .redirect(next)
        }
        var intake = intake
        let (attempt, mayResume) = await receive(response, &intake, address.server, pursuit, from: start)
        return .attempt(attempt, intake, mayResume: mayResume)
      }
    } catch {
      if error.isSilence { ledger.noteContact(with: address.server, succeeded: false) }
      throw error
    }
  }

  private func headers(
    for server: WebAddress.Server, _ intake: ObjectIntake, from start: Int64?, showsToken: Bool
  ) throws(DownloadFailure) -> [String: String] {
    var headers = ["Accept-Encoding": "identity"]
    if let start {
      headers["Range"] = "bytes=\(start)-"
      if let validator = intake.validator, validator.server == "\(server)" { headers["If-Range"] = validator.tag }
    }
    if showsToken, let token {
      // Anything else would break the request, and be shown in the error that tells so.
      guard token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw .tokenMalformed }
      headers["Authorization"] = "Bearer \(token)"
    }
    return headers
  }

  /// Why there is nothing to be had; nil for bytes, redirects, and a range that is out of place.
  private func refusal(
    _ response: TransportResponse, _ server: WebAddress.Server, _ pursuit: Pursuit, showsToken: Bool,
    isRedirected: Bool
  ) -> DownloadFailure? {
    let host = server.host
    return switch response.status {
    case 200, 206, 416: nil
    case _ where response.isRedirect: nil
    case 401 where pursuit.isRestricted && token == nil: .tokenMissing
    case 401 where pursuit.isRestricted && !showsToken && origins.isOSF(server): .tokenWithheld(host: host)
    case 401 where showsToken, 403 where showsToken: .tokenRefused(response.status)
    case let status: isRedirected ? .refusedAfterRedirect(status, host: host) : .status(status, host: host)
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

  // MARK: Bytes

  /// Takes in the body of an answer; whether the rest may be asked for another time.
  private func receive(
    _ response: TransportResponse, _ intake: inout ObjectIntake, _ server: WebAddress.Server, _ pursuit: Pursuit,
    from start: Int64?
  ) async -> (Attempt, mayResume: Bool) {
    let validator = response.headers["etag"].flatMap { Validator(server: "\(server)", tag: $0) }
    let before = intake.count
    // What cannot be the file does not cost what has come of it.
    let first = response.status == 206 ? before : 0
    if [200, 206].contains(response.status), let failure = misfit(response, after: first, server.host, pursuit) {
      return (.failed(failure), pursuit.mayResume)
    }
    do {
      if response.status == 200 {
        try restart(&intake, validator, pursuit)
      } else if start == nil || !isContinuation(response, intake, validator, pursuit.wanted) {
        // Not what was asked for: the whole is asked for, once at once.
        try restart(&intake, nil, pursuit)
        return (start == nil ? .failed(.wrongRange(host: server.host)) : .again, mayResume: false)
      }
      try await takeIn(response, &intake, server.host, pursuit)
      let arrival = try accept(intake, pursuit.wanted, host: server.host, isPage: Self.isPage(response))
      return (.arrived(arrival), pursuit.mayResume)
    } catch let failure as DownloadFailure where failure.isAboutBytes {
      return end(failure, resumed: before > 0 && response.status == 206, &intake, pursuit)
    } catch let failure as DownloadFailure {
      return (.failed(failure), pursuit.mayResume)
    } catch let error as FileError {
      return (.failed(.file(error)), pursuit.mayResume)
    } catch {
      let failure = (error as? TransportFailure) ?? .broken("\(error)")
      return (.failed(.transport(failure, host: server.host)), pursuit.mayResume)
    }
  }

  /// Wrong bytes are thrown away. If what was there before was a part of them, it may have been the wrong
  /// part, so the whole is asked for before anybody is blamed.
  private func end(
    _ failure: DownloadFailure, resumed: Bool, _ intake: inout ObjectIntake, _ pursuit: Pursuit
  ) -> (Attempt, mayResume: Bool) {
    do throws(FileError) { try restart(&intake, nil, pursuit) } catch { return (.failed(.file(error)), false) }
    return resumed ? (.again, mayResume: false) : (.failed(failure), pursuit.mayResume)
  }

  private func restart(
    _ intake: inout ObjectIntake, _ validator: Validator?, _ pursuit: Pursuit
  ) throws(FileError) {
    if intake.count > 0 { pursuit.observer(.received(pursuit.name, -intake.count)) }
    try intake.restart(validator)
  }

  /// Whether an answer is the rest of the file that was asked for, of the same bytes.
  private func isContinuation(
    _ response: TransportResponse, _ intake: ObjectIntake, _ validator: Validator?, _ wanted: Checksums
  ) -> Bool {
    guard response.status == 206,
      let range = response.headers["content-range"].flatMap({ ContentRange($0) }),
      range.continues(intake.count, of: wanted.size)
    else { return false }
    guard let validator, let earlier = intake.validator, validator.server == earlier.server else { return true }
    return validator.tag == earlier.tag
  }

  /// What is wrong with a body by what is told of it: its length, that it is a page.
  private func misfit(
    _ response: TransportResponse, after first: Int64, _ host: String, _ pursuit: Pursuit
  ) -> DownloadFailure? {
    guard let size = pursuit.wanted.size, let length = response.headers["content-length"].flatMap({ Int64($0) }),
      first + length != size
    else { return nil }
    if Self.isPage(response) { return .page(host: host) }
    return response.status == 200 ? .wrongLength(expected: size, received: length, host: host) : nil
  }

  private func takeIn(
    _ response: TransportResponse, _ intake: inout ObjectIntake, _ host: String, _ pursuit: Pursuit
  ) async throws {
    let limit = pursuit.wanted.size ?? Self.sizeLimit
    for try await piece in response.pieces {
      let count = intake.count + Int64(piece.count)
      guard count <= limit else {
        if Self.isPage(response) { throw DownloadFailure.page(host: host) }
        throw pursuit.wanted.size.map { DownloadFailure.wrongLength(expected: $0, received: count, host: host) }
          ?? DownloadFailure.endless(limit: limit, host: host)
      }
      try await intake.append(piece)
      pursuit.observer(.received(pursuit.name, Int64(piece.count)))
    }
  }

  private static func isPage(_ response: TransportResponse) -> Bool {
    response.headers["content-type"]?.hasPrefix("text/html") == true
  }
}
