import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Many drafts published at a time, by the disk and the fake alike", .serialized)
struct GroupPublicationTests {
  private func text(_ number: Int) -> [UInt8] { Array("file \(number)".utf8) }

  /// Drafts for `a/0`, `b/1`, `a/2` …, each with a text of its own.
  private func publications(_ count: Int, in bench: any Bench) throws -> [Publication] {
    for folder in ["drafts", "a", "b"] { try bench.files.createFolder(bench.at(folder)) }
    return try (0..<count).map { number in
      let draft = try bench.files.createDraft(in: bench.at("drafts"))
      try bench.files.append(text(number), to: draft)
      return Publication(draft, as: bench.at(number % 2 == 0 ? "a/\(number)" : "b/\(number)"), replacing: false)
    }
  }

  @Test("each gets its name, however many there are", arguments: BenchKind.allCases, [0, 1, 2, 7, 8, 9, 60])
  func all(_ kind: BenchKind, _ count: Int) throws {
    try kind.with { bench in
      let publications = try publications(count, in: bench)
      #expect(bench.files.publish(publications).allSatisfy { $0 == nil })
      for publication in publications { bench.files.discard(publication.draft) }
      let expected = (0..<count).map { ("\($0 % 2 == 0 ? "a" : "b")/\($0)", text($0)) }
      #expect(try bench.tree(bench.root) == Dictionary(uniqueKeysWithValues: expected))
    }
  }

  @Test(
    "many small ones are flushed by one call before they get their names, and by one after",
    .enabled(if: SystemCalls.canBeWatched))
  func flushes() throws {
    try BenchKind.disk.with { bench in
      let publications = try publications(9, in: bench)
      let calls = SystemCalls.watch { _ = bench.files.publish(publications) }.map(\.name)
      #expect(calls.filter { $0 != "flock" } == ["syncfs"] + Array(repeating: "renameat2", count: 9) + ["syncfs"])
      for publication in publications { bench.files.discard(publication.draft) }
    }
  }

  @Test("large ones do too", arguments: BenchKind.allCases)
  func large(_ kind: BenchKind) throws {
    try kind.with { bench in
      let publications = try publications(9, in: bench)
      let more = [UInt8](repeating: 7, count: 400_000)
      for publication in publications { try bench.files.append(more, to: publication.draft) }
      #expect(bench.files.publish(publications).allSatisfy { $0 == nil })
      for publication in publications { bench.files.discard(publication.draft) }
      #expect(try bench.bytes(bench.at("a/8")) == text(8) + more)
    }
  }

  @Test("one's trouble is its own: the others get their names", arguments: BenchKind.allCases, [3, 12])
  func oneFails(_ kind: BenchKind, _ count: Int) throws {
    try kind.with { bench in
      let publications = try publications(count, in: bench)
      try bench.put([1], at: bench.at("b/1"))
      let errors = bench.files.publish(publications)
      #expect(errors.map { $0?.reason } == (0..<count).map { $0 == 1 ? .fileExists : nil })
      #expect(errors[1]?.operation == .place)
      for publication in publications { bench.files.discard(publication.draft) }
      #expect(try bench.bytes(bench.at("b/1")) == [1])
      #expect(try bench.bytes(bench.at("a/2")) == text(2))
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("what is cache is made read-only and named as the rest", arguments: BenchKind.allCases)
  func cache(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try bench.files.createDraft(in: bench.root)
      try bench.files.append(text(1), to: draft)
      let errors = bench.files.publish([
        Publication(draft, as: bench.at("x"), replacing: true, isReadOnly: true, isCache: true)
      ])
      #expect(errors == [nil])
      bench.files.discard(draft)
      #expect(try bench.bytes(bench.at("x")) == text(1))
      #expect(try bench.isReadOnly(bench.at("x")))
    }
  }

  @Test("whatever step the power fails at, a name is there with its bytes or not at all", arguments: Survival.all)
  func powerLoss(_ survival: Survival) throws {
    let beginning = try FakeBench()
    let publications = try publications(5, in: beginning)
    let rehearsal = FakeDisk(copying: beginning.disk)
    _ = rehearsal.publish(publications)
    let steps = rehearsal.steps - beginning.disk.steps
    #expect(steps >= 15)
    for step in 0...steps {
      let disk = FakeDisk(copying: beginning.disk)
      disk.losePower(afterSteps: step)
      let errors = disk.publish(publications)
      disk.restart(survival)
      for (number, publication) in publications.enumerated() {
        let bytes = try disk.bytes(publication.target)
        #expect(bytes == nil || bytes == text(number), "\(step)")
        if errors[number] == nil { #expect(bytes == text(number), "\(step)") }
      }
    }
  }

  @Test("two folders on one filesystem are told from two on two")
  func filesystems() throws {
    try BenchKind.disk.with { bench in
      try bench.files.createFolder(bench.at("a"))
      try bench.files.createFolder(bench.at("b"))
      #expect(bench.files.isOneFilesystem(bench.at("a"), bench.at("b")))
      #expect(!bench.files.isOneFilesystem(bench.at("a"), "/dev"))
      #expect(bench.files.isOneFilesystem(bench.at("a"), bench.at("nowhere/yet")))
    }
  }
}
