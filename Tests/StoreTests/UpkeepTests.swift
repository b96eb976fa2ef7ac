import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("The upkeep of a store")
struct UpkeepTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 300)
  private let tag = Validator(server: "https://x.org", tag: "\"abc\"")

  private func with(_ body: (ObjectStore, FakeBench) throws -> Void) throws {
    let bench = try FakeBench()
    try body(ObjectStore(bench.files, at: bench.at("cache")), bench)
  }

  private func add(_ file: MadeFile, to store: ObjectStore) throws -> StoredObject {
    var intake = try store.intake(expecting: file.checksums)
    try intake.append(file.bytes)
    return try store.add(intake, as: intake.checksums)
  }

  /// Leaves a part of a download.
  private func begin(_ file: MadeFile, in store: ObjectStore, count: Int) throws {
    var intake = try #require(try store.resumableIntake(expecting: file.checksums))
    try intake.restart(tag)
    try intake.append(Array(file.bytes.prefix(count)))
    try intake.keep()
  }

  private func item(_ file: MadeFile, in store: ObjectStore) throws -> ObjectStore.Item {
    try #require(try store.items().first { $0.digest == file.checksums.sha256 })
  }

  // MARK: Objects

  @Test("objects and unfinished downloads are counted, and nothing else")
  func counts() throws {
    try with { store, bench in
      #expect(try store.size() == ObjectStore.Size())
      #expect(try store.items().isEmpty)
      _ = try add(file, to: store)
      _ = try add(other, to: store)
      try begin(MadeFile("lab/beta/fsLR/32k", .left, size: 500), in: store, count: 70)
      try bench.put([1, 2, 3], at: bench.at("cache/v1/sha256/ab/not-an-object"))
      try bench.put([1, 2, 3], at: bench.at("cache/v1/sha256/stray"))
      let size = try store.size()
      #expect(size.objects == 2)
      #expect(size.bytes == 800)
      #expect(size.partials == 1)
      #expect(size.partialBytes == 70)
      let items = try store.items()
      #expect(items.map(\.digest.hex) == [file, other].compactMap(\.checksums.sha256?.hex).sorted())
      #expect(Set(items.map(\.size)) == [500, 300])
    }
  }

  @Test("an object that is damaged is found, one that is gone is neither, and one taken out is gone")
  func damaged() throws {
    try with { store, bench in
      let object = try add(file, to: store)
      _ = try add(other, to: store)
      let (first, second) = (try item(file, in: store), try item(other, in: store))
      #expect(try store.isWhole(first) == true)
      try bench.put(Array(repeating: 0, count: 500), at: object.path)
      #expect(try store.isWhole(first) == false)
      #expect(try store.isWhole(second) == true)
      try store.remove(first)
      #expect(try store.isWhole(first) == nil)
      #expect(try store.items() == [second])
      try store.remove(first)
    }
  }

  @Test("a look at the bytes renews a seal, and leaves one that is whole")
  func seals() throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    let store = ObjectStore(files, at: bench.at("cache"))
    let object = try add(file, to: store)
    let item = try item(file, in: store)
    #expect(try store.isWhole(item) == true)
    #expect(files.count(.setModified) == 0)
    try bench.put(file.bytes, at: object.path)
    #expect(try store.object(file.checksums)?.isSealed == false)
    #expect(try store.isWhole(item) == true)
    #expect(try store.object(file.checksums)?.isSealed == true)
    try bench.put(Array(repeating: 0, count: 500), at: object.path)
    #expect(try store.isWhole(item) == false)
    #expect(try store.object(file.checksums)?.isSealed == false)
  }

  // MARK: Tidying

  @Test("names of objects that are gone go, and the others stay")
  func names() throws {
    try with { store, bench in
      let object = try add(file, to: store)
      _ = try add(other, to: store)
      try store.remove(object)
      #expect(try bench.tree(bench.at("cache/v1/md5")).count == 2)
      #expect(try store.tidy(all: false) == 0)
      let names = try bench.tree(bench.at("cache/v1/md5"))
      #expect(names.count == 1)
      #expect(try store.object(other.checksums(.md5)) != nil)
      #expect(try store.object(file.checksums(.md5)) == nil)
    }
  }

  @Test("a name that says nothing goes too")
  func damagedName() throws {
    try with { store, bench in
      _ = try add(file, to: store)
      let name = try #require(try bench.tree(bench.at("cache/v1/md5")).keys.first)
      try bench.put(Array("nothing\n".utf8), at: bench.at("cache/v1/md5/\(name)"))
      _ = try store.tidy(all: false)
      #expect(try bench.tree(bench.at("cache/v1/md5")).isEmpty)
    }
  }

  @Test("what was begun, told and unpacked stays, unless all shall go")
  func tidiesAll() throws {
    try with { store, bench in
      let object = try add(file, to: store)
      try begin(other, in: store, count: 70)
      try store.record(ArchiveListing(archive: file.checksums, members: [file.path: file.checksums]))
      try bench.put([1], at: bench.at("cache/v1/osf/4mw3a/60c2"))
      let before = try bench.tree(bench.at("cache"))
      #expect(try store.tidy(all: false) == 0)
      #expect(try bench.tree(bench.at("cache")) == before)
      try store.remove(object)
      #expect(try store.tidy(all: true) >= 70)
      #expect(try bench.tree(bench.at("cache")) == [:])
    }
  }

  @Test("only the bytes of downloads count as freed")
  func freed() throws {
    try with { store, bench in
      try begin(other, in: store, count: 70)
      #expect(try bench.files.names(in: bench.at("cache/v1/partial")).count == 2)
      #expect(try store.tidy(all: true) == 70)
    }
  }

  @Test("what a living process takes in stays, with what the server called it")
  func living() throws {
    try with { store, bench in
      try begin(file, in: store, count: 70)
      try begin(other, in: store, count: 50)
      var open = try #require(try store.resumableIntake(expecting: file.checksums))
      #expect(try store.tidy(all: true) >= 50)
      #expect(try store.size().partials == 1)
      #expect(try store.partialSize(of: file.checksums) == 70)
      #expect(try store.partialSize(of: other.checksums) == nil)
      try open.keep()
      let again = try #require(try store.resumableIntake(expecting: file.checksums))
      #expect(again.count == 70)
      #expect(again.validator == tag)
      again.discard()
      #expect(try bench.tree(bench.at("cache")) == [:])
    }
  }

  @Test("a draft that somebody writes stays, and one of the dead goes")
  func drafts() throws {
    try with { store, bench in
      let living = try store.intake(expecting: file.checksums)
      bench.abandon(try store.intake(expecting: other.checksums).draft)
      _ = try store.tidy(all: true)
      #expect(try bench.drafts(bench.root).count == 1)
      #expect(try bench.bytes(living.draft.path) == [])
      living.discard()
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  // MARK: Who uses it

  @Test("data directories are remembered once, sorted, and left out while they are gone")
  func users() throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    let store = ObjectStore(files, at: bench.at("cache"))
    #expect(try store.users().isEmpty)
    let folders = ["b", "a", "ä", "a-"].map { bench.at($0) }
    for folder in folders {
      try bench.files.createFolder(folder)
      try store.note(user: folder)
    }
    files.forget()
    for folder in folders { try store.note(user: folder) }
    #expect(files.writes.isEmpty)
    #expect(try store.users() == ["a", "a-", "b", "ä"].map { bench.at($0) })
    try bench.files.removeFolder(bench.at("b"))
    #expect(try store.users() == ["a", "a-", "ä"].map { bench.at($0) })
    // Its disk may come back.
    try bench.files.createFolder(bench.at("b"))
    #expect(try store.users().count == 4)
  }

  @Test("a damaged note of a user is none")
  func damagedUser() throws {
    try with { store, bench in
      try bench.files.createFolder(bench.at("a"))
      try store.note(user: bench.at("a"))
      let note = try #require(try bench.tree(bench.at("cache/v1/users")).keys.first)
      try bench.put(Array("neuromaps-user 1 0\n/bench/a\n".utf8), at: bench.at("cache/v1/users/\(note)"))
      #expect(try store.users().isEmpty)
      try store.note(user: bench.at("a"))
      #expect(try store.users() == [bench.at("a")])
    }
  }

  @Test("a data directory holds what any project knows to be in it")
  func held() async throws {
    let bench = try FakeBench()
    let root = bench.at("data")
    #expect(DataFolder.held(in: root, bench.files).digests.isEmpty)
    for (project, made) in [("../mine", file), ("../theirs", other)] {
      let folder = DataFolder(bench.files, at: root, for: project)
      try bench.put(made.bytes, at: folder.path(made.path))
      guard case .matches(let entry) = folder.observe(made.path, expecting: made.checksums) else {
        Issue.record("the right bytes do not match")
        return
      }
      try await folder.remember([made.path: entry], clock: RecordingClock())
    }
    let digests = Set([file, other].compactMap(\.checksums.sha256))
    #expect(DataFolder.held(in: root, bench.files).digests == digests)
    #expect(DataFolder.held(in: root, bench.files).unreadable.isEmpty)
    let mine = DataFolder.indexPath(root, "../mine")
    try bench.put([1], at: mine)
    #expect(DataFolder.held(in: root, bench.files).unreadable == [mine])
  }
}
