import Dataset
import Foundation
import LoopbackOSF
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real binary, killed and crowded: whatever happens, no wrong byte stands at a final path.
@Suite("Crashes and crowds", .serialized) struct CrashTests {
  @Test("Killed while a file comes in, a sync leaves nothing wrong, and the next one ends right", arguments: 0..<25)
  func killedInDownload(_ number: Int) async throws {
    let lab = try Lab(files: 6, seed: UInt64(number))
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      let victim = lab.served[number % lab.served.count]
      let stop = number * 12_000 + 1
      origin.lie(.stall(after: stop), about: victim.file)
      let running = try lab.program(origin).start(["sync", "--jobs", "4"])
      let size = victim.versions[0].size
      _ = await origin.firstRequest { $0.origin == .storage && $0.bodyBytes >= min(stop, size) }
      kill(running.process.processIdentifier, SIGKILL)
      _ = try await running.outcome()
      try lab.expectNothingWrong()
      origin.stopLying()
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Killed at any moment, a sync leaves nothing wrong, and the next one ends right", arguments: 0..<25)
  func killedAnywhere(_ number: Int) async throws {
    let lab = try Lab(files: 12, seed: UInt64(100 + number))
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      let running = try lab.program(origin).start(["sync"])
      // The moments are spread over the time that a sync takes; here, waiting is the matter itself.
      try await Task.sleep(for: .milliseconds(number * 5))
      kill(running.process.processIdentifier, SIGKILL)
      _ = try await running.outcome()
      try lab.expectNothingWrong()
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Interrupted, a sync exits as interrupted, leaves nothing wrong, and the next goes on where it stopped")
  func interrupted() async throws {
    let lab = try Lab(files: 3, seed: 7)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      origin.lie(.stall(after: 1000))
      let running = try lab.program(origin).start(["sync"])
      // What the server has sent the program may not have written yet.
      for _ in 0..<4000 {
        if try lab.partialSizes().max() ?? 0 >= 1000 { break }
        try await Task.sleep(for: .milliseconds(5))
      }
      kill(running.process.processIdentifier, SIGINT)
      #expect(try await running.outcome().exitCode == 130)
      try lab.expectNothingWrong()
      origin.stopLying()
      origin.forgetRequests()
      #expect(try await lab.program(origin).run(["sync"]).exitCode == 0)
      #expect(origin.requests(to: .storage).contains { $0.header("Range")?.hasPrefix("bytes=") == true })
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Eight syncs at once in one data directory and one store end in the same tree") func crowd() async throws {
    let lab = try Lab(files: 12, seed: 8)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      let running = try (0..<8).map { _ in try lab.program(origin).start(["sync"]) }
      for one in running {
        let outcome = try await one.outcome()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      try lab.expectNothingWrong()
      try await lab.expectNextSyncEndsRight(origin)
    }
  }
}

/// A project with a lab catalog of made-up volumes, and an origin that serves them.
struct Lab {
  let folder: URL
  let served: [ServedFile]
  private let contents: [String: Data]

  init(files: Int, seed: UInt64) throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("lab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var (served, contents, maps) = ([ServedFile](), [String: Data](), "")
    var state = seed &+ 1
    for number in 0..<files {
      let bytes = (0..<(50_000 + number * 40_000)).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      var hasher = ContentHasher(md5: true)
      bytes.withUnsafeBytes { hasher.update($0) }
      let sums = hasher.finish()
      let (md5, sha256) = try (#require(sums.md5).hex, #require(sums.sha256).hex)
      let id = "abc\(number)"
      let map = try #require(AnnotationID("lab/map\(number)/MNI152/2mm"))
      served.append(
        ServedFile(
          project: "abcde", file: id, name: "\(number)",
          versions: [ServedVersion(bytes: bytes, md5: md5, sha256: sha256)]))
      contents[DatasetPath(map, hemi: nil).text] = Data(bytes)
      maps += "  - map: \(map)\n    files: [{osf: abcde/\(id), md5: \(md5)}]\n"
    }
    self.served = served
    self.contents = contents
    try write("version: 1\nname: lab\nrevision: a\nmaps:\n\(maps)", to: "lab.yaml")
    try write(
      "version: 1\ndata_dir: data\nbuiltin: false\ncatalogs: [{path: lab.yaml}]\nannotations: [lab/*/*/*]\n",
      to: "neuromaps.yaml")
  }

  func program(_ origin: LoopbackOSF) -> Program {
    let environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "NEUROMAPS_OSF_URL": origin.url]
    return Program(folder: folder, environment: environment)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Every file below annotations/ has exactly its bytes.
  func expectNothingWrong() throws {
    let data = folder.appendingPathComponent("data")
    let names = FileManager.default.enumerator(atPath: data.path)?.compactMap { $0 as? String } ?? []
    for name in names where name.hasSuffix(".gz") && !name.hasPrefix(".neuromaps") {
      #expect(try Data(contentsOf: data.appendingPathComponent(name)) == contents[name], "\(name)")
    }
  }

  /// The sizes of what has come of unfinished downloads.
  func partialSizes() throws -> [Int] {
    let store = folder.appendingPathComponent(".cache/neuromaps/v1/partial")
    guard FileManager.default.fileExists(atPath: store.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: store, includingPropertiesForKeys: [.fileSizeKey])
      .compactMap { try $0.resourceValues(forKeys: [.fileSizeKey]).fileSize }
  }

  /// Another sync brings everything, and leaves neither drafts nor work for a third.
  func expectNextSyncEndsRight(_ origin: LoopbackOSF) async throws {
    let program = program(origin)
    let next = try await program.run(["sync"])
    #expect(next.exitCode == 0, "\(next.errors)")
    try expectNothingWrong()
    for path in contents.keys {
      #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("data/\(path)").path))
    }
    origin.forgetRequests()
    let third = try await program.run(["sync", "--locked"])
    #expect(third.output.hasPrefix("nothing to do"), "\(third.output)\(third.errors)")
    #expect(origin.requests().isEmpty)
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    #expect(all.filter { $0.contains(".neuromaps-draft-") }.isEmpty)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }
}
