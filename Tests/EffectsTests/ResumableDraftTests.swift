import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Drafts that another run goes on with, the disk's and the fake's alike", .serialized)
struct ResumableDraftTests {
  private let one: [UInt8] = Array("one".utf8)
  private let two: [UInt8] = Array("two two".utf8)

  @Test("what was kept is gone on with", arguments: BenchKind.allCases)
  func goesOn(_ kind: BenchKind) throws {
    try kind.with { bench in
      let first = try #require(try bench.files.resumeDraft(bench.at("part")))
      try bench.files.append(one, to: first)
      bench.files.keep(first)
      #expect(try bench.bytes(bench.at("part")) == one)
      let second = try #require(try bench.files.resumeDraft(bench.at("part")))
      try bench.files.append(two, to: second)
      try bench.files.publish(second, as: bench.at("whole"), replacing: true, isReadOnly: true)
      bench.files.keep(second)
      #expect(try bench.tree(bench.root) == ["whole": one + two])
    }
  }

  @Test("while one writes it, nobody else gets it", arguments: BenchKind.allCases)
  func isExclusive(_ kind: BenchKind) throws {
    try kind.with { bench in
      let first = try #require(try bench.files.resumeDraft(bench.at("part")))
      #expect(try bench.files.resumeDraft(bench.at("part")) == nil)
      bench.files.keep(first)
      let second = try #require(try bench.files.resumeDraft(bench.at("part")))
      bench.files.discard(second)
      #expect(try bench.tree(bench.root) == [:])
    }
  }

  @Test("what was added can be taken back", arguments: BenchKind.allCases)
  func empties(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try #require(try bench.files.resumeDraft(bench.at("part")))
      try bench.files.append(two, to: draft)
      try bench.files.empty(draft)
      try bench.files.append(one, to: draft)
      bench.files.keep(draft)
      #expect(try bench.tree(bench.root) == ["part": one])
    }
  }

  @Test("one whose writer died is anybody's", arguments: BenchKind.allCases)
  func afterDeath(_ kind: BenchKind) throws {
    try kind.with { bench in
      let draft = try #require(try bench.files.resumeDraft(bench.at("part")))
      try bench.files.append(one, to: draft)
      bench.abandon(draft)
      let next = try #require(try bench.files.resumeDraft(bench.at("part")))
      try bench.files.append(two, to: next)
      bench.files.keep(next)
      #expect(try bench.bytes(bench.at("part")) == one + two)
    }
  }

  @Test("a link is not followed, and a missing folder not made", arguments: BenchKind.allCases)
  func refuses(_ kind: BenchKind) throws {
    try kind.with { bench in
      #expect(throws: FileError.self) { try bench.files.resumeDraft(bench.at("none/part")) }
    }
    try BenchKind.disk.with { bench in
      try bench.put(one, at: bench.at("other"))
      try bench.link(bench.at("part"), to: "other")
      #expect(throws: FileError.self) { try bench.files.resumeDraft(bench.at("part")) }
      #expect(try bench.bytes(bench.at("other")) == one)
    }
  }
}
