import Diagnostics
import Effects
import Store
import Synchronization
import SystemPackage
import TestWorld
import Testing

@Suite("One writer at a time", .timeLimit(.minutes(1)))
struct WriterLockTests {
  private func take(
    _ bench: FakeBench, _ holder: String, _ files: (any FileSystem)? = nil,
    patience: WriterLock.Patience = WriterLock.Patience(), clock: RecordingClock = RecordingClock(),
    told: (String) -> Void = { _ in }
  ) async throws -> WriterLock {
    let files = files ?? bench.files
    let folder = DataFolder(files, at: bench.at("data"))
    let lock = try await WriterLock.take(
      files, of: folder, holder: holder, patience: patience, clock: clock, told: told)
    return try #require(lock)
  }

  private func lockPath(_ bench: FakeBench) -> FilePath { bench.at("data/.neuromaps/lock") }

  @Test("the first has it at once, and says who it is")
  func first() async throws {
    let bench = try FakeBench()
    let clock = RecordingClock()
    let first = try await take(bench, "first", clock: clock)
    #expect(clock.naps.isEmpty)
    #expect(try bench.bytes(lockPath(bench)) == Array("first\n".utf8))
    first.release()
    let second = try await take(bench, "2nd", clock: clock)
    #expect(clock.naps.isEmpty)
    #expect(try bench.bytes(lockPath(bench)) == Array("2nd\n".utf8))
    second.release()
  }

  @Test("the second waits, is told once who has it, and has it when the first is done")
  func second() async throws {
    let bench = try FakeBench()
    let first = try await take(bench, "first")
    let slept = Mutex(Duration.zero)
    let clock = RecordingClock { nap in
      let total = slept.withLock { total in
        total += nap
        return total
      }
      if total >= .seconds(3), total - nap < .seconds(3) { first.release() }
    }
    var heard: [String] = []
    var silence = Duration.zero
    let second = try await take(bench, "second", clock: clock) { holder in
      heard.append(holder)
      silence = clock.naps.reduce(.zero, +)
    }
    #expect(heard == ["first"])
    #expect(silence >= .seconds(1))
    #expect(silence < .seconds(2))
    #expect(clock.naps.allSatisfy { $0 <= .milliseconds(200) })
    #expect(clock.naps.reduce(.zero, +) < .seconds(4))
    #expect(try bench.bytes(lockPath(bench)) == Array("second\n".utf8))
    second.release()
  }

  @Test("who gets it soon is told nothing")
  func soon() async throws {
    let bench = try FakeBench()
    let first = try await take(bench, "first")
    var heard: [String] = []
    _ = try await take(bench, "second", clock: RecordingClock { _ in first.release() }) { heard.append($0) }
    #expect(heard.isEmpty)
  }

  @Test("at the limit it is an error that says who has it, and nothing has changed")
  func busy() async throws {
    let bench = try FakeBench()
    let first = try await take(bench, "first, process 7")
    let before = try bench.tree(bench.root)
    let busy = await #expect(throws: WriterLock.Busy.self) {
      _ = try await take(bench, "second", patience: WriterLock.Patience(limit: .seconds(2)))
    }
    #expect(busy?.holder == "first, process 7")
    #expect(busy?.folder == bench.at("data"))
    let waited = try #require(busy?.waited)
    #expect(waited >= .seconds(2))
    #expect(waited < .seconds(3))
    #expect(try bench.tree(bench.root) == before)
    let diagnostic = try #require(busy?.diagnostic)
    #expect(diagnostic.code == .busy)
    #expect(diagnostic.message.contains("\(bench.at("data"))"))
    #expect(diagnostic.notes.contains { $0.contains("first, process 7") })
    #expect(diagnostic.notes.contains { $0.contains("2 seconds") })
    #expect(diagnostic.hints.contains { $0.contains("NEUROMAPS_LOCK_TIMEOUT") })
    first.release()
    _ = try await take(bench, "second")
  }

  @Test("who does not want to wait does not")
  func noPatience() async throws {
    let bench = try FakeBench()
    _ = try await take(bench, "first")
    let clock = RecordingClock()
    await #expect(throws: WriterLock.Busy.self) {
      _ = try await take(bench, "second", patience: WriterLock.Patience(limit: .zero), clock: clock)
    }
    #expect(clock.naps.isEmpty)
  }

  @Test("one that has not said yet who it is, is another neuromaps")
  func nameless() async throws {
    let bench = try FakeBench()
    try bench.files.createFolder(lockPath(bench).removingLastComponent())
    let held = try #require(try bench.files.lock(lockPath(bench)))
    let busy = await #expect(throws: WriterLock.Busy.self) {
      _ = try await take(bench, "second", patience: WriterLock.Patience(limit: .seconds(1)))
    }
    #expect(busy?.holder == "another neuromaps")
    bench.files.keep(held)
  }

  @Test("whoever dies has it no more, whatever the disk has kept", arguments: Survival.all)
  func died(_ survival: Survival) async throws {
    let bench = try FakeBench()
    _ = try await take(bench, "first")
    bench.disk.restart(survival)
    let clock = RecordingClock()
    _ = try await take(bench, "second", clock: clock)
    #expect(clock.naps.isEmpty)
    #expect(try bench.bytes(lockPath(bench)) == Array("second\n".utf8))
  }

  @Test("two data directories are two")
  func others() async throws {
    let bench = try FakeBench()
    _ = try await take(bench, "first")
    let elsewhere = DataFolder(bench.files, at: bench.at("elsewhere"))
    let clock = RecordingClock()
    let lock = try await WriterLock.take(
      bench.files, of: elsewhere, holder: "second", patience: WriterLock.Patience(), clock: clock
    ) { _ in }
    #expect(lock != nil)
    #expect(clock.naps.isEmpty)
  }

  @Test("a directory that cannot be written to says so", arguments: [Errno.permissionDenied, .readOnlyFileSystem])
  func unwritable(_ reason: Errno) async throws {
    let bench = try FakeBench()
    for call in [FileCall.createFolder, .createDraft] {
      let files = WatchedFiles(bench.files)
      files.fail(call, with: reason)
      let error = await #expect(throws: FileError.self) { _ = try await take(bench, "first", files) }
      #expect(error?.operation == .create)
      #expect(error?.reason == reason)
    }
  }

  @Test("a lock that can be held but not written to is held")
  func unwritableLock() async throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    files.fail(.empty, with: .permissionDenied)
    let first = try await take(bench, "first", files)
    #expect(try bench.files.lock(lockPath(bench)) == nil)
    first.release()
  }

  @Test("waiting ends when it is cancelled")
  func cancelled() async throws {
    let bench = try FakeBench()
    _ = try await take(bench, "first")
    await #expect(throws: CancellationError.self) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        let patience = WriterLock.Patience(limit: .seconds(1 << 40))
        group.addTask { _ = try await take(bench, "second", patience: patience) }
        group.cancelAll()
        try await group.waitForAll()
      }
    }
  }

  @Test("whether anybody may have changed the directory meanwhile is told by the lock's file")
  func news() async throws {
    let bench = try FakeBench()
    func before() throws -> FileStatus? { try bench.files.status(lockPath(bench)) }
    var seen = try before()
    let first = try await take(bench, "first")
    #expect(first.isNews(since: seen), "somebody may have had it for the first time, and be done")
    let during = try before()
    first.release()
    seen = try before()
    let second = try await take(bench, "second")
    #expect(!second.isNews(since: seen), "nobody has had it since")
    #expect(second.isNews(since: during), "the first still had it then")
    second.release()
    let third = try await take(bench, "third")
    #expect(third.isNews(since: seen), "the second has had it since")
    seen = try before()
    bench.disk.restart(.everything)
    let fourth = try await take(bench, "fourth")
    #expect(fourth.isNews(since: seen), "the third died, and left its name")
    fourth.release()
  }
}
