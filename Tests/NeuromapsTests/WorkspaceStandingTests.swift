import Dataset
import Effects
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Knowing that a project has nothing to do")
struct WorkspaceStandingTests {
  private func synced() async throws -> Lab {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    return lab
  }

  private func index(_ lab: Lab) -> FilePath { DataFolder.indexPath(lab.project("data"), "..") }

  private func standing(
    _ lab: Lab, _ mode: SyncOptions.Mode = .update, repairs: Bool = false, prunes: Bool = false
  ) async throws -> Standing? {
    var options = SyncOptions()
    options.mode = mode
    options.policy.repairs = repairs
    options.policy.prunes = prunes
    return try await lab.workspace().standing(options)
  }

  private func flip(_ place: Int, of path: FilePath, _ lab: Lab) throws {
    var bytes = try #require(try lab.bench.bytes(path))
    bytes[place] ^= 1
    try lab.bench.put(bytes, at: path)
  }

  @Test("before the first sync nothing is known", arguments: [SyncOptions.Mode.update, .locked, .frozen])
  func unknown(_ mode: SyncOptions.Mode) async throws {
    let lab = try Lab.complete()
    #expect(try await standing(lab, mode) == nil)
    try await lab.makeLock()
    #expect(try await standing(lab, mode) == nil)
    #expect(try await lab.workspace().cleanStanding() == nil)
  }

  @Test(
    "after a sync the counts are known without a parser, a map, a write or a request",
    arguments: [SyncOptions.Mode.update, .locked, .frozen])
  func known(_ mode: SyncOptions.Mode) async throws {
    let lab = try await synced()
    lab.files.makeReadOnly()
    let known = try #require(try await standing(lab, mode))
    #expect(known.answer.files == 3)
    #expect(known.answer.maps == 2)
    #expect(known.answer.atlases == 0)
    #expect(known.answer.lock == MadeFile.checksums(of: try lab.source("neuromaps.lock").bytes).sha256)
    #expect(known.folder == lab.project("data"))
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    let records = lab.files.records
    // The lock is hashed, not read; of the maps nothing is read.
    #expect(records.filter { $0.call == .scan }.map(\.path) == [lab.project("neuromaps.lock")])
    let read = Set(records.filter { $0.call == .read }.map(\.path))
    #expect(read == [lab.project("neuromaps.yaml"), index(lab)])
  }

  @Test("outside a project nothing is known")
  func noProject() async throws {
    var lab = try await synced()
    lab.current = lab.bench.root
    #expect(try await standing(lab, .frozen) == nil)
  }

  @Test("whatever is changed of the maps or the lock is not passed over")
  func changes() async throws {
    let edits: [(name: String, edit: (Lab) throws -> Void)] = [
      ("edited", { try $0.bench.put(Array(Lab.beta.bytes.reversed()), at: $0.data(Lab.beta)) }),
      ("removed", { try $0.bench.files.remove($0.data(Lab.left)) }),
      ("touched", { try $0.bench.setModified(5, of: $0.data(Lab.right)) }),
      ("lock changed", { try flip(3, of: $0.project("neuromaps.lock"), $0) }),
      ("lock removed", { try $0.bench.files.remove($0.project("neuromaps.lock")) }),
      ("index removed", { try $0.bench.files.remove(index($0)) }),
    ]
    for (name, edit) in edits {
      let lab = try await synced()
      #expect(try await standing(lab) != nil, "before it was \(name)")
      try edit(lab)
      for mode in [SyncOptions.Mode.update, .locked, .frozen] {
        #expect(try await standing(lab, mode) == nil, "\(name), \(mode)")
      }
      #expect(try await lab.workspace().cleanStanding() == nil, "\(name)")
    }
  }

  @Test("a manifest that wants something else is not passed over, but by who does not look at it")
  func manifest() async throws {
    let lab = try await synced()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    #expect(try await standing(lab, .update) == nil)
    #expect(try await standing(lab, .locked) == nil)
    #expect(try await standing(lab, .frozen) != nil)
    #expect(try await lab.workspace().cleanStanding() == nil)
  }

  @Test("comments and the order of keys and entries do not count")
  func layout() async throws {
    let lab = try await synced()
    let text = """
      # what we want
      annotations:
        - lab/beta/MNI152/2mm # the volume
        - lab/alpha/fsLR/32k

      catalogs: [{path: catalog.yaml}]
      builtin: false
      data_dir: data
      metadata: false
      version: 1
      """
    try lab.write(text)
    #expect(try await standing(lab) != nil)
    #expect(try await lab.workspace().cleanStanding() != nil)
  }

  @Test("a changed byte anywhere in the index makes it worth nothing")
  func damagedIndex() async throws {
    let lab = try await synced()
    let whole = try #require(try lab.bench.bytes(index(lab)))
    var believed: [Int] = []
    for place in stride(from: 0, to: whole.count, by: 7) {
      try lab.bench.put(whole, at: index(lab))
      try flip(place, of: index(lab), lab)
      if try await standing(lab) != nil { believed.append(place) }
    }
    #expect(believed.isEmpty)
    try lab.bench.put(whole, at: index(lab))
    #expect(try await standing(lab) != nil)
  }

  @Test("who repairs looks at everything; who prunes does where something is left over")
  func policies() async throws {
    let lab = try await synced()
    #expect(try await standing(lab, repairs: true) == nil)
    #expect(try await standing(lab, prunes: true) != nil)
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    try await lab.sync()
    #expect(try await standing(lab) != nil)
    #expect(try await standing(lab, prunes: true) == nil)
    var options = SyncOptions()
    options.policy.prunes = true
    #expect(try await lab.workspace().sync(options).removed.count == 2)
    #expect(try await standing(lab, prunes: true) != nil)
  }

  @Test("what another project knows of a shared data directory does not count")
  func anotherProject() async throws {
    var lab = try Lab.complete()
    lab.settings.dataDir = "/bench/shared"
    try await lab.sync()
    #expect(try await standing(lab) != nil)
    var other = lab
    other.current = lab.bench.at("other")
    for name in ["neuromaps.yaml", "catalog.yaml", "neuromaps.lock"] {
      try lab.bench.put(try #require(try lab.bench.bytes(lab.project(name))), at: other.current.appending(name))
    }
    #expect(try await standing(other) == nil)
    try await other.sync()
    #expect(try await standing(other) != nil)
    #expect(try await standing(lab) != nil)
  }

  @Test("a project that is moved with its data directory is still known")
  func moved() async throws {
    let lab = try await synced()
    try lab.bench.files.rename(lab.bench.at("project"), to: lab.bench.at("moved"), replacing: false)
    var moved = lab
    moved.current = lab.bench.at("moved")
    #expect(try await standing(moved)?.folder == lab.bench.at("moved/data"))
  }

  @Test("for a clean bill nothing may be extra, hidden files aside")
  func extra() async throws {
    let lab = try await synced()
    #expect(try await lab.workspace().cleanStanding()?.answer.files == 3)
    try lab.bench.put([1], at: lab.project("data/annotations/.hidden"))
    try lab.bench.put([1], at: lab.project("data/participants.tsv"))
    #expect(try await lab.workspace().cleanStanding() != nil)
    try lab.bench.put([1], at: lab.project("data/annotations/mine/notes.txt"))
    #expect(try await lab.workspace().cleanStanding() == nil)
    #expect(try await lab.workspace().standing(SyncOptions(), allowsExtra: false) == nil)
    #expect(try await standing(lab) != nil)
  }
}
