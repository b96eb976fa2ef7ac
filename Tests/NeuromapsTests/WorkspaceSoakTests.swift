import Catalog
import Dataset
import Effects
import MarkedText
import Neuromaps
import Project
import Store
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Edits, syncs, crashes, prunes and damage in any order")
struct WorkspaceSoakTests {
  @Test("nothing of the user's is lost and nothing wrong is in place", .timeLimit(.minutes(5)), arguments: 1...12)
  func soak(_ seed: UInt64) async throws {
    var soak = try Soak(seed: seed)
    for turn in 0...40 {
      var problems: [String]
      do {
        problems = try await turn < 40 ? soak.act() : soak.end()
      } catch {
        problems = ["it throws \(error)"]
      }
      problems += soak.problems()
      guard problems.isEmpty else {
        Issue.record("seed \(seed): \(problems)\nafter:\n\(soak.actions.joined(separator: "\n"))")
        return
      }
    }
  }
}

/// What must be so, whatever the program does: what the user wrote where, and what he wants.
private struct Model {
  /// What the user wrote at the path of a map and has not replaced or deleted himself.
  var own: [String: [UInt8]] = [:]
  /// Everything that the user ever wrote there.
  var written: [String: Set<[UInt8]>] = [:]
  /// Files of the user's own beside the maps.
  var extras: [String: [UInt8]] = [:]
  /// Which maps the manifest names.
  var wanted: Set<Int> = [0]
  /// Which edition of each map the catalog has.
  var editions = [0, 0, 0, 0]
}

/// A project in which things happen by a seed.
private struct Soak {
  /// Two editions of each of four maps.
  private static let made: [[MadeFile]] = ["a", "b", "c", "d"].map { name in
    let first = MadeFile("lab/\(name)/MNI152/2mm", size: 48)
    var second = first
    second.bytes = Array(first.bytes.reversed())
    return [first, second]
  }
  private static let outside = "/elsewhere/keep"

  private let lab: Lab
  private var random: SeededGenerator
  private var model = Model()
  private var count = 0
  private(set) var actions: [String] = []

  init(seed: UInt64) throws {
    random = SeededGenerator(seed: seed)
    let replies = Dictionary(
      uniqueKeysWithValues: Self.made.joined().map { (Self.url($0), $0.bytes) })
    lab = try Lab(
      ScriptedTransport { request, _ in
        replies[request.url].map(ScriptedTransport.Reply.bytes) ?? ScriptedTransport.Reply(404)
      })
    try lab.bench.put([1], at: FilePath(Self.outside))
    try writeProject()
  }

  private static func url(_ file: MadeFile) -> String {
    let isFirst = made.contains { $0[0].bytes == file.bytes }
    return "https://lab.example.org/\(file.id)/\(isFirst ? 1 : 2)"
  }

  private func writeProject() throws {
    let files = Self.made.indices.map { Self.made[$0][model.editions[$0]] }
    let catalog = Lab.catalog(files, revision: "\(count)", knowing: .all) { "url: \(Self.url($0))" }
    try lab.write(catalog, at: "catalog.yaml")
    let maps = model.wanted.sorted().map { "- \(Self.made[$0][0].map)" }
    try lab.write(Lab.manifest(maps.joined(separator: "\n  ")))
  }

  private var disk: FakeDisk { lab.bench.disk }

  // MARK: What happens

  /// Does something; what was wrong with how it ended.
  mutating func act() async throws -> [String] {
    count += 1
    let index = Int.random(in: 0..<4, using: &random)
    let file = Self.made[index][0]
    switch Int.random(in: 0..<20, using: &random) {
    case 0, 1:
      try edit(file)
      return []
    case 2:
      try delete(file)
      return []
    case 3, 4, 5:
      model.wanted = Set((0..<4).filter { _ in Bool.random(using: &random) }).union([index])
      actions.append("want \(model.wanted.sorted())")
      try writeProject()
      return []
    case 6:
      model.editions[index] = 1 - model.editions[index]
      actions.append("upgrade \(index)")
      try writeProject()
      try await lab.makeLock(upgradesAll: true)
      return []
    case 7, 8, 9: return try await crash()
    case 10:
      try damage("store", below: "/home/u/.cache/neuromaps/v1/sha256/")
      return []
    case 11:
      try damage("index", below: "/bench/project/data/.neuromaps/projects/")
      return []
    case 12:
      let path = "/bench/project/data/annotations/lab/mine-\(count).txt"
      actions.append("add \(path)")
      model.extras[path] = Array("notes \(count)".utf8)
      try lab.bench.put(model.extras[path] ?? [], at: FilePath(path))
      return []
    case 13:
      actions.append("fetch \(index)")
      let name = "\(file.map)".split(separator: "/")[1]
      let result = try await lab.workspace().fetch(MapQuery([.desc: [Glob(String(name))]]), repairs: false)
      return try wrong(result)
    default:
      let options = options()
      actions.append("sync \(text(options))")
      return try await sync(options)
    }
  }

  private mutating func edit(_ file: MadeFile) throws {
    let (path, bytes) = (lab.data(file), Array("user \(count)".utf8))
    actions.append("edit \(file.map)")
    try lab.bench.put(bytes, at: path)
    model.own[path.string] = bytes
    model.written[path.string, default: []].insert(bytes)
  }

  private mutating func delete(_ file: MadeFile) throws {
    let path = lab.data(file)
    actions.append("delete \(file.map)")
    // Bytes of the user's that were set aside are not what is deleted.
    if let bytes = try lab.bench.bytes(path), bytes == model.own[path.string] { model.own[path.string] = nil }
    try lab.bench.files.remove(path)
    // Deleted long before any power fails.
    try lab.bench.put([1], at: FilePath(Self.outside))
  }

  private mutating func damage(_ name: String, below folder: String) throws {
    let paths = disk.everything().keys.filter { $0.hasPrefix(folder) }.sorted()
    guard let path = paths.randomElement(using: &random), let bytes = disk.everything()[path] else { return }
    actions.append("damage \(name) \(path)")
    let isCut = Bool.random(using: &random)
    try lab.bench.put(isCut ? Array(bytes.dropLast(5)) : bytes.map { $0 ^ 0x55 }, at: FilePath(path))
  }

  private mutating func options() -> SyncOptions {
    var options = SyncOptions()
    options.mode = Int.random(in: 0..<5, using: &random) == 0 ? .frozen : .update
    options.policy.repairs = Bool.random(using: &random)
    options.policy.prunes = Bool.random(using: &random)
    return options
  }

  private func text(_ options: SyncOptions) -> String {
    "\(options.mode)" + (options.policy.repairs ? " --repair" : "") + (options.policy.prunes ? " --prune" : "")
  }

  private mutating func crash() async throws -> [String] {
    let options = options()
    let step = Int.random(in: 0..<120, using: &random)
    let survival = (Survival.all + [.chance(random.next())]).randomElement(using: &random) ?? .everything
    actions.append("sync \(text(options)), power lost after \(step) steps, \(survival)")
    disk.losePower(afterSteps: step)
    _ = try await failure { _ = try await lab.workspace().sync(options) }
    disk.restart(survival)
    return []
  }

  private func sync(_ options: SyncOptions) async throws -> [String] {
    let hasLock = try lab.text("neuromaps.lock") != nil
    do {
      let result = try await lab.workspace().sync(options)
      var problems = try wrong(result)
      if options.policy.repairs, let failure = result.failure { problems.append("a repair fails: \(failure)") }
      if options.mode == .update {
        let wanted = Set(model.wanted.map { Self.made[$0][0].path })
        if Set(result.lock.files.map(\.path)) != wanted { problems.append("the lock is for other maps") }
      }
      return problems
    } catch let error as NeuromapsFailure {
      let isExpected = options.mode == .frozen && !hasLock && error.reason == .lockStale
      return isExpected ? [] : ["a sync fails: \(error)"]
    }
  }

  /// The last sync of all, which leaves nothing to do.
  mutating func end() async throws -> [String] {
    var options = SyncOptions()
    options.policy.repairs = true
    actions.append("the last sync")
    let problems = try await sync(options)
    let isSatisfied = try await lab.sync().plan.isEmpty
    let drafts = try lab.bench.drafts(lab.project("data"))
    return problems + (isSatisfied ? [] : ["it is not satisfied"]) + drafts.map { "\($0) is left" }
  }

  // MARK: What must be so

  /// What a result says is in place and is not.
  private func wrong(_ result: SyncResult) throws -> [String] {
    try result.outcomes.filter(\.isInPlace).compactMap { outcome in
      let bytes = try lab.bench.bytes(result.folder.pushing(FilePath(outcome.file.path.text)))
      let isRight = bytes.map { MadeFile.checksums(of: $0).sha256 == outcome.file.checksums?.sha256 } ?? false
      return isRight ? nil : "\(outcome.file.path) is not what was locked, and said to be \(outcome.fate)"
    }
  }

  /// What is wrong on the disk.
  func problems() -> [String] {
    let everything = disk.everything()
    let contents = Set(everything.values)
    var problems: [String] = []
    for editions in Self.made {
      let path = lab.data(editions[0]).string
      guard let bytes = everything[path] else { continue }
      let isUsers = model.written[path]?.contains(bytes) == true
      if !isUsers, !editions.contains(where: { $0.bytes == bytes }) { problems.append("\(path) has wrong bytes") }
    }
    for (path, bytes) in model.own where !contents.contains(bytes) {
      problems.append("what the user wrote to \(path) is gone")
    }
    for (path, bytes) in model.extras where everything[path] != bytes {
      problems.append("\(path) is not what the user wrote")
    }
    if everything[Self.outside] != [1] { problems.append("\(Self.outside) was changed") }
    let mine = ["/bench/project/data/", "/home/u/.cache/neuromaps/"]
    let project = ["neuromaps.yaml", "neuromaps.lock", "catalog.yaml"].map { "/bench/project/\($0)" }
    for path in everything.keys.sorted() where !mine.contains(where: path.hasPrefix) {
      let isDraft = path.hasPrefix("/bench/project/.neuromaps-draft-")
      if !project.contains(path), path != Self.outside, !isDraft { problems.append("\(path) was made") }
    }
    return problems
  }
}
