import Effects
import Foundation
import Neuromaps
import SystemPackage
import TestWorld
import Testing

@Suite("A project, for programs")
struct NeuromapsProjectTests {
  private static let depth = ["L", "R"].map {
    "annotations/examplelab/depth/fsaverage/source-examplelab_desc-depth_space-fsaverage_den-10k_hemi-\($0)_feature.func.gii"
  }
  private static let blob =
    "annotations/examplelab/blob/MNI152/source-examplelab_desc-blob_space-MNI152_res-8mm_feature.nii.gz"

  /// A project on disk with a lab's three files beside it; nothing of it needs a network.
  private struct Study {
    let folder: FilePath
    let project: NeuromapsProject

    init(in place: FilePath) throws {
      folder = place.appending("study")
      try Study.write("left\n", at: folder.appending("lab/left"))
      try Study.write("right\n", at: folder.appending("lab/right"))
      try Study.write("blob\n", at: folder.appending("lab/blob"))
      try Study.writeCatalog(in: folder)
      try Study.writeManifest(["examplelab/depth/fsaverage/10k"], in: folder)
      var project = try NeuromapsProject(at: folder.string)
      project.dataDir = folder.appending("data").string
      project.cacheDir = place.appending("store").string
      project.isOffline = true
      self.project = project
    }

    static func write(_ text: String, at path: FilePath) throws {
      try DiskBench(root: "/").put(Array(text.utf8), at: path)
    }

    func writeManifest(_ entries: [String]) throws { try Study.writeManifest(entries, in: folder) }

    static func writeManifest(_ entries: [String], in folder: FilePath) throws {
      let list = entries.map { "  - \($0)\n" }.joined()
      try write(
        "version: 1\ndata_dir: own\nbuiltin: false\ncatalogs: [{path: lab/catalog.yaml}]\nannotations:\n\(list)",
        at: folder.appending("neuromaps.yaml"))
    }

    /// A catalog that knows the digests; `blob` is the volume's content.
    static func writeCatalog(in folder: FilePath, revision: Int = 1, blob: String = "blob\n") throws {
      func sums(_ text: String) -> String {
        let sums = MadeFile.checksums(of: Array(text.utf8))
        return "size: \(text.utf8.count), sha256: \(sums.sha256?.hex ?? "")"
      }
      try write(
        """
        version: 1
        name: examplelab
        revision: "\(revision)"
        maps:
          - map: examplelab/depth/fsaverage/10k
            files:
              - {hemi: L, url: left, \(sums("left\n"))}
              - {hemi: R, url: right, \(sums("right\n"))}
          - map: examplelab/blob/MNI152/8mm
            files:
              - {url: blob, \(sums(blob))}

        """, at: folder.appending("lab/catalog.yaml"))
    }

    func text(_ path: String) throws -> String? {
      try DiskBench(root: folder).bytes(folder.pushing(FilePath(path))).map { String(decoding: $0, as: UTF8.self) }
    }

    func tree(_ path: String = "data") throws -> [String: [UInt8]] {
      try DiskBench(root: folder).tree(folder.appending(path)).filter { !$0.key.hasPrefix(".neuromaps") }
    }

    func paths(_ names: [String]) -> [String] { names.map { folder.appending("data").pushing(FilePath($0)).string } }
  }

  private func withStudy(
    isolation: isolated (any Actor)? = #isolation, _ body: (Study) async throws -> Void
  ) async throws {
    try await TemporaryFolder.with { place in
      try await body(Study(in: place))
    }
  }

  // MARK: Finding it

  @Test("a project is the folder that is named, absolute, and there must be one")
  func finding() async throws {
    try await withStudy { study in
      #expect(study.project.folder == study.folder.string)
      #expect(try NeuromapsProject(at: "\(study.folder)/lab/../").folder == study.folder.string)
      let error = try await failure { _ = try NeuromapsProject(at: "\(study.folder)/lab") }
      #expect(error?.reason == .wrongInput)
      #expect(error?.diagnostics.map(\.code) == [.noManifest])
    }
  }

  // MARK: The two files

  @Test("the manifest is what neuromaps.yaml says, or all that is wrong with it")
  func manifest() async throws {
    try await withStudy { study in
      let manifest = try study.project.manifest()
      #expect(manifest.entries.count == 1)
      #expect(manifest.dataDir == "own")
      try Study.write("version: 1\nwrong: 1\nannotations: [nonsense//]\n", at: study.folder.appending("neuromaps.yaml"))
      let error = try await failure { _ = try study.project.manifest() }
      #expect(error?.reason == .wrongInput)
      #expect(error?.diagnostics.map(\.code) == [.manifestUnknownKey, .manifestWrongValue])
    }
  }

  @Test("the lock is none until there is one, and then what locking gave")
  func lockfile() async throws {
    try await withStudy { study in
      #expect(try study.project.lockfile() == nil)
      let lock = try await study.project.lock()
      #expect(lock.maps.map(\.id.description) == ["examplelab/depth/fsaverage/10k"])
      #expect(lock.files.map(\.path.text) == Self.depth)
      #expect(try study.project.lockfile() == lock)
      let written = try study.text("neuromaps.lock")
      #expect(try await study.project.lock() == lock)
      #expect(try study.text("neuromaps.lock") == written)
      try Study.write("version: 1\nnonsense\n", at: study.folder.appending("neuromaps.lock"))
      let error = try await failure { _ = try study.project.lockfile() }
      #expect(error?.reason == .wrongInput)
    }
  }

  @Test("locking keeps pins until they shall be upgraded, one or all", arguments: [false, true])
  func upgrades(all: Bool) async throws {
    try await withStudy { study in
      try study.writeManifest(["examplelab/blob/MNI152/8mm"])
      let first = try await study.project.lock()
      try Study.writeCatalog(in: study.folder, revision: 2, blob: "a new blob\n")
      #expect(try await study.project.lock().files == first.files)
      let upgraded =
        all
        ? try await study.project.lock(upgradesAll: true)
        : try await study.project.lock(upgrades: ["examplelab/b*/*/*"])
      #expect(upgraded.files.map { $0.checksums?.size } == [11])
      #expect(try study.project.lockfile() == upgraded)
    }
  }

  @Test("a name that is none, or that nothing has, is refused", arguments: ["", "a//b", "a/b/c", "/", "a/b/c/d/e"])
  func badNames(_ name: String) async throws {
    try await withStudy { study in
      try await study.project.sync()
      let locking = try await failure { try await study.project.lock(upgrades: [name]) }
      #expect(locking?.reason == .wrongUsage)
      #expect(locking?.diagnostics.map(\.code) == [.noSuchMap])
      let paths = try await failure { _ = try study.project.paths(name) }
      #expect(paths?.reason == .wrongUsage)
      #expect(paths?.diagnostics.map(\.code) == [.noSuchMap])
    }
  }

  @Test("an upgrade of what is not wanted could not be")
  func noUpgrade() async throws {
    try await withStudy { study in
      let failure = try await failure { try await study.project.lock(upgrades: ["examplelab/dept/fsaverage/10k"]) }
      #expect(failure?.reason == .couldNot)
      #expect(failure?.diagnostics.first?.hints == ["did you mean `examplelab/depth/fsaverage/10k`?"])
    }
  }

  // MARK: Sync

  @Test("a sync locks, brings the files, and says what it did")
  func sync() async throws {
    try await withStudy { study in
      let first = try await study.project.sync()
      #expect(first.dataDir == study.folder.appending("data").string)
      #expect(first.downloaded.map(\.text) == Self.depth)
      #expect(first.reused == [] && first.unchanged == [] && first.skipped == [])
      #expect(first.bytes == 11)
      #expect(try study.project.lockfile() == first.lock)
      let tree = try study.tree()
      #expect(tree[Self.depth[0]] == Array("left\n".utf8))
      #expect(tree[Self.depth[1]] == Array("right\n".utf8))

      let second = try await study.project.sync()
      #expect(second.unchanged.map(\.text) == Self.depth)
      #expect(second.downloaded == [] && second.reused == [] && second.bytes == 0)

      try Disk().remove(study.folder.appending("data").pushing(FilePath(Self.depth[1])))
      let third = try await study.project.sync()
      #expect(third.unchanged.map(\.text) == [Self.depth[0]])
      #expect(third.reused.map(\.text) == [Self.depth[1]])
      #expect(third.downloaded == [] && third.bytes == 0)
      #expect(try study.tree() == tree)
    }
  }

  @Test("what may happen to the lock is the caller's to say")
  func uses() async throws {
    try await withStudy { study in
      for use in [NeuromapsProject.LockUse.locked, .frozen] {
        let failure = try await failure { try await study.project.sync(use) }
        #expect(failure?.reason == .lockStale)
        #expect(failure?.diagnostics.map(\.code) == [.lockMissing])
      }
      let lock = try await study.project.lock()
      let written = try study.text("neuromaps.lock")
      #expect(try await study.project.sync(.locked).lock == lock)

      try study.writeManifest(["examplelab/depth/fsaverage/10k", "examplelab/blob/MNI152/8mm"])
      let stale = try await failure { try await study.project.sync(.locked) }
      #expect(stale?.reason == .lockStale)
      #expect(stale?.diagnostics.map(\.code) == [.lockStale])
      #expect(try await study.project.sync(.frozen).unchanged.count == 2)
      #expect(try study.text("neuromaps.lock") == written)
      #expect(try study.tree()[Self.blob] == nil)

      #expect(try await study.project.sync(.update).downloaded.map(\.text) == [Self.blob])
      #expect(try study.text("neuromaps.lock") != written)
      #expect(try await study.project.sync(.locked).unchanged.count == 3)
    }
  }

  @Test("a changed file is told of and left, unless it shall be repaired")
  func repairs() async throws {
    try await withStudy { study in
      try await study.project.sync()
      let place = study.folder.appending("data").pushing(FilePath(Self.depth[0]))
      try Study.write("mine\n", at: place)
      for work in [
        { try await study.project.sync() } as () async throws -> Any, { try await study.project.verify() },
      ] {
        let failure = try await failure { _ = try await work() }
        #expect(failure?.reason == .dataDiffers)
        #expect(failure?.diagnostics.map(\.code) == [.differs])
      }
      #expect(try study.tree()[Self.depth[0]] == Array("mine\n".utf8))
      #expect(try await study.project.sync(repairs: true).reused.map(\.text) == [Self.depth[0]])
      #expect(try study.tree()[Self.depth[0]] == Array("left\n".utf8))
      _ = try await study.project.verify()
    }
  }

  @Test("two syncs at once in one process end in the same tree")
  func atOnce() async throws {
    try await withStudy { study in
      try study.writeManifest(["examplelab/*/*/*"])
      let project = study.project
      async let one = project.sync()
      async let two = project.sync()
      let summaries = try await [one, two]
      #expect(summaries[0].lock == summaries[1].lock)
      for summary in summaries {
        #expect(summary.downloaded.count + summary.reused.count + summary.unchanged.count == 3)
      }
      let annotations = try study.tree().filter { $0.key.hasPrefix("annotations/") }
      let sidecars = summaries[0].metadata.map(\.text).filter { $0.hasPrefix("annotations/") }
      #expect(sidecars.count == 2)
      #expect(Set(annotations.keys) == Set(Self.depth + [Self.blob] + sidecars))
      #expect(annotations[Self.blob] == Array("blob\n".utf8))
      #expect(try DiskBench(root: study.folder).drafts(study.folder).isEmpty)
      #expect(try await project.sync(.locked).unchanged.count == 3)
    }
  }

  // MARK: Verify and paths

  @Test("the digest is that of what `sha256sum` prints, in the order of the lock")
  func verify() async throws {
    try await withStudy { study in
      try study.writeManifest(["examplelab/*/*/*"])
      let missing = try await failure { _ = try await study.project.verify() }
      #expect(missing?.reason == .lockStale)
      let summary = try await study.project.sync()
      let digest = try await study.project.verify()
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      process.currentDirectoryURL = URL(fileURLWithPath: summary.dataDir)
      let paths = (summary.lock.files.map(\.path) + summary.metadata).sorted().map(\.text)
      process.arguments = ["-c", "sha256sum \"$@\" | sha256sum", "sh"] + paths
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect("\(digest)" == text.prefix { $0 != " " })
      #expect(digest.hex == text.prefix { $0 != " " })

      try Disk().remove(study.folder.appending("data").pushing(FilePath(Self.blob)))
      let removed = try await failure { _ = try await study.project.verify() }
      #expect(removed?.reason == .dataDiffers)
      #expect(removed?.diagnostics.map(\.code) == [.missing])
    }
  }

  @Test("the paths of a locked map are absolute, left before right")
  func paths() async throws {
    try await withStudy { study in
      try study.writeManifest(["examplelab/*/*/*"])
      #expect(try await failure { _ = try study.project.paths("examplelab/depth/fsaverage/10k") }?.reason == .lockStale)
      try await study.project.sync()
      #expect(try study.project.paths("examplelab/depth/fsaverage/10k") == study.paths(Self.depth))
      #expect(try study.project.paths("examplelab/*/*/*") == study.paths([Self.blob] + Self.depth))
      let unknown = try await failure { _ = try study.project.paths("examplelab/dept/fsaverage/10k") }
      #expect(unknown?.reason == .couldNot)
      #expect(unknown?.diagnostics.map(\.code) == [.noSuchMap])
      #expect(try await failure { _ = try study.project.paths("fsLR/32k") }?.reason == .couldNot)
      try Disk().remove(study.folder.appending("data").pushing(FilePath(Self.depth[1])))
      let missing = try await failure { _ = try study.project.paths("examplelab/depth/fsaverage/10k") }
      #expect(missing?.reason == .dataDiffers)
      #expect(missing?.diagnostics.map(\.code) == [.missing])
    }
  }

  // MARK: Settings

  @Test("data directory and store are where they are said to be")
  func places() async throws {
    try await withStudy { study in
      var project = study.project
      project.dataDir = study.folder.appending("elsewhere").string
      project.cacheDir = study.folder.appending("objects").string
      #expect(try await project.sync().dataDir == study.folder.appending("elsewhere").string)
      #expect(Set(try study.tree("elsewhere").keys).isSuperset(of: Self.depth))
      #expect(try study.tree("objects").keys.count { $0.hasPrefix("v1/sha256/") } == 2)
      #expect(try Disk().status(study.folder.appending("data")) == nil)
      #expect(try project.paths("examplelab/*/*/*").allSatisfy { $0.hasPrefix("\(study.folder)/elsewhere/") })
      _ = try await project.verify()
    }
  }

  @Test("offline no address is asked, and what is here comes all the same")
  func offline() async throws {
    try await withStudy { study in
      let catalog = try #require(try study.text("lab/catalog.yaml"))
      try Study.write(
        catalog.replacing("url: blob", with: "url: \"http://127.0.0.1:1/blob\""),
        at: study.folder.appending("lab/catalog.yaml"))
      try study.writeManifest(["examplelab/*/*/*"])
      let failure = try await failure { try await study.project.sync() }
      #expect(failure?.reason == .couldNot)
      #expect(failure?.diagnostics.map(\.code) == [.offline])
      let tree = try study.tree()
      #expect(Self.depth.allSatisfy { tree[$0] != nil })
      #expect(tree[Self.blob] == nil)
    }
  }
}
