import Dataset
import Diagnostics
import Effects
import MarkedText
import Project
import Store
import Sync
import Synchronization
import SystemPackage
import TestWorld
import Testing

@Suite("Making a data directory match a lock")
struct SynchronizerTests {
  private let small = MadeFile("lab/alpha/fsLR/32k", .left, size: 300)
  private let middle = MadeFile("lab/alpha/fsLR/32k", .right, size: 2000)
  private let big = MadeFile("lab/beta/MNI152/2mm", size: 5000)
  private var all: [MadeFile] { [small, middle, big] }

  /// A place on a disk in memory, with OSF.
  private struct Scene {
    let bench: FakeBench
    let files: WatchedFiles
    let transport: ScriptedTransport
    var place: SyncPlace

    init(_ transport: ScriptedTransport) throws {
      bench = try FakeBench()
      files = WatchedFiles(bench.files)
      self.transport = transport
      place = SyncPlace(files, bench.root, transport)
    }

    func path(_ file: MadeFile) -> FilePath { place.data.pushing(FilePath(file.path.text)) }

    func bytes(_ file: MadeFile) throws -> [UInt8]? { try bench.bytes(path(file)) }
  }

  private func fates(_ outcomes: [SyncOutcome]) -> [SyncOutcome.Fate] { outcomes.map(\.fate) }

  // MARK: What becomes of files

  @Test("everything comes, in the lock's order, with all that is known of it", arguments: MadeFile.Knowledge.allCases)
  func everything(_ knowledge: MadeFile.Knowledge) async throws {
    let scene = try Scene(.osf(all))
    let outcomes = try await scene.place.sync(MadeFile.lock(all, knowledge))
    #expect(fates(outcomes) == [.downloaded, .downloaded, .downloaded])
    #expect(outcomes.map(\.file.path) == MadeFile.lock(all).files.map(\.path))
    for (outcome, file) in zip(outcomes, all) {
      #expect(outcome.checksums?.isComplete == true)
      #expect(outcome.checksums?.agrees(with: file.checksums) == true)
      #expect(outcome.diagnostic == nil)
      #expect(try scene.bytes(file) == file.bytes)
      #expect(try !scene.bench.isReadOnly(scene.path(file)))
    }
    #expect(try scene.bench.drafts(scene.bench.root) == [])
    scene.transport.forget()
    #expect(fates(try await scene.place.sync(MadeFile.lock(all, knowledge))) == [.unchanged, .unchanged, .unchanged])
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("one file that cannot be had does not end the others")
  func oneBad() async throws {
    let (all, middle) = (all, middle)
    let scene = try Scene(
      ScriptedTransport { request, _ in
        request.url.contains(middle.id) ? .init(404) : ScriptedTransport.answer(request, all)
      })
    let outcomes = try await scene.place.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.downloaded, .failed, .downloaded])
    #expect(outcomes[1].diagnostic?.code == .serverRefused)
    #expect(outcomes[1].checksums == nil)
    #expect(!outcomes[1].lacksToken)
    #expect(try scene.bytes(middle) == nil)
  }

  @Test("a restricted file without a token says that a token would help")
  func noToken() async throws {
    let secret = MadeFile("lab/gamma/MNI152/2mm", size: 100, isRestricted: true)
    let scene = try Scene(.osf([small, secret]))
    let outcomes = try await scene.place.sync(MadeFile.lock([small, secret]))
    #expect(fates(outcomes) == [.downloaded, .failed])
    #expect(outcomes.map(\.lacksToken) == [false, true])
    #expect(outcomes[1].diagnostic?.code == .tokenNeeded)
  }

  @Test("the same bytes with two origins come from the one that has them", arguments: [true, false])
  func sameTwiceTwoOrigins(firstHasThem: Bool) async throws {
    var twin = middle
    twin.bytes = small.bytes
    let scene = try Scene(.osf([firstHasThem ? small : twin]))
    #expect(fates(try await scene.place.sync(MadeFile.lock([small, twin]))) == [.downloaded, .downloaded])
    #expect(try scene.bytes(small) == small.bytes)
    #expect(try scene.bytes(twin) == small.bytes)
    let none = try Scene(.silent())
    #expect(fates(try await none.place.sync(MadeFile.lock([small, twin]))) == [.failed, .failed])
  }

  @Test("a file that cannot be read fails alone, and stays", arguments: [true, false])
  func unreadable(repairing: Bool) async throws {
    let scene = try Scene(.osf(all))
    try scene.bench.put(middle.bytes, at: scene.path(middle))
    scene.files.fail(.scan, on: middle.path.fileName, with: .permissionDenied)
    let outcomes = try await scene.place.sync(MadeFile.lock(all), repairing: repairing)
    #expect(fates(outcomes) == [.downloaded, .failed, .downloaded])
    #expect(outcomes[1].diagnostic?.code == .fileFailed)
    #expect(try scene.bytes(middle) == middle.bytes)
  }

  @Test("the same bytes under two names are downloaded once")
  func sameTwice() async throws {
    var twin = middle
    twin.bytes = small.bytes
    let scene = try Scene(.osf([small, twin]))
    let outcomes = try await scene.place.sync(MadeFile.lock([small, twin]))
    #expect(fates(outcomes) == [.downloaded, .downloaded])
    #expect(scene.transport.requests.count == 2)
    #expect(try scene.bytes(twin) == small.bytes)
  }

  @Test("what the store has is not downloaded")
  func reused() async throws {
    let scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock(all))
    var elsewhere = scene.place
    elsewhere.data = scene.bench.at("other")
    scene.transport.forget()
    for knowledge in MadeFile.Knowledge.allCases {
      elsewhere.data = scene.bench.at("other\(knowledge)")
      #expect(fates(try await elsewhere.sync(MadeFile.lock(all, knowledge))) == [.reused, .reused, .reused])
      #expect(try scene.bench.bytes(elsewhere.data.pushing(FilePath(big.path.text))) == big.bytes)
    }
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("the biggest comes first")
  func biggestFirst() async throws {
    var scene = try Scene(.osf(all))
    scene.place.jobs = 1
    _ = try await scene.place.sync(MadeFile.lock(all))
    #expect(
      scene.transport.urls.filter { $0.contains("osfstorage") }
        == [big, middle, small].map {
          "https://files.osf.io/v1/resources/\(MadeFile.project)/providers/osfstorage/\($0.id)"
        })
  }

  @Test("a right file that is there is adopted without a request, a store or a copy")
  func adopted() async throws {
    let scene = try Scene(.silent())
    for file in all { try scene.bench.put(file.bytes, at: scene.path(file)) }
    for knowledge in MadeFile.Knowledge.allCases {
      let outcomes = try await scene.place.sync(MadeFile.lock(all, knowledge))
      #expect(fates(outcomes) == [.unchanged, .unchanged, .unchanged])
      #expect(outcomes.allSatisfy { $0.checksums?.isComplete == true })
    }
    #expect(scene.transport.requests.isEmpty)
    #expect(scene.files.writes.isEmpty)
  }

  @Test("a file that the user changed stays, and is told of")
  func changed() async throws {
    let scene = try Scene(.osf(all))
    try scene.bench.put([1, 2, 3], at: scene.path(middle))
    let outcomes = try await scene.place.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.downloaded, .different, .downloaded])
    #expect(outcomes[1].diagnostic?.code == .differs)
    #expect(try scene.bytes(middle) == [1, 2, 3])
  }

  @Test("with repair a file that the user changed gives way, and is kept", arguments: [true, false])
  func repaired(isStored: Bool) async throws {
    let scene = try Scene(.osf(all))
    if isStored {
      var elsewhere = scene.place
      elsewhere.data = scene.bench.at("other")
      _ = try await elsewhere.sync(MadeFile.lock(all))
    }
    try scene.bench.put([1, 2, 3], at: scene.path(middle))
    let outcomes = try await scene.place.sync(MadeFile.lock(all), repairing: true)
    #expect(fates(outcomes)[1] == (isStored ? .reused : .downloaded))
    #expect(outcomes[1].diagnostic?.severity == .warning)
    #expect(try scene.bytes(middle) == middle.bytes)
    let kept = try scene.bench.tree(scene.place.data.appending(".neuromaps").appending("replaced"))
    #expect(Array(kept.values) == [[1, 2, 3]])
    #expect(outcomes[1].diagnostic?.notes.contains { $0.contains(kept.keys.first ?? "?") } == true)
  }

  @Test("with repair a file that cannot be replaced stays where it is")
  func repairFails() async throws {
    let scene = try Scene(.silent())
    try scene.bench.put([1, 2, 3], at: scene.path(middle))
    #expect(fates(try await scene.place.sync(MadeFile.lock([middle]), repairing: true)) == [.failed])
    #expect(try scene.bytes(middle) == [1, 2, 3])
  }

  @Test("what is no file stays, even with repair")
  func folderInTheWay() async throws {
    let scene = try Scene(.osf(all))
    try scene.bench.put([1], at: scene.path(middle).appending("below"))
    for repairing in [false, true] {
      let outcomes = try await scene.place.sync(MadeFile.lock(all), repairing: repairing)
      #expect(outcomes[1].fate == .different)
      #expect(outcomes[1].diagnostic?.message.contains("not a file") == true)
    }
  }

  @Test("a file that turns up meanwhile is looked at: right ones are taken, others left", arguments: [true, false])
  func race(isRight: Bool) async throws {
    let scene = try Scene(.osf(all))
    let content = isRight ? middle.bytes : [UInt8](repeating: 7, count: 2000)
    let (bench, target) = (scene.bench, scene.path(middle))
    scene.files.beforeEach { record in
      guard record.call == .publish, record.path == target else { return }
      do { try bench.put(content, at: target) } catch { Issue.record(error) }
    }
    let outcomes = try await scene.place.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.downloaded, isRight ? .unchanged : .different, .downloaded])
    #expect(try scene.bytes(middle) == content)
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }

  // MARK: The store is damaged

  @Test("a damaged object is replaced by a download", arguments: MadeFile.Knowledge.allCases)
  func damagedObject(_ knowledge: MadeFile.Knowledge) async throws {
    let scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock(all))
    let object = try #require(try scene.place.store.object(middle.checksums))
    try scene.bench.put(Array(middle.bytes.reversed()), at: object.path)
    var elsewhere = scene.place
    elsewhere.data = scene.bench.at("other")
    let outcomes = try await elsewhere.sync(MadeFile.lock(all, knowledge))
    #expect(fates(outcomes) == [.reused, .downloaded, .reused])
    #expect(outcomes[1].diagnostic?.code == .storeDamaged)
    #expect(outcomes[1].diagnostic?.severity == .warning)
    #expect(try scene.bench.bytes(object.path) == middle.bytes)
    #expect(try scene.bench.bytes(elsewhere.data.pushing(FilePath(middle.path.text))) == middle.bytes)
  }

  @Test("an MD5 that leads to another object does not bring wrong bytes")
  func wrongName() async throws {
    let scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock(all))
    let md5 = try #require(middle.checksums.md5?.hex)
    let sha256 = try #require(big.checksums.sha256?.hex)
    try scene.bench.put(
      Array("\(sha256)\n".utf8),
      at: scene.place.cache.pushing(FilePath("v1/md5/\(md5.prefix(2))/\(md5.dropFirst(2))")))
    var elsewhere = scene.place
    elsewhere.data = scene.bench.at("other")
    let outcomes = try await elsewhere.sync(MadeFile.lock(all, .md5))
    let there = try scene.bench.bytes(elsewhere.data.pushing(FilePath(middle.path.text)))
    #expect(there == middle.bytes)
    #expect(outcomes[1].checksums?.sha256 == middle.checksums.sha256)
  }

  @Test("an object that goes away before it is used is downloaded")
  func objectGone() async throws {
    let scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock(all))
    let object = try #require(try scene.place.store.object(middle.checksums))
    let bench = scene.bench
    let removals = Mutex(0)
    scene.files.beforeEach { record in
      guard record.call == .copyDraft, record.path == object.path, removals.withLock({ $0 == 0 }) else { return }
      removals.withLock { $0 += 1 }
      do { try bench.files.remove(object.path) } catch { Issue.record(error) }
    }
    var elsewhere = scene.place
    elsewhere.data = scene.bench.at("other")
    let outcomes = try await elsewhere.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.reused, .downloaded, .reused])
  }

  @Test("what another sync has downloaded meanwhile is not downloaded again")
  func storedMeanwhile() async throws {
    let scene = try Scene(.osf(all))
    let lock = MadeFile.lock(all)
    let synchronizer = Synchronizer(
      scene.files, DataFolder(scene.files, at: scene.place.data), store: scene.place.store,
      downloader: scene.place.downloader, jobs: 2
    ) { _ in }
    let plan = SyncPlan(try await synchronizer.look(lock), repairing: false) { _ in true }
    var elsewhere = scene.place
    elsewhere.data = scene.bench.at("other")
    _ = try await elsewhere.sync(lock)
    scene.transport.forget()
    #expect(
      fates(try await synchronizer.perform(plan, for: lock, SyncPolicy()).outcomes) == [.reused, .reused, .reused])
    #expect(scene.transport.requests.isEmpty)
  }

  // MARK: Offline

  @Test("offline nothing is asked, and what is not here is told of")
  func offline() async throws {
    var scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock([small]))
    scene.transport.forget()
    scene.place.isOffline = true
    try scene.bench.files.remove(scene.path(small))
    let outcomes = try await scene.place.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.reused, .failed, .failed])
    #expect(outcomes[1].diagnostic?.code == .offline)
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("offline a damaged object is no reason to ask anyone")
  func offlineDamaged() async throws {
    var scene = try Scene(.osf(all))
    _ = try await scene.place.sync(MadeFile.lock(all))
    scene.transport.forget()
    scene.place.isOffline = true
    scene.place.data = scene.bench.at("other")
    let object = try #require(try scene.place.store.object(middle.checksums))
    try scene.bench.put([UInt8](repeating: 0, count: 2000), at: object.path)
    let outcomes = try await scene.place.sync(MadeFile.lock(all))
    #expect(fates(outcomes) == [.reused, .failed, .reused])
    #expect(try scene.bytes(middle) == nil)
    #expect(scene.transport.requests.isEmpty)
  }

  @Test("offline what is on this machine comes, past mirrors on the web")
  func offlineFiles() async throws {
    var scene = try Scene(.osf(all))
    scene.place.isOffline = true
    scene.place.mirrors = ["https://mirror.example.org", "file:///mirror"]
    try scene.bench.put(middle.bytes, at: FilePath("/mirror/\(middle.path)"))
    try scene.bench.put(big.bytes, at: scene.bench.at("maps/big"))
    var lock = MadeFile.lock(all)
    lock.files[2] = big.locked(from: .relative("maps/big"))
    #expect(fates(try await scene.place.sync(lock)) == [.failed, .downloaded, .downloaded])
    #expect(scene.transport.requests.isEmpty)
  }

  // MARK: What is told

  @Test("the plan is told first, then each file once, and the bytes add up")
  func events() async throws {
    let scene = try Scene(.osf(all))
    try scene.bench.put(small.bytes, at: scene.path(small))
    let told = Events()
    _ = try await scene.place.sync(MadeFile.lock(all)) { told.add($0) }
    var (received, finished): (Int64, [DatasetPath]) = (0, [])
    for (index, event) in told.events.enumerated() {
      switch event {
      case .planned(let downloads, let bytes):
        #expect(index == 0)
        #expect(downloads == 2)
        #expect(bytes == 7000)
      case .transfer(.received(_, let count)): received += count
      case .isBusy, .transfer: continue
      case .finished(let outcome): finished.append(outcome.file.path)
      }
    }
    #expect(received == 7000)
    #expect(finished.sorted() == [middle.path, big.path].sorted())
  }

  // MARK: Order and company

  @Test("the results are in the lock's order, whatever ends first", arguments: 1...10)
  func anyOrder(_ seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let files = (0..<6).map { MadeFile("lab/a\($0)/MNI152/2mm", size: 50 + $0) }
    let queue = Queue(files.map(\.id).shuffled(using: &generator))
    var scene = try Scene(
      ScriptedTransport { request, _ in
        let id = files.first { request.url.contains("storage.example.org/\($0.id)") }?.id
        if let id { await queue.wait(for: id) }
        return ScriptedTransport.answer(request, files)
      })
    scene.place.jobs = files.count
    let told = Events()
    let outcomes = try await scene.place.sync(MadeFile.lock(files)) { event in
      told.add(event)
      if case .finished(let outcome) = event, let file = files.first(where: { $0.path == outcome.file.path }) {
        queue.pass(file.id)
      }
    }
    #expect(outcomes.map(\.file.path) == MadeFile.lock(files).files.map(\.path))
    #expect(outcomes.allSatisfy { $0.fate == .downloaded })
  }

  @Test("two syncs at once in one data directory and store end in the same tree", arguments: 1...6)
  func twoAtOnce(_ seed: UInt64) async throws {
    let all = all
    let scene = try Scene(
      ScriptedTransport { request, earlier in
        for _ in 0..<Int(seed) * (earlier % 2) * 3 { await Task.yield() }
        return ScriptedTransport.answer(request, all)
      })
    let lock = MadeFile.lock(all)
    var place = scene.place
    // One waits for the other, so time must pass.
    place.clock = ContinuousClock()
    let here = place
    async let first = here.sync(lock)
    async let second = here.sync(lock)
    async let third = here.sync(lock)
    let outcomes = try await [first, second, third]
    let good: Set<SyncOutcome.Fate> = [.downloaded, .reused, .unchanged]
    #expect(outcomes.allSatisfy { $0.allSatisfy { good.contains($0.fate) && $0.diagnostic == nil } })
    for file in all { #expect(try scene.bytes(file) == file.bytes) }
    #expect(try scene.bench.tree(scene.place.data.appending("annotations")).count == all.count)
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }

  @Test("many syncs at once on the disk end in the same tree", .timeLimit(.minutes(1)))
  func manyOnDisk() async throws {
    let files = (0..<8).map { MadeFile("lab/a\($0)/MNI152/2mm", size: 1000 * $0 + 1) }
    try await TemporaryFolder.with { folder in
      let place = SyncPlace(Disk(), folder, ScriptedTransport.osf(files), clock: ContinuousClock())
      let lock = MadeFile.lock(files)
      let outcomes = try await withThrowingTaskGroup(of: [SyncOutcome].self) { group in
        for _ in 0..<6 { group.addTask { try await place.sync(lock) } }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      let bad = outcomes.filter { $0.fate == .failed || $0.fate == .different }
      #expect(bad.isEmpty, "\(bad.compactMap(\.diagnostic))")
      let tree = try DiskBench(root: folder).tree(place.data).filter { $0.key.hasPrefix("annotations/") }
      #expect(tree == Dictionary(uniqueKeysWithValues: files.map { ($0.path.text, $0.bytes) }))
    }
  }

  @Test("what the dead left is swept before something is written")
  func sweeps() async throws {
    let scene = try Scene(.osf(all))
    let folders = [scene.place.data.pushing(".neuromaps/drafts"), scene.place.cache.pushing("v1/drafts")]
    for folder in folders {
      try scene.bench.files.createFolder(folder)
      scene.bench.abandon(try scene.bench.files.createDraft(in: folder))
    }
    #expect(try scene.bench.drafts(scene.bench.root).count == 2)
    _ = try await scene.place.sync(MadeFile.lock(all))
    #expect(try scene.bench.drafts(scene.bench.root) == [])
  }
}

/// Lets waiters pass one by one in an order decided beforehand.
private final class Queue: Sendable {
  private let order: Mutex<[String]>

  init(_ order: [String]) { self.order = Mutex(order) }

  func wait(for id: String) async {
    while order.withLock({ $0.first != id && $0.contains(id) }) { await Task.yield() }
  }

  func pass(_ id: String) { order.withLock { if $0.first == id { $0.removeFirst() } } }
}
