import Catalog
import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("How a project stands")
struct WorkspaceStatusTests {
  private func synced() async throws -> Lab {
    let lab = try Lab.complete()
    try await lab.sync()
    lab.forget()
    return lab
  }

  // MARK: Status

  @Test("after a sync there is nothing to tell, and telling so hashes, writes and asks nothing")
  func clean() async throws {
    let lab = try await synced()
    lab.files.makeReadOnly()
    let status = try await lab.workspace().status()
    #expect(status.isClean)
    #expect(status.files.map(\.file.path) == Lab.open.map(\.path))
    #expect(status.staleness == nil)
    #expect(status.folder == lab.project("data"))
    #expect(lab.files.count(.scan) == 0)
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("what is missing, changed and extra is told")
  func dirty() async throws {
    let lab = try await synced()
    try lab.bench.files.remove(lab.data(Lab.left))
    try lab.bench.put(Lab.right.bytes.reversed(), at: lab.data(Lab.right))
    try lab.bench.put([1], at: lab.project("data/annotations/mine/notes.txt"))
    try lab.bench.put([1], at: lab.project("data/annotations/.hidden"))
    try lab.bench.put([1], at: lab.project("data/participants.tsv"))
    let status = try await lab.workspace().status()
    #expect(!status.isClean)
    #expect(status.files.map(\.isRight) == [false, false, true])
    #expect(status.files[0].observation == .missing)
    #expect(status.extra.map { "\($0)" } == ["annotations/mine/notes.txt"])
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a stale lock is told, and its files are looked at all the same")
  func stale() async throws {
    let lab = try await synced()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    let status = try await lab.workspace().status()
    #expect(status.staleness?.code == .lockStale)
    #expect(status.files.count == 3)
    #expect(status.isClean)
  }

  @Test("without a lock there is no status")
  func noLock() async throws {
    let lab = try Lab.complete()
    let failure = try await failure { _ = try await lab.workspace().status() }
    #expect(failure?.reason == .lockStale)
  }

  // MARK: Verify

  @Test("every file is hashed, whatever the index says, and the tree has the digest that sha256sum's list has")
  func verify() async throws {
    let lab = try await synced()
    let result = try await lab.workspace().verify()
    #expect(result.files.allSatisfy { $0.isRight })
    #expect(lab.files.count(.scan) == 3)
    let list = Lab.open.map { "\($0.checksums.sha256?.hex ?? "")  \($0.path)\n" }.joined()
    #expect(result.treeDigest == MadeFile.checksums(of: Array(list.utf8)).sha256)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a lock that knows little gives the same digest")
  func verifyKnowingLittle() async throws {
    let lab = try await synced()
    let digest = try await lab.workspace().verify().treeDigest
    try lab.bench.files.remove(lab.project("neuromaps.lock"))
    try lab.bench.files.remove(FilePath("/home/u/.cache/neuromaps/v1/osf/lab01/\(Lab.beta.id)"))
    try await lab.offline.makeLock()
    #expect(try lab.lock().files.contains { $0.checksums?.sha256 == nil })
    #expect(try await lab.workspace().verify().treeDigest == digest)
    #expect(digest != nil)
  }

  @Test("a change that the index does not show is found, and a tree that is not right has no digest")
  func verifyFindsChange() async throws {
    let lab = try await synced()
    let path = lab.data(Lab.beta)
    let before = try #require(try lab.bench.files.status(path))
    // As a disk that loses a bit: neither size nor times nor inode tell.
    let index = try #require(try lab.bench.bytes(DataFolder.indexPath(lab.project("data"), "..")))
    try lab.bench.put(Lab.beta.bytes.reversed(), at: path)
    let after = try #require(try lab.bench.files.status(path))
    var known = DataIndex(bytes: index)
    known.entries[Lab.beta.path] = DataIndex.Entry(status: after, checksums: Lab.beta.checksums)
    try lab.bench.put(known.bytes, at: DataFolder.indexPath(lab.project("data"), ".."))
    #expect(before.inode == after.inode)
    #expect(try await lab.workspace().status().isClean)
    let result = try await lab.workspace().verify()
    #expect(result.files.map(\.isRight) == [true, true, false])
    #expect(result.treeDigest == nil)
  }

  // MARK: Paths

  @Test("the paths of locked maps are absolute and in the order asked for")
  func paths() async throws {
    let lab = try await synced()
    let patterns = ["lab/beta/MNI152/2mm", "lab/*/fsLR/*", "lab/*/*/*"].compactMap { ItemPattern($0) }
    let (paths, problems) = try lab.workspace().paths(patterns)
    #expect(paths.map(\.item.description) == ["lab/beta/MNI152/2mm", "lab/alpha/fsLR/32k"])
    #expect(
      paths.map(\.paths) == [[lab.data(Lab.beta).string], [lab.data(Lab.left).string, lab.data(Lab.right).string]])
    #expect(problems.isEmpty)
  }

  @Test("what is not locked or not there is told of")
  func pathProblems() async throws {
    let lab = try await synced()
    try lab.bench.files.remove(lab.data(Lab.right))
    let patterns = ["lab/alfa/fsLR/32k", "lab/alpha/fsLR/32k"].compactMap { ItemPattern($0) }
    let (paths, problems) = try lab.workspace().paths(patterns)
    #expect(paths.count == 1)
    #expect(problems.map(\.code) == [.noSuchMap, .missing])
    #expect(problems.first?.hints.first?.contains("lab/alpha/fsLR/32k") == true)
  }
}
