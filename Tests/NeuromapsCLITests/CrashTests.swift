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
  /// Whether to kill as often as it takes to be sure, which takes minutes.
  private static let wantsAll = ProcessInfo.processInfo.environment["NEUROMAPS_ALL_CRASHES"] != nil

  @Test(
    "Killed while a file comes in, a sync leaves nothing wrong, and the next one ends right",
    arguments: 0..<(CrashTests.wantsAll ? 50 : 10))
  func killedInDownload(_ number: Int) async throws {
    let lab = try Lab(Freight.six.get())
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      let victim = lab.served[number % lab.served.count]
      let stop = number * 6_000 + 1
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

  /// What a sync is at when it is killed.
  enum Work: String, CaseIterable, Sendable {
    /// Everything is downloaded.
    case cold
    /// The same, and the files become links to the store's.
    case linked
    /// Edited files give way.
    case repair
    /// Files that the manifest has no more are taken away.
    case prune

    var arguments: [String] {
      switch self {
      case .cold: ["sync"]
      case .linked: ["sync", "--link-mode", "hardlink"]
      case .repair: ["sync", "--repair"]
      case .prune: ["sync", "--prune"]
      }
    }

    /// 200 in all; a tenth of them unless all are asked for.
    var moments: Int {
      switch self {
      case .cold: 80
      case .linked, .repair, .prune: 40
      }
    }
  }

  @Test("Killed at any moment, a sync leaves nothing wrong, and the next one ends right", arguments: Work.allCases)
  func killedAnywhere(_ work: Work) async throws {
    try await killAnywhere(work, moments: moments(of: work), Freight.twelve.get())
  }

  @Test(
    "Killed at any moment while real maps come in, a sync leaves nothing wrong, and the next one ends right",
    .enabled(if: Freight.realIsThere, "they lie beside the repository, in ../shared/data"), arguments: Work.allCases)
  func killedOnRealData(_ work: Work) async throws {
    try await killAnywhere(work, moments: moments(of: work), Freight(realFiles: Freight.realFolder))
  }

  private func moments(of work: Work) -> Int { Self.wantsAll ? work.moments : work.moments / 10 }

  /// Kills the same sync at moments that are spread over the time that it takes.
  private func killAnywhere(_ work: Work, moments: Int, _ freight: Freight) async throws {
    let lab = try Lab(freight)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      #expect(try await lab.program(origin).run(["sync"]).exitCode == 0)
      var duration = Duration.zero
      // The first is not killed: it tells how long it takes.
      for moment in 0...moments {
        let goal = try lab.prepare(work, "\(moment)")
        let start = ContinuousClock.now
        let running = try lab.program(origin).start(work.arguments)
        if moment > 0 {
          // Here, waiting is the matter itself.
          try await Task.sleep(for: duration * (moment - 1) / moments)
          kill(running.process.processIdentifier, SIGKILL)
        }
        _ = try await running.outcome()
        if moment == 0 { duration = ContinuousClock.now - start }
        let told = Comment(rawValue: "\(work), \(moment) of \(moments) in \(duration)")
        try lab.expectNothingWrong(edited: goal.edited, told)
        // What has to stay is there all the time.
        if work == .prune { try lab.expectThere(goal.wanted, told) }
        try await lab.expectNextSyncEndsRight(origin, work.arguments, goal: goal, told)
        if work == .prune {
          try lab.writeManifest(lab.freight.maps)
          let next = try await lab.program(origin).run(["sync"])
          #expect(next.exitCode == 0, "\(next.errors), \(told)")
        }
      }
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

/// Files that an origin serves, and the catalog that names them.
struct Freight: Sendable {
  let served: [ServedFile]
  /// By their paths in a data directory.
  let contents: [String: Data]
  /// The ids of all maps.
  let maps: [String]
  let catalog: String

  // Made once, as many tests use them.
  static let six: Result<Freight, any Error> = Result { try Freight(files: 6, seed: 6) }
  static let twelve: Result<Freight, any Error> = Result { try Freight(files: 12, seed: 12) }

  /// Made-up volumes, each of another size.
  init(files: Int, seed: UInt64) throws {
    var state = seed &+ 1
    try self.init(
      (0..<files).map { number -> Piece in
        let bytes = (0..<(50_000 + number * 40_000)).map { _ -> UInt8 in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: state >> 33)
        }
        return (try #require(AnnotationID("lab/map\(number)/MNI152/2mm")), nil, bytes)
      })
  }

  /// The maps of a folder that is laid out as a data directory.
  init(realFiles folder: URL) throws {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    try self.init(
      names.filter { $0.hasSuffix(".gz") || $0.hasSuffix(".gii") }.sorted().map { name -> Piece in
        // annotations/source/desc/space/source-…_desc-…_space-…_den-32k_hemi-L_feature.func.gii
        let folders = name.split(separator: "/")
        let fields = try #require(folders.last).split(separator: "_")
        let density = try #require(fields.first { $0.hasPrefix("den-") || $0.hasPrefix("res-") }?.dropFirst(4))
        let map = try #require(AnnotationID("\(folders[1...3].joined(separator: "/"))/\(density)"))
        let hemi = fields.first { $0.hasPrefix("hemi-") }.flatMap { Hemisphere(rawValue: String($0.dropFirst(5))) }
        return (map, hemi, Array(try Data(contentsOf: folder.appendingPathComponent(name))))
      })
  }

  private typealias Piece = (map: AnnotationID, hemi: Hemisphere?, bytes: [UInt8])

  private init(_ files: [Piece]) throws {
    var (served, contents, maps, catalog) = ([ServedFile](), [String: Data](), [String](), "")
    for (number, file) in files.enumerated() {
      var hasher = ContentHasher(md5: true)
      file.bytes.withUnsafeBytes { hasher.update($0) }
      let sums = hasher.finish()
      let (md5, sha256) = try (#require(sums.md5).hex, #require(sums.sha256).hex)
      let id = "abc\(number)"
      served.append(
        ServedFile(
          project: "abcde", file: id, name: "\(number)",
          versions: [ServedVersion(bytes: file.bytes, md5: md5, sha256: sha256)]))
      contents[DatasetPath(file.map, hemi: file.hemi).text] = Data(file.bytes)
      let map = "\(file.map)"
      if maps.last != map {
        maps.append(map)
        catalog += "  - map: \(map)\n    files:\n"
      }
      let hemi = file.hemi.map { "hemi: \($0.rawValue), " } ?? ""
      catalog += "      - {\(hemi)osf: abcde/\(id), md5: \(md5)}\n"
    }
    self.served = served
    self.contents = contents
    self.maps = maps
    self.catalog = "version: 1\nname: lab\nrevision: a\nmaps:\n\(catalog)"
  }

  static let realFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("shared/data")

  static var realIsThere: Bool {
    FileManager.default.fileExists(atPath: realFolder.appendingPathComponent("annotations").path)
  }
}

/// A project with a lab catalog, for an origin that serves its files.
struct Lab {
  /// Where a sync has to lead.
  struct Goal {
    /// The paths that have to be there, and no others.
    var wanted: Set<String>
    /// Files that the user has changed, and must not lose.
    var edited: [String: Data] = [:]
  }

  let folder: URL
  let freight: Freight

  var served: [ServedFile] { freight.served }
  private var all: Goal { Goal(wanted: Set(freight.contents.keys)) }
  private var replaced: URL { folder.appendingPathComponent("data/.neuromaps/replaced") }

  init(files: Int, seed: UInt64) throws { try self.init(Freight(files: files, seed: seed)) }

  init(_ freight: Freight) throws {
    self.freight = freight
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("lab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(freight.catalog, to: "lab.yaml")
    try writeManifest(freight.maps)
  }

  /// Another project, below this one's folder, which shares its store.
  func addProject(_ name: String) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    for file in ["lab.yaml", "neuromaps.yaml"] {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(file), to: folder.appendingPathComponent("\(name)/\(file)"))
    }
  }

  func program(_ origin: LoopbackOSF, in project: String = "", _ more: [String: String] = [:]) -> Program {
    let environment = ["HOME": folder.path, "PATH": "/usr/bin:/bin", "NEUROMAPS_OSF_URL": origin.url]
    return Program(
      folder: project.isEmpty ? folder : folder.appendingPathComponent(project),
      environment: environment.merging(more) { $1 })
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  func writeManifest(_ maps: [String]) throws {
    let list = maps.joined(separator: ", ")
    try write(
      "version: 1\ndata_dir: data\nbuiltin: false\ncatalogs: [{path: lab.yaml}]\nannotations: [\(list)]\n",
      to: "neuromaps.yaml")
  }

  /// Makes the project, which has been synced, ready for a sync that has something to do.
  func prepare(_ work: CrashTests.Work, _ text: String) throws -> Goal {
    var goal = all
    switch work {
    case .cold, .linked: for name in ["data", ".cache", "neuromaps.lock"] { try removeIfThere(name) }
    case .repair:
      try removeIfThere("data/.neuromaps/replaced")
      for (number, path) in goal.wanted.sorted().enumerated() where number % 4 == 0 {
        let bytes = Data("edited \(text) \(number)".utf8)
        try bytes.write(to: folder.appendingPathComponent("data/\(path)"))
        goal.edited[path] = bytes
      }
    case .prune:
      let kept = freight.maps.prefix(3)
      try writeManifest(Array(kept))
      goal.wanted = Set(
        freight.contents.keys.filter { path in
          let entities = path.split(separator: "/").last.flatMap { FileEntities(fileName: $0) }
          return entities.map { kept.contains("\($0.map)") } ?? false
        })
    }
    return goal
  }

  /// Every file below annotations/ has exactly its bytes, or the user's, which are there in any case.
  func expectNothingWrong(
    in project: String = "", edited: [String: Data] = [:], _ told: Comment? = nil
  ) throws {
    let data = data(of: project)
    let names = FileManager.default.enumerator(atPath: data.path)?.compactMap { $0 as? String } ?? []
    var found: [String: Data] = [:]
    for name in names where name.hasPrefix("annotations/") && (name.hasSuffix(".gz") || name.hasSuffix(".gii")) {
      let bytes = try Data(contentsOf: data.appendingPathComponent(name))
      found[name] = bytes
      let isRight = bytes == freight.contents[name] || edited[name] == bytes
      #expect(isRight, "\(name), \(told?.rawValue ?? "")")
    }
    let aside = edited.isEmpty ? [] : try setAside()
    for (name, bytes) in edited {
      let isKept = found[name] == bytes || aside.contains(bytes)
      #expect(isKept, "what the user made of \(name) is gone, \(told?.rawValue ?? "")")
    }
  }

  func expectThere(_ paths: Set<String>, in project: String = "", _ told: Comment? = nil) throws {
    for path in paths {
      let file = data(of: project).appendingPathComponent(path)
      #expect(FileManager.default.fileExists(atPath: file.path), told)
    }
  }

  private func data(of project: String) -> URL {
    folder.appendingPathComponent(project.isEmpty ? "data" : "\(project)/data")
  }

  private func setAside() throws -> [Data] {
    guard FileManager.default.fileExists(atPath: replaced.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(at: replaced, includingPropertiesForKeys: nil)
      .map { try Data(contentsOf: $0) }
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
    try await expectNextSyncEndsRight(origin, ["sync"], goal: all)
    #expect(drafts(isStore: true).isEmpty)
  }

  /// The same for another kind of sync; the store's drafts aside, which are swept when it is next written to.
  func expectNextSyncEndsRight(
    _ origin: LoopbackOSF, _ arguments: [String], goal: Goal, _ told: Comment? = nil
  ) async throws {
    let program = program(origin)
    let next = try await program.run(arguments)
    #expect(next.exitCode == 0, "\(next.errors), \(told?.rawValue ?? "")")
    try expectNothingWrong(told)
    try expectThere(goal.wanted, told)
    for path in Set(freight.contents.keys).subtracting(goal.wanted) {
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("data/\(path)").path), told)
    }
    let aside = goal.edited.isEmpty ? [] : try setAside()
    let isKept = goal.edited.values.allSatisfy { aside.contains($0) }
    #expect(isKept, told)
    origin.forgetRequests()
    let third = try await program.run(["sync", "--locked"])
    #expect(third.output.hasPrefix("nothing to do"), "\(third.output)\(third.errors), \(told?.rawValue ?? "")")
    #expect(origin.requests().isEmpty, told)
    #expect(drafts(isStore: false).isEmpty, told)
  }

  private func drafts(isStore: Bool) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.contains(".neuromaps-draft-") && $0.hasPrefix(".cache/") == isStore }
  }

  private func removeIfThere(_ name: String) throws {
    let file = folder.appendingPathComponent(name)
    if FileManager.default.fileExists(atPath: file.path) { try FileManager.default.removeItem(at: file) }
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
  }
}
