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
