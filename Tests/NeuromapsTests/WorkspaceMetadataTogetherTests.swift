import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Several at once that describe a data directory, and disks that are full or may not be written to")
struct WorkspaceMetadataTogetherTests {
  /// Projects on the disk that share a data directory, as several processes see it.
  private struct Place {
    let bench: DiskBench
    let transport = ScriptedTransport.osf(Lab.all)

    init(_ folder: FilePath) throws {
      bench = DiskBench(root: folder)
      try want("one", ["- \(Lab.alphaMap)", "- \(Lab.betaMap)"])
    }

    func want(_ project: String, _ maps: [String]) throws {
      try bench.put(Array(Lab.citingCatalog().utf8), at: bench.at("\(project)/catalog.yaml"))
      let manifest = Lab.manifest(maps.joined(separator: "\n  "), metadata: true)
      try bench.put(Array(manifest.utf8), at: bench.at("\(project)/neuromaps.yaml"))
    }

    func sync(_ project: String) async throws -> SyncResult {
      let variables = ["HOME": "/nowhere", "NEUROMAPS_CACHE_DIR": bench.at("cache").string]
      let environment = Environment(variables, currentFolder: bench.at(project), process: "a process of the test")
      var settings = Settings()
      settings.dataDir = bench.at("shared").string
      return try await Workspace(
        World(files: Disk(), transport: transport, clock: ContinuousClock(), environment: environment), settings
      ).sync(SyncOptions())
    }

    func metadata(_ project: String) throws -> [String: [UInt8]] {
      var lab = try Lab()
      lab.current = lab.bench.at("project")
      try lab.bench.put(
        try bench.bytes(bench.at("\(project)/neuromaps.lock")) ?? [], at: lab.project("neuromaps.lock"))
      return try lab.metadata()
    }

    var described: [String: [UInt8]] {
      get throws {
        let maps = Set(Lab.all.map(\.path.text))
        return try bench.tree(bench.at("shared")).filter { path, _ in
          !path.hasPrefix(".neuromaps/") && !maps.contains(path)
        }
      }
    }
  }

  private func together(_ place: Place, _ projects: [String]) async throws -> [SyncResult] {
    try await withThrowingTaskGroup(of: SyncResult.self) { group in
      for project in projects { group.addTask { try await place.sync(project) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  // MARK: Together

  @Test("six at once write each file once in all", .timeLimit(.minutes(1)))
  func oneProject() async throws {
    try await TemporaryFolder.with { folder in
      let place = try Place(folder)
      let results = try await together(place, Array(repeating: "one", count: 6))
      #expect(results.allSatisfy { $0.failure == nil }, "\(results.compactMap(\.failure))")
      let written = results.flatMap(\.metadata).filter { $0.fate == .written }.map(\.file.path.text)
      #expect(written.sorted() == Lab.openMetadata)
      #expect(try place.described == place.metadata("one"))
      #expect(try place.bench.drafts(place.bench.root) == [])
      #expect(try await place.sync("one").plan.isEmpty)
    }
  }

  @Test("of two projects at once one describes the whole, and neither fails", .timeLimit(.minutes(1)))
  func twoProjects() async throws {
    try await TemporaryFolder.with { folder in
      let place = try Place(folder)
      try place.want("two", ["- \(Lab.alphaMap)"])
      let results = try await together(place, ["one", "two", "one", "two"])
      #expect(results.allSatisfy { $0.failure == nil }, "\(results.compactMap(\.failure))")
      let (one, two) = (try place.metadata("one"), try place.metadata("two"))
      let found = try place.described
      #expect(found.keys.sorted() == one.keys.sorted())
      #expect(one["README"] != two["README"])
      for (path, bytes) in found { #expect(bytes == one[path] || bytes == two[path], "\(path)") }
      for project in ["one", "two"] { #expect(try await place.sync(project).plan.isEmpty, "\(project)") }
      #expect(try place.described == found)
      #expect(try place.bench.tree(place.bench.at("shared/.neuromaps/replaced")).isEmpty)
    }
  }

  // MARK: Room

  @Test("a full disk is told of each file, nothing half is left, and it goes on where it stopped")
  func fullDisk() async throws {
    let lab = try Lab.described()
    try await lab.sync()
    for name in ["README", Lab.betaSidecar] { try lab.bench.files.remove(lab.project("data/\(name)")) }
    let before = try lab.described()
    lab.files.fail(.append, on: "data/.neuromaps/drafts", with: .noSpace, lasting: true)
    let result = try await lab.sync()
    #expect(result.failure?.reason == .couldNot)
    #expect(result.failure?.diagnostics.map(\.code) == [.diskFull])
    #expect(result.metadata.filter { $0.fate == .failed }.map(\.file.path.text) == ["README", Lab.betaSidecar])
    #expect(try lab.described() == before)
    #expect(try lab.bench.drafts(lab.bench.root) == [])
    #expect(try await lab.standing(Lab.options()) == nil)
    lab.files.failNoMore()
    #expect(try await lab.sync().failure == nil)
    #expect(try lab.described() == lab.metadata())
  }

  @Test("a file that cannot be written when another gives way for it leaves that where it was")
  func fullDiskAtRepair() async throws {
    let lab = try Lab.described()
    try await lab.sync()
    let mine = Array("what the user thinks of it".utf8)
    try lab.bench.put(mine, at: lab.project("data/README"))
    lab.files.fail(.publish, on: "data/README", with: .noSpace)
    #expect(try await lab.sync(repairs: true).failure?.diagnostics.map(\.code) == [.diskFull])
    #expect(try lab.bench.bytes(lab.project("data/README")) == mine)
    #expect(try lab.replaced().isEmpty)
    #expect(try lab.bench.drafts(lab.bench.root) == [])
    #expect(try await lab.sync(repairs: true).failure == nil)
    #expect(try lab.replaced() == [mine])
  }

  @Test("a directory that may not be written to is fine with everything there, and else a clear error")
  func readOnly() async throws {
    let lab = try Lab.described()
    try await lab.sync()
    lab.files.makeReadOnly()
    for mode in [SyncOptions.Mode.update, .locked, .frozen] {
      #expect(try await lab.sync(mode).failure == nil, "\(mode)")
    }
    lab.files.makeReadOnly(false)
    try lab.bench.files.remove(lab.project("data/README"))
    lab.files.makeReadOnly()
    let refused = try await failure { try await lab.sync() }
    #expect(refused?.reason == .couldNot)
    #expect(refused?.diagnostics.map(\.code) == [.fileFailed])
  }
}
