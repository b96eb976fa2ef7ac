import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("What a sync that did not end has left")
struct BegunTests {
  private let old = MadeFile("lab/alpha/fsLR/32k", .left, size: 400)
  private let begun = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let next = MadeFile("lab/alpha/fsLR/32k", .left, size: 600)
  private let mine = "../mine"

  private func folder(_ bench: FakeBench, _ project: String) -> DataFolder {
    DataFolder(bench.files, at: bench.at("data"), for: project)
  }

  /// A data directory in which a project was about to place a file, and had perhaps.
  private func killed(there file: MadeFile?) throws -> FakeBench {
    let bench = try FakeBench()
    folder(bench, mine).begin([begun.path: begun.checksums])
    if let file { try bench.put(file.bytes, at: bench.at("data").pushing(FilePath(file.path.text))) }
    return bench
  }

  /// The same with bytes of the user's.
  private func edited(_ size: Int) -> MadeFile {
    var file = begun
    file.bytes = [UInt8](repeating: 7, count: size)
    return file
  }

  private func isOutdated(_ observation: Observation) -> Bool {
    if case .outdated = observation { true } else { false }
  }

  private func left(_ bench: FakeBench) throws -> [FilePath] {
    try DataFolder.begun(in: bench.at("data"), mine, bench.files)
  }

  @Test("a project is told that it is its own, and gives way, or goes")
  func own() throws {
    let bench = try killed(there: begun)
    let folder = folder(bench, mine)
    guard case .matches(let entry) = folder.observe(begun.path, expecting: begun.checksums) else {
      Issue.record("the file is not known")
      return
    }
    #expect(entry.isPlaced)
    #expect(isOutdated(folder.observe(begun.path, expecting: next.checksums)))
    let leftover = try #require(try folder.leftovers { _ in false }.first)
    #expect(leftover.reason == nil)
    #expect(try folder.remove(leftover))
  }

  @Test("other bytes at its path are the user's", arguments: [500, 501])
  func users(_ size: Int) throws {
    let folder = folder(try killed(there: edited(size)), mine)
    for wanted in [begun, next] { #expect(folder.observe(begun.path, expecting: wanted.checksums).isDifferent) }
    #expect(try folder.leftovers { _ in false }.map(\.reason) == [.changed])
  }

  @Test("what gives way to the next is not kept, and the user's is", arguments: [true, false])
  func givesWay(_ isOwn: Bool) throws {
    let there = isOwn ? begun : edited(500)
    let bench = try killed(there: there)
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    var intake = try store.intake(expecting: next.checksums)
    try intake.append(next.bytes)
    let object = try store.add(intake, as: intake.checksums)
    let placement = try folder(bench, mine).place(
      object, at: next.path, expecting: next.checksums, settingAside: true)
    #expect((placement?.setAside == nil) == isOwn)
    let kept = try bench.tree(bench.at("data/.neuromaps/replaced"))
    #expect(Array(kept.values) == (isOwn ? [] : [there.bytes]))
  }

  @Test("once the index is written, nothing is left of it but what is there", arguments: [true, false])
  func ends(_ isThere: Bool) async throws {
    let bench = try killed(there: isThere ? begun : nil)
    let news = try #require(try folder(bench, mine).news([:], wanting: { _ in false }))
    #expect(try left(bench).count == 1)
    try await folder(bench, mine).remember(news, clock: RecordingClock())
    #expect(try left(bench).isEmpty)
    #expect(try folder(bench, mine).leftovers { _ in false }.map(\.path) == (isThere ? [begun.path] : []))
    #expect(try folder(bench, mine).news([:], wanting: { _ in false }) == nil)
  }

  @Test("of several syncs that did not end, with an index from before, all is known")
  func several() throws {
    let bench = try killed(there: nil)
    let index = DataIndex(
      [
        old.path: DataIndex.Entry(
          status: FileStatus(kind: .file, size: 400, modified: 1, changed: 1, inode: 1), checksums: old.checksums,
          isPlaced: true)
      ], project: mine)
    try bench.put(index.bytes, at: DataFolder.indexPath(bench.at("data"), mine))
    let last = MadeFile("lab/alpha/fsLR/32k", .left, size: 700)
    folder(bench, mine).begin([last.path: last.checksums])
    #expect(try left(bench).count == 2)
    for file in [old, begun, last] {
      try bench.put(file.bytes, at: bench.at("data").pushing(FilePath(file.path.text)))
      #expect(isOutdated(folder(bench, mine).observe(file.path, expecting: next.checksums)))
    }
  }

  @Test("what is damaged of it costs the knowledge, and nothing else")
  func damaged() throws {
    let bench = try killed(there: begun)
    for path in try left(bench) { try bench.put([0], at: path) }
    let folder = folder(bench, mine)
    #expect(folder.unreadable.isEmpty)
    #expect(folder.observe(begun.path, expecting: next.checksums).isDifferent)
    #expect(try folder.leftovers { _ in false }.isEmpty)
  }

  @Test("another project neither wants it nor takes it away, and may replace it")
  func another() throws {
    let bench = try killed(there: begun)
    let folder = folder(bench, "../theirs")
    #expect(try folder.leftovers { _ in false }.isEmpty)
    #expect(isOutdated(folder.observe(begun.path, expecting: next.checksums)))
    guard case .matches(let entry) = folder.observe(begun.path, expecting: begun.checksums) else {
      Issue.record("the file is not known")
      return
    }
    #expect(!entry.isPlaced)
  }

  @Test("what has no SHA-256 yet is not written down")
  func unknown() throws {
    let bench = try FakeBench()
    folder(bench, mine).begin([begun.path: begun.checksums(.md5)])
    #expect(try left(bench).isEmpty)
  }
}
