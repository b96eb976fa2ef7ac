import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("Files that nobody wants any more")
struct LeftoverTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 500)
  private let mine = "../mine"
  private let theirs = "../theirs"

  /// A data directory that several projects share, and a store.
  private struct Shared {
    let bench: FakeBench

    init() throws { bench = try FakeBench() }

    var root: FilePath { bench.at("data") }

    func folder(_ project: String) -> DataFolder { DataFolder(bench.files, at: root, for: project) }

    func place(_ file: MadeFile) -> FilePath { root.pushing(FilePath(file.path.text)) }

    func object(_ file: MadeFile) throws -> StoredObject {
      let store = ObjectStore(bench.files, at: bench.at("cache"))
      var intake = try store.intake(expecting: file.checksums)
      try intake.append(file.bytes)
      return try store.add(intake, as: intake.checksums)
    }

    /// What a sync of a project does that wants just these files.
    func sync(_ project: String, _ files: [MadeFile]) async throws {
      let folder = folder(project)
      var entries: [DatasetPath: DataIndex.Entry] = [:]
      for file in files {
        if case .matches(let entry) = folder.observe(file.path, expecting: file.checksums) {
          entries[file.path] = entry
        } else {
          let placement = try folder.place(
            try object(file), at: file.path, expecting: file.checksums, settingAside: false)
          entries[file.path] = placement?.entry
        }
      }
      let digest = ContentHasher.sha256(files.flatMap(\.bytes))
      let answer = IndexedAnswer(lock: digest, declarations: digest, files: files.count, maps: 1, atlases: 0)
      guard let news = try folder.news(entries, answering: answer, wanting: { entries[$0] != nil }) else { return }
      try await folder.remember(news, clock: RecordingClock())
    }

    /// What a project finds that wants nothing now.
    func leftovers(_ project: String) throws -> [DataFolder.Leftover] {
      try folder(project).leftovers { _ in false }
    }
  }

  private static func isWanted(by project: String) -> DataFolder.Leftover.Reason { .wanted(by: "/bench/\(project)") }

  @Test("what was placed and is not wanted any more goes, and the empty folders above it")
  func goes() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file, other])
    try await shared.sync(mine, [other])
    let found = try shared.folder(mine).leftovers { $0 == other.path }
    #expect(found.map(\.path) == [file.path])
    #expect(found.map(\.size) == [500])
    #expect(found.map(\.reason) == [nil])
    for leftover in found { #expect(try shared.folder(mine).remove(leftover)) }
    #expect(try shared.bench.bytes(shared.place(file)) == nil)
    #expect(try shared.bench.bytes(shared.place(other)) == other.bytes)
    try await shared.sync(mine, [])
    for leftover in try shared.leftovers(mine) { #expect(try shared.folder(mine).remove(leftover)) }
    let names = try shared.bench.files.names(in: shared.bench.at("data/annotations"))
    #expect(names.isEmpty)
    #expect(try shared.bench.files.status(shared.bench.at("data/annotations"))?.kind == .folder)
    #expect(try shared.leftovers(mine).isEmpty)
  }

  @Test("a folder with anything else in it stays, if only a hidden file")
  func fullFolder() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    let note = shared.place(file).removingLastComponent().removingLastComponent().appending(".note")
    try shared.bench.put([1], at: note)
    let leftover = try #require(try shared.leftovers(mine).first)
    #expect(try shared.folder(mine).remove(leftover))
    #expect(try shared.bench.bytes(note) == [1])
    #expect(try shared.bench.files.status(shared.place(file).removingLastComponent()) == nil)
  }

  @Test("what was found there is the user's")
  func found() async throws {
    let shared = try Shared()
    try shared.bench.put(file.bytes, at: shared.place(file))
    try await shared.sync(mine, [file, other])
    #expect(try shared.leftovers(mine).map(\.path) == [other.path])
    try await shared.sync(mine, [])
    #expect(try shared.leftovers(mine).map(\.path) == [other.path])
  }

  @Test("what was changed stays, and is the user's from then on")
  func changed() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    try shared.bench.put(other.bytes, at: shared.place(file))
    let leftover = try #require(try shared.leftovers(mine).first)
    #expect(leftover.reason == .changed)
    #expect(try !shared.folder(mine).remove(leftover))
    #expect(try shared.bench.bytes(shared.place(file)) == other.bytes)
    try await shared.sync(mine, [])
    #expect(try shared.leftovers(mine).isEmpty)
  }

  @Test("what another project wants stays, until that wants it no more")
  func wantedByOther() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    try await shared.sync(theirs, [file, other])
    let leftover = try #require(try shared.leftovers(mine).first)
    #expect(leftover.reason == Self.isWanted(by: "theirs"))
    #expect(try !shared.folder(mine).remove(leftover))
    #expect(try shared.leftovers(theirs).map(\.path) == [other.path])
    try await shared.sync(theirs, [other])
    #expect(try shared.leftovers(mine).map(\.reason) == [nil])
  }

  @Test("where it cannot be told what another project wants, all stays")
  func unknown() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    try await shared.sync(theirs, [other])
    let index = DataFolder.indexPath(shared.root, theirs)
    try shared.bench.put(Array("neuromaps-index 2 damaged\n".utf8), at: index)
    #expect(shared.folder(mine).unreadable == [index])
    let leftover = try #require(try shared.leftovers(mine).first)
    #expect(leftover.reason == .unknown(index))
    #expect(try !shared.folder(mine).remove(leftover))
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums).isDifferent)
  }

  @Test("a project whose own index is lost has placed nothing")
  func lost() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    try shared.bench.put([0], at: DataFolder.indexPath(shared.root, mine))
    #expect(shared.folder(mine).unreadable.isEmpty)
    #expect(try shared.leftovers(mine).isEmpty)
  }

  @Test("a line of the index whose file is gone removes nothing")
  func gone() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file, other])
    try shared.bench.files.remove(shared.place(file))
    #expect(try shared.leftovers(mine).map(\.path) == [other.path])
  }

  @Test("no link is followed to what goes")
  func linkedFolder() async throws {
    let shared = try Shared()
    let bench = shared.bench
    try await shared.sync(mine, [file])
    #expect(try shared.leftovers(mine).map(\.path) == [file.path])
    try bench.files.createFolder(bench.at("outside"))
    try bench.files.rename(bench.at("data/annotations/lab"), to: bench.at("outside/lab"), replacing: false)
    try bench.link(bench.at("data/annotations/lab"), to: bench.at("outside/lab").string)
    #expect(try bench.bytes(shared.place(file)) == file.bytes)
    #expect(try shared.leftovers(mine).isEmpty)
    #expect(try bench.tree(bench.at("outside")).values.map { $0 } == [file.bytes])
  }

  @Test("a folder that is moved away while its file is looked at keeps it, whatever link stands in its place")
  func linkedMeanwhile() async throws {
    let shared = try Shared()
    let bench = shared.bench
    try await shared.sync(mine, [file])
    let leftover = try #require(try shared.leftovers(mine).first)
    try bench.files.createFolder(bench.at("outside"))
    try bench.files.rename(bench.at("data/annotations/lab"), to: bench.at("outside/lab"), replacing: false)
    try bench.link(bench.at("data/annotations/lab"), to: bench.at("outside/lab").string)
    #expect(try !shared.folder(mine).remove(leftover))
    #expect(try bench.tree(bench.at("outside")).values.map { $0 } == [file.bytes])
  }

  @Test("a file that somebody changes while it is looked at stays")
  func changedMeanwhile() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    let leftover = try #require(try shared.leftovers(mine).first)
    try shared.bench.put(other.bytes, at: shared.place(file))
    #expect(try !shared.folder(mine).remove(leftover))
    #expect(try shared.bench.bytes(shared.place(file)) == other.bytes)
  }

  // MARK: Outdated

  @Test("what the project has placed for an earlier lock is outdated, not the user's change")
  func outdated() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums) == .outdated(file.checksums))
    let larger = MadeFile("lab/beta/fsLR/32k", .left, size: 600)
    #expect(shared.folder(mine).observe(file.path, expecting: larger.checksums) == .outdated(file.checksums))
    #expect(shared.folder(theirs).observe(file.path, expecting: other.checksums).isDifferent)
    try shared.bench.put(larger.bytes, at: shared.place(file))
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums).isDifferent)
  }

  @Test("what was found there, or another project wants, is not outdated")
  func notOutdated() async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    try shared.bench.put(other.bytes, at: shared.place(other))
    try await shared.sync(mine, [file, other])
    #expect(shared.folder(mine).observe(other.path, expecting: file.checksums).isDifferent)
    try await shared.sync(theirs, [file])
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums).isDifferent)
  }

  @Test("what another project has placed and does not want any more is outdated too, and nothing is kept of it")
  func outdatedOfAnother() async throws {
    let shared = try Shared()
    try await shared.sync(theirs, [file])
    try await shared.sync(mine, [file])
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums).isDifferent)
    try await shared.sync(theirs, [])
    #expect(shared.folder(mine).observe(file.path, expecting: other.checksums) == .outdated(file.checksums))
    let placement = try shared.folder(mine).place(
      try shared.object(other), at: file.path, expecting: other.checksums, settingAside: true)
    #expect(placement?.entry?.isPlaced == true)
    #expect(placement?.setAside == nil)
    #expect(try shared.bench.tree(shared.bench.at("data/.neuromaps/replaced")).isEmpty)
  }

  @Test("of an outdated file nothing is kept; of one that was edited all is", arguments: [false, true])
  func givesWay(_ isEdited: Bool) async throws {
    let shared = try Shared()
    try await shared.sync(mine, [file])
    if isEdited { try shared.bench.put([1, 2], at: shared.place(file)) }
    let placement = try shared.folder(mine).place(
      try shared.object(other), at: file.path, expecting: other.checksums, settingAside: true)
    #expect(placement?.entry?.isPlaced == true)
    #expect((placement?.setAside != nil) == isEdited)
    let kept = try shared.bench.tree(shared.bench.at("data/.neuromaps/replaced"))
    let expected: [[UInt8]] = isEdited ? [[1, 2]] : []
    #expect(kept.values.map { $0 } == expected)
    #expect(try shared.bench.bytes(shared.place(file)) == other.bytes)
  }
}

extension Observation {
  var isDifferent: Bool { if case .differs = self { true } else { false } }
}
