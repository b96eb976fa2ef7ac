import Catalog
import Dataset
import Diagnostics
import Effects
import MarkedText
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld

/// A lab's project on a disk in memory: a manifest, a catalog, and OSF with the lab's files.
struct Lab {
  static let left = MadeFile("lab/alpha/fsLR/32k", .left, size: 300)
  static let right = MadeFile("lab/alpha/fsLR/32k", .right, size: 310)
  static let beta = MadeFile("lab/beta/MNI152/2mm", size: 500)
  static let secret = MadeFile("lab/gamma/MNI152/1mm", size: 200, isRestricted: true)
  /// All but the restricted one.
  static let open = [left, right, beta]
  static let all = open + [secret]

  let bench: FakeBench
  let files: WatchedFiles
  let transport: ScriptedTransport
  let clock = RecordingClock()
  /// Whether waiting takes time, as it must where one waits for another.
  var waitsReally = false
  var variables = ["HOME": "/home/u"]
  var current: FilePath
  var settings = Settings()

  /// A lab with an empty project folder.
  init(_ transport: ScriptedTransport = .osf(Lab.all), disk: FakeDisk = FakeDisk()) throws {
    bench = try FakeBench(disk)
    files = WatchedFiles(bench.files)
    self.transport = transport
    current = bench.at("project")
    try bench.files.createFolder(current)
  }

  /// A lab with a catalog and a manifest for all open maps.
  static func complete(_ transport: ScriptedTransport = .osf(Lab.all)) throws -> Lab {
    let lab = try Lab(transport)
    try lab.write(catalog(all), at: "catalog.yaml")
    try lab.write(manifest("- lab/alpha/fsLR/32k", "- lab/beta/MNI152/2mm"))
    return lab
  }

  // MARK: Files

  func write(_ text: String, at path: String = "neuromaps.yaml") throws {
    try bench.put(Array(text.utf8), at: project(path))
  }

  func project(_ path: String) -> FilePath { bench.at("project").pushing(FilePath(path)) }

  func data(_ file: MadeFile) -> FilePath { project("data").pushing(FilePath(file.path.text)) }

  func text(_ path: String) throws -> String? {
    try bench.bytes(project(path)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Has the manifest say nothing of metadata, so that its own data directory gets it.
  func describeData() throws {
    try write(text("neuromaps.yaml")?.replacing("metadata: false\n", with: "") ?? "")
  }

  /// The lock as it is on disk.
  func lock() throws -> Lockfile { try LockReader.read(source("neuromaps.lock")) }

  func source(_ path: String) throws -> SourceText {
    SourceText(name: path, bytes: try bench.bytes(project(path)) ?? [])
  }

  /// A manifest of the lab's own catalog and these entries; the maps alone, unless metadata is wanted; nil to say
  /// nothing of it.
  static func manifest(_ entries: String..., metadata: Bool? = false, also more: String = "") -> String {
    """
    version: 1
    data_dir: data\(metadata.map { "\nmetadata: \($0)" } ?? "")
    builtin: false
    catalogs:
      - path: catalog.yaml
    annotations:
    \(entries.map { "  \($0)" }.joined(separator: "\n"))
    \(more)
    """
  }

  /// A catalog of some files.
  static func catalog(
    _ files: [MadeFile], name: String = "lab", revision: String = "1", knowing knowledge: MadeFile.Knowledge = .md5,
    origin: (MadeFile) -> String = { "osf: \(MadeFile.project)/\($0.id)" }
  ) -> String {
    var text = "version: 1\nname: \(name)\nrevision: \"\(revision)\"\nmaps:\n"
    for map in Set(files.map(\.map)).sorted() {
      let own = files.filter { $0.map == map }
      text += "  - map: \(map)\n"
      if own.contains(where: \.isRestricted) { text += "    restricted: true\n" }
      text += "    files:\n"
      for file in own {
        text += "      - \(origin(file))\n"
        if let hemi = file.hemi { text += "        hemi: \(hemi.rawValue)\n" }
        let sums = file.checksums(knowledge)
        if let size = sums.size { text += "        size: \(size)\n" }
        if let md5 = sums.md5 { text += "        md5: \(md5)\n" }
        if let sha256 = sums.sha256 { text += "        sha256: \(sha256)\n" }
      }
    }
    return text
  }

  // MARK: Work

  func world() -> World {
    World(
      files: files, transport: transport, clock: waitsReally ? ContinuousClock() : clock,
      environment: Environment(variables, currentFolder: current))
  }

  /// The same lab without a network.
  var offline: Lab {
    var lab = self
    lab.settings.isOffline = true
    return lab
  }

  func workspace() throws -> Workspace { try Workspace(world(), settings) }

  @discardableResult
  func sync(_ mode: SyncOptions.Mode = .update, repairs: Bool = false, isDryRun: Bool = false) async throws
    -> SyncResult
  {
    var options = SyncOptions()
    options.mode = mode
    options.policy.repairs = repairs
    options.isDryRun = isDryRun
    return try await workspace().sync(options)
  }

  @discardableResult
  func makeLock(upgradesAll: Bool = false, upgrading maps: [String] = [], isDryRun: Bool = false) async throws
    -> LockResult
  {
    var options = LockOptions()
    options.upgradesAll = upgradesAll
    options.upgrades = maps.compactMap { .init($0) }
    options.isDryRun = isDryRun
    return try await workspace().lock(options)
  }

  /// Forgets requests and calls.
  func forget() {
    transport.forget()
    files.forget()
  }
}

extension SyncResult {
  /// What became of the files, in the lock's order.
  var fates: [SyncOutcome.Fate] { outcomes.map(\.fate) }
}

/// The failure of some work; nil when it did not fail.
func failure(_ work: () async throws -> Void) async throws -> NeuromapsFailure? {
  do {
    try await work()
    return nil
  } catch let failure as NeuromapsFailure {
    return failure
  }
}

extension Workspace {
  /// Brings the maps that answer a query.
  func fetch(_ query: MapQuery, repairs: Bool) async throws(NeuromapsFailure) -> SyncResult {
    var request = FetchRequest(maps: query)
    request.policy.repairs = repairs
    return try await fetch(request)
  }
}
