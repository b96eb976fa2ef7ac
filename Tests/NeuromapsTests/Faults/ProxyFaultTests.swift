import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import MarkedText
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Proxies, and what they do")
struct ProxyFaultTests {
  /// A scene whose OSF is called files.osf.io and known to the proxy alone.
  private func withScene(
    user: String? = nil, password: String = "", storageHost: String = "storage.example.org",
    _ body: (inout FaultScene, LoopbackProxy) async throws -> Void
  ) async throws {
    try await FaultScene.with(tls: .trusted, host: "files.osf.io", storageHost: storageHost) { scene in
      try await LoopbackProxy.serving(user: user, password: password) { proxy in
        for (url, host) in [(scene.server.url, "files.osf.io"), (scene.server.storageURL, storageHost)] {
          let port = url.split(separator: ":").last ?? ""
          proxy.route("\(host):\(port)", to: "127.0.0.1:\(port)")
        }
        scene.variables = ["SSL_CERT_FILE": LoopbackTLS.authorityPath, "HTTPS_PROXY": proxy.url]
        scene.patience.connect = .seconds(2)
        try await scene.makeLock()
        try await body(&scene, proxy)
      }
    }
  }

  @Test("with HTTPS_PROXY every server is reached through it")
  func works() async throws {
    try await withScene { scene, proxy in
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(try scene.bytes(FaultScene.victim) == FaultScene.victim.bytes)
      #expect(!proxy.requests().isEmpty)
      #expect(proxy.requests().allSatisfy { $0.method == "CONNECT" && $0.authorization == nil })
    }
  }

  @Test("a user and a password in the address are shown to the proxy, and in no message")
  func authentication() async throws {
    try await withScene(user: "me@lab", password: "pa:ss") { scene, proxy in
      scene.variables["HTTPS_PROXY"] = "http://me%40lab:pa%3Ass@127.0.0.1:\(proxy.port)/"
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(proxy.requests().allSatisfy { $0.authorization?.hasPrefix("Basic ") == true && $0.status == 200 })
      #expect(!outcome.told.contains("pa:ss") && !outcome.told.contains("pa%3Ass"))
    }
    try await withScene(user: "me", password: "right") { scene, proxy in
      scene.variables["HTTPS_PROXY"] = "http://me:s3cret@127.0.0.1:\(proxy.port)"
      let outcome = try await scene.sync()
      #expect(Set(outcome.codes) == [.unreachable], "\(outcome.told)")
      #expect(outcome.told.contains("it wants another user and password"))
      #expect(!outcome.told.contains("s3cret"))
      #expect(outcome.requests.isEmpty)
    }
  }

  @Test(
    "a proxy that does not do its work is told of, and nothing is left",
    arguments: [
      ProxyFault.refuse(status: 502), .refuse(status: 403), .hangUp, .silence, .notHTTP,
    ])
  func fails(_ fault: ProxyFault) async throws {
    try await withScene { scene, proxy in
      scene.patience = .init(connect: .milliseconds(500), silence: .milliseconds(500))
      proxy.lie(fault)
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 1)
      #expect(Set(outcome.codes) == [.unreachable], "\(outcome.told)")
      #expect(outcome.requests.isEmpty)
      #expect(try scene.bytes(FaultScene.victim) == nil)
      #expect(try scene.leftovers().isEmpty)
      proxy.stopLying()
      scene.patience = .init(connect: .seconds(2), silence: .seconds(2))
      try await scene.expectHonestSyncEndsRight("\(fault)")
    }
  }

  @Test("a tunnel that is cut is gone on with")
  func cut() async throws {
    try await withScene { scene, proxy in
      proxy.lie(.cut(after: 9000), times: 3)
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(try scene.bytes(FaultScene.victim) == FaultScene.victim.bytes)
      try await scene.expectHonestSyncEndsRight("cut")
    }
  }

  @Test("a proxy that is not there is named as the trouble")
  func nobody() async throws {
    try await withScene { scene, _ in
      scene.variables["HTTPS_PROXY"] = "http://127.0.0.1:1"
      let outcome = try await scene.sync()
      #expect(Set(outcome.codes) == [.unreachable])
      #expect(outcome.failure?.diagnostics.first?.message.contains("the proxy") == true, "\(outcome.told)")
      #expect(outcome.failure?.diagnostics.first?.hints.contains { $0.contains("NO_PROXY") } == true)
    }
  }

  @Test("this machine needs no proxy, nor does what NO_PROXY names")
  func exceptions() async throws {
    try await FaultScene.with { scene in
      scene.variables = ["HTTP_PROXY": "http://127.0.0.1:1"]
      try await scene.makeLock()
      #expect(try await scene.sync().exitCode == 0)
    }
    try await withScene { scene, proxy in
      scene.variables["NO_PROXY"] = "example.com, .osf.io"
      let outcome = try await scene.sync()
      // The made-up name is known to the proxy alone.
      #expect(Set(outcome.codes) == [.unreachable])
      #expect(proxy.requests().isEmpty)
    }
  }

  @Test(
    "a proxy that is no address is told as such", arguments: ["socks5://127.0.0.1:1080", "http://", "http://a:b:c"])
  func badAddress(_ address: String) async throws {
    try await withScene { scene, _ in
      scene.variables["HTTPS_PROXY"] = address
      let outcome = try await scene.sync()
      #expect(outcome.codes.first == .badAddress, "\(outcome.told)")
      #expect(outcome.naps.isEmpty)
      #expect(outcome.failure?.diagnostics.first?.message.contains("$HTTPS_PROXY") == true, "\(outcome.told)")
    }
  }
}
