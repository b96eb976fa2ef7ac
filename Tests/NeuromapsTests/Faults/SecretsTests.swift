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

/// Every byte that leaves the program, and every one that it writes, searched for what must not be there.
@Suite("Secrets")
struct SecretsTests {
  private static let token = "s3cret-t0ken-of-a-user"
  private let secret = MadeFile("lab/secret/MNI152/1mm", size: 9000, isRestricted: true)
  private let open = MadeFile("lab/open/MNI152/1mm", size: 9000)

  private func holds(_ bytes: [UInt8], _ word: String) -> Bool {
    let word = Array(word.utf8)
    guard bytes.count >= word.count else { return false }
    return (0...(bytes.count - word.count)).contains { bytes[$0..<$0 + word.count].elementsEqual(word) }
  }

  /// What a scene has on its disk, below the project and the store.
  private func written(_ scene: FaultScene) throws -> [UInt8] {
    try DiskBench(root: scene.folder).tree(scene.folder).flatMap { Array($0.key.utf8) + $0.value }
  }

  @Test("over plain HTTP on this machine the token reaches OSF's front, and no other byte of it goes anywhere")
  func loopback() async throws {
    try await LoopbackOSF.serving([]) { mirror in
      try await FaultScene.with([secret, open], token: Self.token) { scene in
        scene.variables = [
          "NEUROMAPS_OSF_TOKEN": Self.token, "NEUROMAPS_MIRRORS": mirror.url, "HTTP_PROXY": "http://127.0.0.1:1",
        ]
        try await scene.makeLock(offline: false)
        // Trouble on the way makes messages, and more requests.
        scene.server.lie(.cut(after: 4000), about: secret.id, times: 1)
        scene.server.lie(.status(503), about: secret.id, times: 1)
        let outcome = try await scene.sync()
        #expect(outcome.exitCode == 0, "\(outcome.told)")
        #expect(try scene.bytes(secret) == secret.bytes)
        try expectKept(scene, mirror, outcome)
        let front = scene.server.requests(to: .front)
        let withToken = front.filter { $0.header("Authorization") == "Bearer \(Self.token)" }
        #expect(withToken.count == 3)
        #expect(withToken.allSatisfy { $0.uri.contains(secret.id) && !$0.uri.contains("meta") })
        #expect(front.count { $0.header("Authorization") != nil } == withToken.count)
      }
    }
  }

  private func expectKept(_ scene: FaultScene, _ mirror: LoopbackOSF, _ outcome: FaultScene.Outcome) throws {
    #expect(scene.server.rawBytes(to: .front).contains { holds($0, Self.token) })
    #expect(!scene.server.rawBytes(to: .storage).contains { holds($0, Self.token) })
    #expect(!mirror.requests().isEmpty)
    #expect(!mirror.rawBytes(to: .front).contains { holds($0, Self.token) })
    #expect(!outcome.told.contains(Self.token))
    #expect(try !holds(written(scene), Self.token))
    // Nor does a signature stay anywhere.
    let signed = scene.server.requests(to: .storage).compactMap { $0.uri.split(separator: "signature=").last }
    #expect(!signed.isEmpty)
    for signature in signed.map({ String($0.prefix { $0 != "&" }) }) {
      #expect(!outcome.told.contains(signature))
      #expect(try !holds(written(scene), signature))
    }
  }

  @Test("through a proxy the token is inside of TLS, where the proxy cannot see it")
  func proxy() async throws {
    try await FaultScene.with(
      [secret, open], tls: .trusted, host: "localhost", storageHost: "storage.example.org", token: Self.token
    ) { scene in
      try await LoopbackProxy.serving(user: "me", password: "pr0xy-word") { proxy in
        let port = scene.server.storageURL.split(separator: ":").last ?? ""
        proxy.route("storage.example.org:\(port)", to: "127.0.0.1:\(port)")
        scene.variables = [
          "NEUROMAPS_OSF_TOKEN": Self.token, "SSL_CERT_FILE": LoopbackTLS.authorityPath,
          "HTTPS_PROXY": "http://me:pr0xy-word@127.0.0.1:\(proxy.port)",
        ]
        try await scene.makeLock()
        let outcome = try await scene.sync()
        #expect(outcome.exitCode == 0, "\(outcome.told)")
        #expect(!proxy.requests().isEmpty)
        for bytes in proxy.rawBytes() + proxy.tunnelBytes() { #expect(!holds(bytes, Self.token)) }
        let received = scene.server.rawBytes(to: .front) + scene.server.rawBytes(to: .storage)
        #expect(!received.contains { holds($0, "pr0xy-word") })
        #expect(!scene.server.rawBytes(to: .storage).contains { holds($0, Self.token) })
        #expect(!outcome.told.contains("pr0xy-word") && !outcome.told.contains(Self.token))
        #expect(try !holds(written(scene), Self.token) && !holds(written(scene), "pr0xy-word"))
      }
    }
  }

  @Test("a redirect away from OSF and back again does not bring the token along")
  func thereAndBack() async throws {
    try await LoopbackOSF.serving([]) { other in
      try await FaultScene.with([secret], token: Self.token) { scene in
        scene.variables["NEUROMAPS_OSF_TOKEN"] = Self.token
        try await scene.makeLock()
        // The front sends the client to another server, which sends it back.
        scene.server.lie(
          .redirectTo("\(other.url)/v1/resources/lab01/providers/osfstorage/x"), about: secret.id, times: 1)
        other.put(ServedFile(project: "lab01", file: "x", name: "x", versions: secret.served.versions))
        other.lie(.redirectTo(scene.server.url(of: secret.served)), about: "x")
        let outcome = try await scene.sync()
        #expect(outcome.exitCode == 6, "\(outcome.told)")
        #expect(!other.rawBytes(to: .front).contains { holds($0, Self.token) })
        let front = scene.server.requests(to: .front).map { $0.header("Authorization") != nil }
        #expect(front == [true, false])
      }
    }
  }
}
