import Effects
import SystemPackage
import TestWorld
import Testing

@testable import Sync

@Suite("One flush for many")
struct GroupCommitTests {
  private func publication(_ number: Int, in bench: any Bench) throws -> Publication {
    let draft = try bench.files.createDraft(in: bench.root)
    try bench.files.append(Array("\(number)".utf8), to: draft)
    return Publication(draft, as: bench.at("file\(number)"), replacing: false)
  }

  @Test("everybody's drafts are published, and each is told of their own", arguments: BenchKind.allCases)
  func all(_ kind: BenchKind) async throws {
    try await kind.with { bench in
      try bench.put([0], at: bench.at("file7"))
      let commit = GroupCommit(bench.files)
      let all = try (0..<300).map { try publication($0, in: bench) }
      let errors = await withTaskGroup(of: (Int, [FileError?]).self) { group in
        for (number, publication) in all.enumerated() {
          group.addTask { (number, await commit.publish([publication])) }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for publication in all { bench.files.discard(publication.draft) }
      for number in 0..<300 {
        #expect(errors[number]?.map { $0?.reason } == [number == 7 ? .fileExists : nil])
        #expect(try bench.bytes(bench.at("file\(number)")) == (number == 7 ? [0] : Array("\(number)".utf8)))
      }
    }
  }

  @Test("who publishes several gets as many answers, in order")
  func several() async throws {
    let bench = try FakeBench()
    try bench.put([0], at: bench.at("file1"))
    let commit = GroupCommit(bench.files)
    let errors = await commit.publish(try (0..<3).map { try publication($0, in: bench) })
    #expect(errors.map { $0?.reason } == [nil, .fileExists, nil])
    #expect(await commit.publish([]) == [])
  }
}
