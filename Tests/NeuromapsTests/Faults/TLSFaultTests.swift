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

@Suite("Servers that prove who they are, or do not")
struct TLSFaultTests {
  private let authority = ["SSL_CERT_FILE": LoopbackTLS.authorityPath]

  @Test("a certificate signed by an authority in SSL_CERT_FILE is accepted")
  func trusted() async throws {
    try await FaultScene.with(tls: .trusted) { scene in
      scene.variables = authority
      try await scene.makeLock()
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 0, "\(outcome.told)")
      #expect(try scene.bytes(FaultScene.victim) == FaultScene.victim.bytes)
    }
  }

  @Test(
    "a certificate with something wrong is refused at once, and why is told",
    arguments: [
      (LoopbackTLS.wrongName, "for another host"), (.expired, "has expired, or nobody"),
      (.unknownAuthority, "nobody that this machine trusts"),
    ])
  func refused(_ certificate: LoopbackTLS, _ reason: String) async throws {
    try await FaultScene.with(tls: certificate) { scene in
      scene.variables = authority
      try await scene.makeLock()
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 1)
      #expect(Set(outcome.codes) == [.unreachable], "\(outcome.told)")
      #expect(outcome.failure?.diagnostics.first?.causes.first?.contains(reason) == true, "\(outcome.told)")
      #expect(outcome.requests.isEmpty)
      #expect(outcome.naps.isEmpty)
      #expect(try scene.bytes(FaultScene.victim) == nil)
      #expect(try scene.leftovers().isEmpty)
    }
  }

  @Test("without SSL_CERT_FILE only the system's authorities count")
  func systemRoots() async throws {
    try await FaultScene.with(tls: .trusted) { scene in
      try await scene.makeLock()
      let outcome = try await scene.sync()
      #expect(Set(outcome.codes) == [.unreachable])
      #expect(outcome.failure?.diagnostics.first?.hints.contains { $0.contains("SSL_CERT_FILE") } == true)
    }
  }

  @Test("an SSL_CERT_FILE that cannot be read is told as such", arguments: ["/nowhere.pem", "/etc/hostname"])
  func unreadable(_ path: String) async throws {
    try await FaultScene.with(tls: .trusted) { scene in
      scene.variables = ["SSL_CERT_FILE": path]
      try await scene.makeLock()
      let outcome = try await scene.sync()
      #expect(outcome.exitCode == 1)
      #expect(outcome.codes.first == .badAddress, "\(outcome.told)")
      #expect(outcome.told.contains(path))
      #expect(outcome.naps.isEmpty)
    }
  }

  @Test("a redirect from TLS to plain HTTP is not followed")
  func downgrade() async throws {
    try await LoopbackOSF.serving(FaultScene.files.map(\.served)) { plain in
      try await FaultScene.with(tls: .trusted) { scene in
        scene.variables = authority
        try await scene.makeLock()
        scene.server.lie(.redirectTo(plain.url(of: FaultScene.victim.served)), about: FaultScene.victim.id)
        let outcome = try await scene.sync()
        #expect(outcome.codes == [.redirectRefused])
        #expect(plain.requests().isEmpty)
        try await scene.expectHonestSyncEndsRight("downgrade")
      }
    }
  }
}
