import Dataset
import Diagnostics
import Effects
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

/// A place on a disk in memory, with an OSF that has atlases.
struct AtlasScene {
  let bench: FakeBench
  let files: WatchedFiles
  let transport: ScriptedTransport
  var place: SyncPlace

  init(_ transport: ScriptedTransport, _ disk: FakeDisk = FakeDisk()) throws {
    bench = try FakeBench(disk)
    files = WatchedFiles(bench.files)
    self.transport = transport
    place = SyncPlace(files, bench.root, transport)
  }

  func path(_ path: DatasetPath) -> FilePath { place.data.pushing(FilePath(path.text)) }

  func bytes(_ member: MadeAtlas.Member) throws -> [UInt8]? { try bench.bytes(path(member.path)) }

  /// Everything in the data directory, dot-files too, but for what tells whose it is.
  func data() throws -> [String: [UInt8]] {
    try bench.tree(place.data).filter { !$0.key.hasPrefix(".neuromaps/projects/") }
  }

  /// A data directory of that name, with the same store; what was asked so far is forgotten.
  func moved(to name: String) -> AtlasScene {
    var copy = self
    copy.place.data = bench.at(name)
    forget()
    return copy
  }

  func forget() {
    transport.forget()
    files.forget()
  }

  var synchronizer: Synchronizer {
    Synchronizer(
      files, DataFolder(files, at: place.data), store: place.store, downloader: place.downloader, jobs: place.jobs
    ) { _ in }
  }

  /// What the store holds by name; each name is that of its bytes.
  func objects() throws -> Set<String> {
    var names: Set<String> = []
    for (path, bytes) in try bench.tree(place.cache.pushing("v1/sha256")) {
      let name = path.filter { $0 != "/" }
      #expect(MadeFile.checksums(of: bytes).sha256?.hex == name, "an object has another's name")
      names.insert(name)
    }
    return names
  }

  /// Takes objects out of the store.
  func remove(_ all: [Checksums]) throws {
    for checksums in all { if let object = try place.store.object(checksums) { try place.store.remove(object) } }
  }

  /// Takes out what the store knows of archives.
  func forgetListings() throws {
    for path in try bench.tree(place.cache.pushing("v1/unpacked")).keys {
      try bench.files.remove(place.cache.pushing("v1/unpacked").pushing(FilePath(path)))
    }
  }
}

extension SyncPolicy {
  static let repairing = SyncPolicy { $0.repairs = true }
  static let repairingAccepting = SyncPolicy {
    $0.repairs = true
    $0.acceptsUnverified = true
  }
  static let accepting = SyncPolicy { $0.acceptsUnverified = true }
  static let skipping = SyncPolicy { $0.skipsRestricted = true }

  init(_ change: (inout SyncPolicy) -> Void) {
    self.init()
    change(&self)
  }
}

extension Synchronizer.Performance {
  var fates: [SyncOutcome.Fate] { outcomes.map(\.fate) }

  var codes: [DiagnosticCode?] { outcomes.map { $0.diagnostic?.code } }

  /// What a command would write: the lock with everything that was learned.
  func learned(_ lock: Lockfile) -> Lockfile {
    let known = outcomes.compactMap { outcome in outcome.checksums.map { (outcome.file.path, $0) } }
    return lock.completed(with: Dictionary(known) { first, _ in first }, archives: archives)
  }
}
