import Catalog
import Dataset
import Effects
import Foundation
import LoopbackOSF
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("The toolbox's own files", .enabled(if: RealData.isThere, "they lie beside the repository, in ../shared/data"))
struct RealDataTests {
  @Test(
    "files as OSF serves them are what the built-in catalog says, and come by way of a server", .timeLimit(.minutes(5)))
  func sync() async throws {
    let served = try ServedTree.files(in: RealData.folder, of: BuiltinCatalog.load())
    let maps = try RealData.maps()
    #expect(served.count == maps.flatMap(\.files).count)
    #expect(!served.isEmpty)
    try await TemporaryFolder.with { folder in
      let server = try await LoopbackOSF.start(served)
      let transport = WebTransport()
      let project = folder.appending("project")
      let list = maps.map { "  - \($0.id)\n" }.joined()
      try Disk().createFolder(project)
      try Disk().write(
        Array("version: 1\ndata_dir: data\nmetadata: false\nannotations:\n\(list)".utf8),
        to: project.appending("neuromaps.yaml"))
      let world = World(
        files: Disk(), transport: transport, clock: ContinuousClock(),
        environment: Environment(
          [
            "NEUROMAPS_OSF_URL": server.url, "NEUROMAPS_CACHE_DIR": folder.appending("cache").string,
            "HOME": "/nowhere",
          ],
          currentFolder: project))
      let result = try await Workspace(world, Settings()).sync(SyncOptions())
      #expect(result.failure == nil)
      #expect(result.fates.allSatisfy { $0 == .downloaded })
      // One request for what OSF knows of a file, two for its bytes.
      #expect(server.requests().count == 3 * served.count)
      #expect(result.lock.files.allSatisfy { if case .osf(let file)? = $0.origin { file.version == 1 } else { false } })
      let verified = try await Workspace(world, Settings()).verify()
      #expect(verified.treeDigest != nil)
      #expect(try verified.treeDigest?.hex == RealData.treeDigest(verified.files.map(\.file.path.text)))
      let asked = server.requests().count
      #expect(try await Workspace(world, Settings()).sync(SyncOptions()).fates.allSatisfy { $0 == .unchanged })
      #expect(server.requests().count == asked)
      try await server.stop()
      await transport.shutdown()
    }
  }

  @Test("a folder that the toolbox has filled is adopted without a request")
  func adopts() async throws {
    let maps = try RealData.maps()
    try await TemporaryFolder.with { folder in
      let list = maps.map { "  - \($0.id)\n" }.joined()
      try Disk().write(Array("version: 1\nannotations:\n\(list)".utf8), to: folder.appending("neuromaps.yaml"))
      let transport = ScriptedTransport.silent()
      let files = WatchedFiles(Disk())
      let world = World(
        files: files, transport: transport, clock: RecordingClock(),
        environment: Environment(
          [
            "NEUROMAPS_DATA": RealData.folder, "NEUROMAPS_CACHE_DIR": folder.appending("cache").string,
            "HOME": "/nowhere",
          ],
          currentFolder: folder))
      var offline = Settings()
      offline.isOffline = true
      _ = try await Workspace(world, offline).lock(LockOptions())
      // The folder is nobody's to write to, be it that a test goes wrong.
      files.makeReadOnly()
      var options = SyncOptions()
      options.mode = .locked
      let result = try await Workspace(world, Settings()).sync(options)
      #expect(result.failure == nil)
      #expect(result.fates.allSatisfy { $0 == .unchanged })
      #expect(result.lock.files.allSatisfy { $0.checksums?.isComplete == true })
      #expect(transport.requests.isEmpty)
    }
  }
}

/// What lies in ../shared/data beside the repository.
enum RealData {
  static let folder: String = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/data").path

  static var isThere: Bool { FileManager.default.fileExists(atPath: "\(folder)/annotations") }

  /// The maps of the built-in catalog all of whose files are there.
  static func maps() throws -> [CatalogMap] {
    try BuiltinCatalog.load().maps.filter { map in
      try map.files.allSatisfy { file in
        try Disk().status(FilePath(folder).pushing(FilePath(DatasetPath(map.id, hemi: file.hemi).text)))?.kind == .file
      }
    }
  }

  /// What `sha256sum PATH… | sha256sum` prints, run in the folder.
  static func treeDigest(_ paths: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.arguments = ["-c", "sha256sum \"$@\" | sha256sum", "sh"] + paths
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return String(text.prefix { $0 != " " })
  }
}
