import Catalog
import Dataset
import Diagnostics
import Effects
import LoopbackOSF
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("The catalogs of a project")
struct WorkspaceCatalogsTests {
  private let catalog = Lab.catalog(Lab.all)
  private var digest: String { MadeFile.checksums(of: Array(catalog.utf8)).sha256?.hex ?? "" }

  private func manifest(_ source: String, builtin: Bool = false) -> String {
    "version: 1\ndata_dir: data\nbuiltin: \(builtin)\ncatalogs:\n  - \(source)\nannotations:\n  - lab/beta/MNI152/2mm\n"
  }

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  @Test("without a project there is the built-in catalog alone")
  func builtin() async throws {
    let lab = try Lab()
    #expect(try await lab.workspace().catalogs().map(\.catalog.name) == ["neuromaps"])
  }

  @Test("the built-in catalog is there unless the manifest says otherwise")
  func builtinToo() async throws {
    let lab = try Lab()
    try lab.write(catalog, at: "catalog.yaml")
    try lab.write(manifest("path: catalog.yaml", builtin: true))
    #expect(try await lab.workspace().catalogs().map(\.catalog.name) == ["neuromaps", "lab"])
    try lab.write(manifest("path: catalog.yaml"))
    #expect(try await lab.workspace().catalogs().map(\.catalog.name) == ["lab"])
  }

  @Test(
    "a path starts from the manifest's folder, wherever the command is run", arguments: ["sub/c.yaml", "./sub/c.yaml"])
  func path(_ path: String) async throws {
    var lab = try Lab()
    try lab.write(catalog, at: "sub/c.yaml")
    try lab.write(manifest("path: \(path)"))
    lab.current = lab.project("sub")
    #expect(try await lab.sync().failure == nil)
  }

  @Test(
    "relative origins start from the catalog's folder",
    arguments: ["c.yaml", "sub/c.yaml", "sub/deep/c.yaml", "../far/c.yaml"])
  func relativeOrigins(_ path: String) async throws {
    let lab = try Lab(.silent())
    let place = lab.project("").pushing(FilePath(path)).lexicallyNormalized()
    let text = Lab.catalog([Lab.beta]) { _ in "url: maps/beta.nii.gz" }
    try lab.bench.put(Array(text.utf8), at: place)
    try lab.bench.put(Lab.beta.bytes, at: place.removingLastComponent().pushing("maps/beta.nii.gz"))
    try lab.write(manifest("path: \(path)"))
    #expect(try await lab.sync().failure == nil)
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
    #expect(lab.transport.requests.isEmpty)
    try lab.bench.files.remove(lab.data(Lab.beta))
    #expect(try await lab.sync(.frozen).failure == nil)
  }

  @Test("a catalog that is not there or not right is told of with its place")
  func wrong() async throws {
    let lab = try Lab()
    try lab.write(manifest("path: nowhere.yaml"))
    let missing = try await failure { try await lab.makeLock() }
    #expect(missing?.reason == .wrongInput)
    #expect(codes(missing) == [.catalogUnavailable])
    #expect(missing?.diagnostics.first?.location?.span.start.line == 5)
    try lab.write("version: 1\nname: lab\nrevision: 1\nmaps:\n  - map: nonsense\n", at: "nowhere.yaml")
    let broken = try await failure { try await lab.makeLock() }
    #expect(broken?.reason == .wrongInput)
    #expect(broken?.diagnostics.first?.location?.file == "nowhere.yaml")
    #expect(lab.files.writes.isEmpty)
  }

  @Test("two catalogs of one name are refused, and all that is wrong is told in one run")
  func twice() async throws {
    let lab = try Lab()
    try lab.write(catalog, at: "one.yaml")
    try lab.write(catalog, at: "two.yaml")
    try lab.write(manifest("path: one.yaml\n  - path: two.yaml\n  - path: three.yaml"))
    let failure = try await failure { try await lab.makeLock() }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.catalogUnavailable, .catalogUnavailable])
    #expect(failure?.diagnostics.compactMap(\.location?.span.start.line) == [6, 7])
  }

  @Test("a lab's catalog cannot take the built-in one's name")
  func builtinName() async throws {
    let lab = try Lab()
    try lab.write(Lab.catalog(Lab.all, name: "neuromaps"), at: "c.yaml")
    try lab.write(manifest("path: c.yaml", builtin: true))
    #expect(codes(try await failure { try await lab.makeLock() }) == [.catalogUnavailable])
    try lab.write(manifest("path: c.yaml"))
    #expect(try await lab.makeLock().lock.catalogs.map(\.name) == ["neuromaps"])
  }

  // MARK: By address

  @Test("a catalog on the web is pinned by its digest, fetched once, and then in the store")
  func web() async throws {
    try await TemporaryFolder.with { folder in
      try Disk().write(Array(catalog.utf8), to: folder.appending("catalog.yaml"))
      let server = try await LoopbackOSF.start([], staticRoot: folder.string)
      let transport = WebTransport()
      var lab = try Lab()
      lab.settings.isOffline = false
      try lab.write(manifest("{url: \"\(server.url)/static/catalog.yaml\", sha256: \(digest)}"))
      func world() -> World {
        var world = lab.world()
        world.transport = transport
        return world
      }
      let loaded = try await Workspace(world(), lab.settings).catalogs()
      #expect(loaded.map(\.catalog.name) == ["lab"])
      #expect(server.requests().count == 1)
      _ = try await Workspace(world(), lab.settings).catalogs()
      #expect(server.requests().count == 1)
      lab.settings.isOffline = true
      #expect(try await Workspace(world(), lab.settings).catalogs().count == 1)
      #expect(server.requests().count == 1)
      try await server.stop()
      await transport.shutdown()
    }
  }

  @Test("other bytes than the pinned ones are no catalog, and leave nothing")
  func wrongDigest() async throws {
    let other = Array((catalog + "# changed\n").utf8)
    let lab = try Lab(ScriptedTransport { _, _ in .bytes(other) })
    try lab.write(manifest("{url: https://example.org/c.yaml, sha256: \(digest)}"))
    let failure = try await failure { try await lab.makeLock() }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.catalogUnavailable])
    #expect(failure?.diagnostics.first?.location?.span.start.line == 5)
    #expect(!lab.bench.disk.everything().values.contains(other))
  }

  @Test("offline a catalog that is not in the store is told of, and nobody is asked")
  func offline() async throws {
    var lab = try Lab(.silent())
    lab.settings.isOffline = true
    try lab.write(manifest("{url: https://example.org/c.yaml, sha256: \(digest)}"))
    let failure = try await failure { try await lab.makeLock() }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.catalogUnavailable])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("a stored copy that is damaged is not believed")
  func damagedCopy() async throws {
    let bytes = Array(catalog.utf8)
    let lab = try Lab(ScriptedTransport { _, _ in .bytes(bytes) })
    try lab.write(manifest("{url: https://example.org/c.yaml, sha256: \(digest)}"))
    try await lab.makeLock()
    let object = try #require(lab.bench.disk.everything().keys.first { $0.contains("v1/sha256") })
    try lab.bench.put(Array((catalog + "#\n").utf8), at: FilePath(object))
    _ = try await failure { _ = try await lab.workspace().catalogs() }
    #expect(try await lab.workspace().catalogs().map(\.catalog.name) == ["lab"])
    #expect(lab.transport.downloads.count == 2)
  }

  @Test("a catalog by a file address is pinned too, and its relative origins start from it", arguments: [false, true])
  func fileAddress(isOffline: Bool) async throws {
    var lab = try Lab(.silent())
    lab.settings.isOffline = isOffline
    let text = Lab.catalog([Lab.beta]) { _ in "url: maps/beta.nii.gz" }
    let digest = MadeFile.checksums(of: Array(text.utf8)).sha256?.hex ?? ""
    try lab.bench.put(Array(text.utf8), at: "/shared/lab/c.yaml")
    try lab.bench.put(Lab.beta.bytes, at: "/shared/lab/maps/beta.nii.gz")
    try lab.write(manifest("{url: \"file:///shared/lab/c.yaml\", sha256: \(digest)}"))
    #expect(try await lab.sync().failure == nil)
    #expect(try lab.lock().files.map(\.origin) == [.url("file:///shared/lab/maps/beta.nii.gz")])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("relative origins of a catalog on the web start from its address")
  func webOrigins() async throws {
    let text = Lab.catalog([Lab.beta]) { _ in "url: ../maps/beta.nii.gz" }
    let digest = MadeFile.checksums(of: Array(text.utf8)).sha256?.hex ?? ""
    let lab = try Lab(
      ScriptedTransport { request, _ in
        switch request.url {
        case "https://example.org/lab/v1/c.yaml?x=/y": .bytes(Array(text.utf8))
        case "https://example.org/lab/maps/beta.nii.gz": .bytes(Lab.beta.bytes)
        default: .init(404)
        }
      })
    try lab.write(manifest("{url: \"https://example.org/lab/v1/c.yaml?x=/y\", sha256: \(digest)}"))
    #expect(try await lab.sync().failure == nil)
  }
}
