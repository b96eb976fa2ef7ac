internal import Effects

extension World {
  /// Sends a request and tells the observer how it went; what `receive` throws of its own passes through,
  /// what the network throws comes as a failure of this host.
  ///
  /// - Parameter query: what may be told of the address's query, which else may hold a signature.
  func exchange<Result: Sendable>(
    _ request: TransportRequest, to address: WebAddress, query: String = "", from start: Int64?,
    _ observer: @escaping @Sendable (TransferEvent) -> Void,
    _ receive: @Sendable (TransportResponse) async throws -> Result
  ) async throws(DownloadFailure) -> Result {
    let elapsed = clock.stopwatch()
    @Sendable func tell(_ answer: String) {
      observer(
        .asked(TransferEvent.Exchange(address: "\(address)\(query)", start: start, answer: answer, duration: elapsed()))
      )
    }
    do {
      return try await transport.send(request) { response in
        let target = response.headers["location"].flatMap { address.redirected(to: $0) }
        tell(target.map { "\(response.status), to \($0)" } ?? "\(response.status)")
        return try await receive(response)
      }
    } catch let failure as DownloadFailure {
      throw failure
    } catch {
      let failure = DownloadFailure.transport(
        (error as? TransportFailure) ?? .broken("\(error)"), host: address.server.host)
      tell(failure.summary)
      throw failure
    }
  }
}

extension WebAddress {
  /// Where a redirect from here leads, if it may be followed: to a web address, and never from https to http.
  func followed(to location: String?) throws(DownloadFailure) -> WebAddress {
    guard let location, let next = redirected(to: location) else {
      throw .redirect(.nowhere, host: server.host)
    }
    guard next.server.scheme == "https" || server.scheme == "http" else {
      throw .redirect(.downgrade, host: server.host)
    }
    return next
  }
}

extension Clock where Duration == Swift.Duration {
  /// Tells the time since now.
  func stopwatch() -> @Sendable () -> Swift.Duration {
    let start = now
    return { start.duration(to: self.now) }
  }
}
