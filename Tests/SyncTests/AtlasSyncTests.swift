import Dataset
import Diagnostics
import Effects
import Project
import Store
import Sync
import SystemPackage
import Tarballs
import TestWorld
import Testing

@Suite("Bringing atlases")
struct AtlasSyncTests {
  private let atlas = MadeAtlas("fsLR/32k")
  private let maps = [MadeFile("lab/alpha/fsLR/32k", .left, size: 300), MadeFile("lab/beta/MNI152/2mm", size: 5000)]

  private func tree(_ atlases: [MadeAtlas], _ maps: [MadeFile] = []) -> [String: [UInt8]] {
    Dictionary(
      atlases.flatMap(\.members).map { ($0.path.text, $0.bytes) } + maps.map { ($0.path.text, $0.bytes) },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: From nothing

  @Test(
    "an archive is downloaded once, and its files come with all that is known", arguments: MadeFile.Knowledge.allCases)
  func everything(_ knowledge: MadeFile.Knowledge) async throws {
    let scene = try AtlasScene(.osf([atlas]))
    let lock = MadeAtlas.lock([atlas], [], knowledge)
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    for (outcome, member) in zip(performance.outcomes, atlas.members) {
      #expect(outcome.file.path == member.path)
      #expect(outcome.checksums == member.checksums)
      #expect(outcome.diagnostic == nil)
      #expect(outcome.entry?.checksums == member.checksums)
      #expect(try !scene.bench.isReadOnly(scene.path(member.path)))
    }
    #expect(performance.outcomes.map(\.received) == [Int64(atlas.packed.count), 0, 0])
    #expect(try scene.data() == tree([atlas]))
    #expect(scene.transport.requests.count == 2)
    #expect(try scene.bench.drafts(scene.bench.root) == [])
    let stored = try scene.objects()
    #expect(stored == Set(([atlas.checksums] + atlas.members.map(\.checksums)).compactMap(\.sha256?.hex)))
  }

  @Test("a lock learns the archive's and the members' checksums", arguments: MadeFile.Knowledge.allCases)
  func learned(_ knowledge: MadeFile.Knowledge) async throws {
    let scene = try AtlasScene(.osf([atlas]))
    let lock = MadeAtlas.lock([atlas], [], knowledge)
    let learned = try await scene.place.sync(lock, SyncPolicy()).learned(lock)
    #expect(learned.files.map(\.checksums) == atlas.members.map(\.checksums))
    #expect(learned.atlases.first?.checksums.agrees(with: atlas.checksums) == true)
    #expect(learned.atlases.first?.checksums.isComplete == true)
    // What the lock had is kept: an MD5 that was not asked for again.
    #expect(learned.atlases.first?.checksums.md5 == lock.atlases.first?.checksums.md5)
    // The store knows as much.
    #expect(try scene.synchronizer.completed(lock) == learned)
    #expect(try scene.synchronizer.completed(learned) == learned)
  }

  @Test("a second sync has nothing to do, asks nobody and writes nothing", arguments: [true, false])
  func second(isLockKept: Bool) async throws {
    let scene = try AtlasScene(.osf([atlas]))
    let lock = MadeAtlas.lock([atlas])
    let learned = try await scene.place.sync(lock, SyncPolicy()).learned(lock)
    scene.forget()
    // Either the lock or the store remembers.
    var next = lock
    if isLockKept {
      next = learned
      for path in scene.bench.disk.everything().keys where path.contains("/cache/") {
        try scene.bench.files.remove(FilePath(path))
      }
    }
    let plan = try await scene.synchronizer.plan(scene.synchronizer.completed(next), SyncPolicy())
    #expect(plan.isEmpty)
    let performance = try await scene.place.sync(next, SyncPolicy())
    #expect(performance.fates == [.unchanged, .unchanged, .unchanged])
    #expect(performance.learned(next).files == learned.files)
    #expect(scene.transport.requests.isEmpty)
    #expect(scene.files.writes.isEmpty)
  }

  @Test("another data directory needs no archive", arguments: [true, false])
  func elsewhere(isPinned: Bool) async throws {
    let first = try AtlasScene(.osf([atlas]))
    let lock = MadeAtlas.lock([atlas], [], isPinned: isPinned)
    _ = try await first.place.sync(lock, SyncPolicy())
    try first.remove([atlas.checksums])
    let scene = first.moved(to: "other")
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.fates == [.reused, .reused, .reused])
    #expect(performance.outcomes.map(\.checksums) == atlas.members.map(\.checksums))
    #expect(try scene.data() == tree([atlas]))
    #expect(scene.transport.requests.isEmpty)
  }

  // MARK: Which members

  @Test(
    "a listed file is found from the root, the atlases or its own folder",
    arguments: ["atlases/fsLR/", "fsLR/", ""], ["", "./"])
  func places(_ folder: String, _ start: String) async throws {
    let atlas = atlas.packed(atlas.members.reversed().map { .file("\(start)\(folder)\($0.name)", $0.bytes) })
    let scene = try AtlasScene(.osf([atlas]))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    #expect(try scene.data() == tree([atlas]))
  }

  @Test(
    "a listed file is not found where it does not belong",
    arguments: [
      "/atlases/fsLR/left", "/left", "../left", "../../atlases/fsLR/left", "atlases/../atlases/fsLR/left", "././left",
      "atlases/fsaverage/left", "fsaverage/left", "atlases//fsLR/left", "atlases/fsLR/Left",
      "other/atlases/fsLR/left", "atlases/left", "left ", "left\u{301}", ".\\left",
    ])
  func otherPlaces(_ name: String) async throws {
    let rest = atlas.members.dropFirst().map(\.entry)
    let atlas = atlas.packed([.file(name, atlas.members[0].bytes)] + rest)
    let scene = try AtlasScene(.osf([atlas]))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.codes == [.archiveUnusable, .archiveUnusable, .archiveUnusable])
    #expect(performance.outcomes.first?.diagnostic?.causes == ["it lacks `left`"])
    #expect(try scene.data() == [:])
  }

  @Test("what is not listed is neither placed nor stored, whatever it is")
  func unlisted() async throws {
    let others: [TarEntry] = [
      .file("atlases/fsLR/README", "read me"), .file("atlases/fsLR/._left", "apple"), .file("._right", "double"),
      .file("__MACOSX/atlases/fsLR/left", "apple"), .file("../../evil", "evil"), .file("/etc/passwd", "evil"),
      .file("atlases/fsaverage/left", "other"), .symbolicLink("atlases/fsLR/soft", to: "/etc/passwd"),
      .hardLink("atlases/fsLR/hard", to: "atlases/fsLR/left"), TarEntry("pipe", .fifo),
      TarEntry("null", .characterDevice), .file("atlases/fsLR/README", "twice"), .file("", "nameless"),
      .file("atlases/fsLR/left/below", "below"), .symbolicLink("atlases", to: "/etc"),
    ]
    let atlas = atlas.packed(others + atlas.entries + others)
    let scene = try AtlasScene(.osf([atlas]))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    #expect(try scene.data() == tree([atlas]))
    #expect(try scene.objects().count == 4)
    let written = scene.bench.disk.everything().keys.filter { !$0.hasPrefix("/bench/") }
    #expect(written == [])
  }

  @Test("files of no bytes and of equal bytes are files")
  func oddFiles() async throws {
    var atlas = atlas
    atlas.members[0].bytes = []
    atlas.members[2].bytes = atlas.members[1].bytes
    atlas.pack(atlas.entries)
    let scene = try AtlasScene(.osf([atlas]))
    let performance = try await scene.place.sync(MadeAtlas.lock([atlas]), SyncPolicy())
    #expect(performance.fates == [.downloaded, .downloaded, .downloaded])
    #expect(try scene.data() == tree([atlas]))
    let other = scene.moved(to: "other")
    #expect(try await other.place.sync(MadeAtlas.lock([atlas]), SyncPolicy()).fates == [.reused, .reused, .reused])
    #expect(try other.data() == tree([atlas]))
  }

  // MARK: Company

  @Test("two atlases in one folder and two maps come alike, however many at a time", arguments: [1, 8])
  func company(_ jobs: Int) async throws {
    let atlases = [
      atlas, MadeAtlas("fsaverage/10k", ["small-l", "small-r"]), MadeAtlas("fsaverage/41k", ["big-l"], size: 900),
      MadeAtlas("regfusion", ["table"]),
    ]
    var scene = try AtlasScene(.osf(atlases, maps))
    scene.place.jobs = jobs
    let lock = MadeAtlas.lock(atlases, maps)
    let performance = try await scene.place.sync(lock, SyncPolicy())
    #expect(performance.outcomes.map(\.file.path) == lock.files.map(\.path))
    #expect(performance.outcomes.allSatisfy { $0.fate == .downloaded && $0.diagnostic == nil })
    #expect(try scene.data() == tree(atlases, maps))
    // Each archive counts for the first of its files.
    let received = performance.outcomes.map(\.received)
    #expect(received.count { $0 > 0 } == atlases.count + maps.count)
    #expect(received.reduce(0, +) == Int64((atlases.map(\.packed) + maps.map(\.bytes)).reduce(0) { $0 + $1.count }))
    #expect(performance.archives.count == atlases.count)
    let other = scene.moved(to: "other")
    #expect(try await other.place.sync(lock, SyncPolicy()).fates.allSatisfy { $0 == .reused })
    #expect(try other.data() == tree(atlases, maps))
    #expect(other.transport.requests.isEmpty)
  }

  @Test("an archive whose files another atlas lists too does not answer for them")
  func othersFile() async throws {
    // An archive has been unpacked when a catalog said that a file was its own; now it is another's.
    var (old, new) = (MadeAtlas("fsLR/32k", ["left", "right"]), MadeAtlas("fsLR/164k", ["right"], size: 77))
    new.members[0].bytes = Array("these are the right ones".utf8)
    new.pack(new.entries)
    let first = try AtlasScene(.osf([old, new]))
    _ = try await first.place.sync(MadeAtlas.lock([old]), SyncPolicy())
    old.members.removeLast()
    let scene = first.moved(to: "other")
    let performance = try await scene.place.sync(MadeAtlas.lock([old, new]), SyncPolicy())
    let data = try scene.data()
    #expect(performance.outcomes.map(\.checksums) == [old, new].flatMap(\.members).map(\.checksums))
    #expect(data == tree([old, new]))
  }

  @Test("syncs at once in one data directory and store end in the same tree", arguments: 1...4)
  func atOnce(_ seed: Int) async throws {
    let (atlas, maps) = (atlas, maps)
    let scene = try AtlasScene(
      ScriptedTransport { request, earlier in
        for _ in 0..<seed * (earlier % 2) * 5 { await Task.yield() }
        return ScriptedTransport.answer(request, [atlas], maps)
      })
    var place = scene.place
    // One waits for the other, so time must pass.
    place.clock = ContinuousClock()
    let lock = MadeAtlas.lock([atlas], maps)
    let here = place
    async let first = here.sync(lock, SyncPolicy())
    async let second = here.sync(lock, SyncPolicy())
    let good: Set<SyncOutcome.Fate> = [.downloaded, .reused, .unchanged]
    for performance in try await [first, second] {
      #expect(performance.outcomes.count == 5)
      #expect(performance.outcomes.allSatisfy { good.contains($0.fate) && $0.diagnostic == nil })
    }
    #expect(try scene.data() == tree([atlas], maps))
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }

  @Test("an archive counts in the plan, and its bytes are told as they come")
  func events() async throws {
    let scene = try AtlasScene(.osf([atlas], maps))
    let told = Events()
    _ = try await scene.place.sync(MadeAtlas.lock([atlas], maps, .all), SyncPolicy()) { told.add($0) }
    let size = Int64(atlas.packed.count + maps[0].bytes.count + maps[1].bytes.count)
    var (received, finished): (Int64, [DatasetPath]) = (0, [])
    for (index, event) in told.events.enumerated() {
      switch event {
      case .planned(let downloads, let bytes):
        #expect(index == 0)
        #expect(downloads == 3)
        #expect(bytes == size)
      case .transfer(.received(_, let count)): received += count
      case .isBusy, .transfer: continue
      case .finished(let outcome): finished.append(outcome.file.path)
      }
    }
    #expect(received == size)
    #expect(finished.sorted() == MadeAtlas.lock([atlas], maps).files.map(\.path))
  }
}
