internal import Foundation
internal import Synchronization

/// What the proxy knows: where names lead, who may pass, the lies still to be told, and what was asked. Anyone may
/// call at once.
final class ProxyDesk: Sendable {
  /// What is done about a request.
  enum Decision: Sendable {
    /// A tunnel to there, closed after so many bytes to the client; nil for no such end.
    case tunnel(ProxyPlace, cut: Int?)

    /// An answer with this status, and no tunnel.
    case refusal(Int)

    /// The connection closes.
    case hangUp

    /// Nothing is answered.
    case silence

    /// Bytes that are no HTTP.
    case notHTTP
  }

  private struct Lie {
    let fault: ProxyFault
    /// How many times more; nil for ever.
    var left: Int?
  }

  private struct State {
    var routes: [String: String]
    var lies: [Lie] = []
    var requests: [ProxyRequest] = []
  }

  /// What clients sent to the proxy itself.
  let bytes = RawLog()

  /// What clients sent into their tunnels.
  let tunneled = RawLog()

  private let state: Mutex<State>
  private let authorization: String?

  /// Takes where names lead, and who may pass; nil for anyone.
  init(routes: [String: String], user: String?, password: String) {
    state = Mutex(State(routes: routes))
    authorization = user.map { "Basic " + Data("\($0):\(password)".utf8).base64EncodedString() }
  }

  /// All requests in the order in which they were answered.
  var requests: [ProxyRequest] { state.withLock { $0.requests } }

  /// Leads a name and port to a place.
  func route(_ name: String, to place: String) {
    state.withLock { $0.routes[name] = place }
  }

  /// Puts a lie at the end.
  func append(_ fault: ProxyFault, times: Int?) {
    if let times, times <= 0 { return }
    state.withLock { $0.lies.append(Lie(fault: fault, left: times)) }
  }

  /// Forgets all lies.
  func removeLies() {
    state.withLock { $0.lies = [] }
  }

  /// Adds a request to the record.
  func record(_ request: ProxyRequest, status: Int) {
    var request = request
    request.status = status
    state.withLock { $0.requests.append(request) }
  }

  /// What is to be done about `request`; the first lie is told once more by that.
  func decide(about request: ProxyRequest) -> Decision {
    switch nextLie() {
    case .refuse(let status): .refusal(status)
    case .hangUp: .hangUp
    case .silence: .silence
    case .notHTTP: .notHTTP
    case .cut(let count): honest(request, cut: max(count, 0))
    case nil: honest(request, cut: nil)
    }
  }

  private func honest(_ request: ProxyRequest, cut: Int?) -> Decision {
    guard request.method == "CONNECT" else { return .refusal(405) }
    if let authorization, request.authorization != authorization { return .refusal(407) }
    let route = state.withLock { $0.routes[request.target] }
    guard let place = ProxyPlace(route ?? request.target), place.isLoopback else { return .refusal(502) }
    return .tunnel(place, cut: cut)
  }

  private func nextLie() -> ProxyFault? {
    state.withLock { state in
      guard let lie = state.lies.first else { return nil }
      if let left = lie.left {
        state.lies[0].left = left - 1
        if left == 1 { state.lies.removeFirst() }
      }
      return lie.fault
    }
  }
}
