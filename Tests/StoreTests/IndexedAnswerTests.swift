import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("Which lock a data directory answers")
struct IndexedAnswerTests {
  private static let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private static let other = MadeFile("lab/beta/MNI152/2mm", size: 300)

  private static func answer(_ lock: String = "a lock", _ groups: Set<String> = []) -> IndexedAnswer {
    IndexedAnswer(
      lock: ContentHasher.sha256(Array(lock.utf8)), declarations: IndexedAnswer.digest(of: ["annotation */*/*/*"]),
      files: 2, maps: 2, atlases: 0, groups: groups)
  }

  // MARK: In the file

  @Test("the groups are read back", arguments: [[], ["figures"], ["b", "a-1", "C_2"]] as [Set<String>])
  func roundTrip(_ groups: Set<String>) {
    let index = DataIndex(project: "..", answer: Self.answer("a lock", groups))
    #expect(DataIndex(bytes: index.bytes) == index)
    #expect(IndexTable(bytes: index.bytes)?.answer?.groups == groups)
  }

  @Test("the groups are sorted, and without any the line is as it was before there were groups")
  func text() {
    func line(_ groups: Set<String>) -> String? {
      let text = String(decoding: DataIndex(answer: Self.answer("a lock", groups)).bytes, as: UTF8.self)
      return text.split(separator: "\n").first { $0.hasPrefix("answer\t") }.map(String.init)
    }
    #expect(line(["b", "a", "B"])?.hasSuffix("\t2\t2\t0\tB,a,b") == true)
    #expect(line([])?.hasSuffix("\t2\t2\t0") == true)
  }

  // MARK: With more groups than are asked for

  /// A data directory with both files, in which a sync has answered a lock for some groups.
  private func directory(_ groups: Set<String>) async throws -> FakeBench {
    let bench = try FakeBench()
    for made in [Self.file, Self.other] { try bench.put(made.bytes, at: bench.at("data/\(made.path)")) }
    let news = try #require(try news(bench, [Self.file, Self.other], Self.answer("a lock", groups)))
    try await folder(bench).remember(news, clock: RecordingClock())
    return bench
  }

  private func folder(_ bench: FakeBench) -> DataFolder { DataFolder(bench.files, at: bench.at("data"), for: "..") }

  /// What a sync would remember that found these files, of a project that wants both.
  private func news(_ bench: FakeBench, _ found: [MadeFile], _ answer: IndexedAnswer?) throws -> DataIndex? {
    let folder = folder(bench)
    var entries: [DatasetPath: DataIndex.Entry] = [:]
    for made in found {
      guard case .matches(let entry) = folder.observe(made.path, expecting: made.checksums) else { continue }
      entries[made.path] = entry
    }
    let wanted = [Self.file.path, Self.other.path]
    return try folder.news(entries, answering: answer, wanting: { wanted.contains($0) })
  }

  @Test(
    "an answer for more groups stays when fewer are asked for", arguments: [[], ["a"], ["a", "b"]] as [Set<String>])
  func keepsMore(_ groups: Set<String>) async throws {
    let bench = try await directory(["a", "b"])
    #expect(try news(bench, [Self.file], Self.answer("a lock", groups)) == nil)
  }

  @Test("an answer for more groups gives way to that of another lock")
  func anotherLock() async throws {
    let bench = try await directory(["a", "b"])
    let answer = Self.answer("another lock", [])
    #expect(try news(bench, [Self.file], answer)?.answer == answer)
  }

  @Test("an answer for more groups gives way when a file of theirs is gone or changed", arguments: [true, false])
  func notAll(isGone: Bool) async throws {
    let bench = try await directory(["a", "b"])
    let place = bench.at("data/\(Self.other.path)")
    if isGone { try bench.files.remove(place) } else { try bench.put([1, 2], at: place) }
    let index = try #require(try news(bench, [Self.file], Self.answer()))
    #expect(index.answer == Self.answer())
    #expect(index.entries.keys.map(\.text) == [Self.file.path.text])
  }

  @Test("where not all is in place that was asked for, nothing is answered")
  func noAnswer() async throws {
    let bench = try await directory(["a"])
    let index = try #require(try news(bench, [Self.file], nil))
    #expect(index.answer == nil)
    #expect(index.entries.count == 2)
  }

  @Test("what is asked for beside is answered too")
  func moreGroups() async throws {
    let bench = try await directory(["a"])
    let index = try #require(try news(bench, [Self.file, Self.other], Self.answer("a lock", ["a", "b"])))
    #expect(index.answer?.groups == ["a", "b"])
  }

  @Test("a file that the lock has for a group stays wanted, and one that it has no more does not")
  func wanted() async throws {
    let bench = try await directory([])
    let folder = folder(bench)
    guard case .matches(let entry) = folder.observe(Self.file.path, expecting: Self.file.checksums) else {
      Issue.record("the right bytes do not match")
      return
    }
    let entries = [Self.file.path: entry]
    #expect(try folder.news(entries, answering: Self.answer(), wanting: { _ in true }) == nil)
    let less = try #require(
      try folder.news(entries, answering: Self.answer(), wanting: { $0 == Self.file.path }))
    // It was found there, not placed, so it is the user's.
    #expect(less.entries[Self.other.path] == nil)
  }
}
