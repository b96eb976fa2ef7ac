import Dataset
import Diagnostics
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("Files that are made of the store's in one way or another")
struct LinkModeTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 500)

  private func store(_ bench: any Bench, at name: String = "cache") -> ObjectStore {
    ObjectStore(bench.files, at: bench.at(name))
  }

  private func add(_ file: MadeFile, in bench: any Bench, at name: String = "cache") throws -> StoredObject {
    var intake = try store(bench, at: name).intake(expecting: file.checksums)
    try intake.append(file.bytes)
    return try store(bench, at: name).add(intake, as: intake.checksums)
  }

  private func folder(_ bench: any Bench, _ files: (any FileSystem)? = nil) -> DataFolder {
    DataFolder(files ?? bench.files, at: bench.at("data"))
  }

  private func place(of file: MadeFile, in bench: any Bench) -> FilePath { folder(bench).path(file.path) }

  /// The clock that the filesystem's own moves on by.
  private func clock(_ kind: BenchKind) -> any Clock<Duration> {
    switch kind {
    case .disk: ContinuousClock()
    case .fake: RecordingClock()
    }
  }

  /// Brings the object of `file` to its path and remembers that; false where the filesystem has no such links.
  private func place(_ bench: any Bench, by mode: LinkMode, _ kind: BenchKind) async throws -> Bool {
    let object = try add(file, in: bench)
    let folder = folder(bench)
    do {
      let placement = try folder.place(
        object, at: file.path, expecting: file.checksums, settingAside: false, by: mode)
      let entry = try #require(placement?.entry)
      #expect(entry.isPlaced)
      try await folder.remember([file.path: entry], clock: clock(kind))
      return true
    } catch let error as FileError where mode == .reflink {
      #expect(error.operation == .share)
      #expect(error.path == place(of: file, in: bench))
      #expect(try bench.tree(bench.at("data")).isEmpty)
      return false
    }
  }

  /// What is found at the path of `file`, and how often bytes were read for that.
  private func look(_ bench: any Bench) -> (found: Observation, scans: Int) {
    let files = WatchedFiles(bench.files)
    let found = folder(bench, files).observe(file.path, expecting: file.checksums)
    return (found, files.count(.scan))
  }

  private func isMatch(_ observation: Observation) -> Bool { if case .matches = observation { true } else { false } }

  private func isDifferent(_ observation: Observation) -> Bool {
    if case .differs = observation { true } else { false }
  }

  @Test(
    "a placed file has the bytes and is known without a reading", arguments: BenchKind.allCases, LinkMode.allCases)
  func places(_ kind: BenchKind, _ mode: LinkMode) async throws {
    try await kind.with { bench in
      guard try await place(bench, by: mode, kind) else { return }
      let path = place(of: file, in: bench)
      let object = try #require(try store(bench).object(file.checksums))
      #expect(try bench.bytes(path) == file.bytes)
      #expect(object.isSealed)
      #expect(try bench.files.isLink(path) == (mode == .symlink))
      let inodes = [try bench.files.status(path)?.inode, try bench.files.status(object.path)?.inode]
      #expect((inodes[0] == inodes[1]) == mode.sharesFile)
      let found = look(bench)
      #expect(isMatch(found.found))
      #expect(found.scans == 0)
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test(
    "a user's edit of a file of its own is seen, and the store has what it had", arguments: BenchKind.allCases,
    [LinkMode.auto, .copy, .reflink])
  func edits(_ kind: BenchKind, _ mode: LinkMode) async throws {
    try await kind.with { bench in
      guard try await place(bench, by: mode, kind) else { return }
      try bench.put(other.bytes, at: place(of: file, in: bench))
      let object = try #require(try store(bench).object(file.checksums))
      #expect(object.isSealed)
      #expect(try bench.bytes(object.path) == file.bytes)
      #expect(isDifferent(look(bench).found))
    }
  }

  // On the machine's disk only root may write to such a file.
  @Test(
    "a user's edit through a link is seen, and such an object is not placed", arguments: [LinkMode.hardlink, .symlink])
  func editsLink(_ mode: LinkMode) async throws {
    let bench = try FakeBench()
    #expect(try await place(bench, by: mode, .fake))
    try bench.put(other.bytes, at: place(of: file, in: bench))
    let object = try #require(try store(bench).object(file.checksums))
    #expect(!object.isSealed)
    #expect(try bench.bytes(object.path) == other.bytes)
    #expect(isDifferent(look(bench).found))
    let again = try folder(bench).place(
      object, at: file.path, expecting: file.checksums, settingAside: true, by: mode)
    #expect(again == nil)
    #expect(try bench.bytes(place(of: file, in: bench)) == other.bytes)
    #expect(try bench.tree(bench.at("data/.neuromaps/replaced")).isEmpty)
    #expect(try bench.drafts(bench.root) == [])
  }

  @Test("nobody may write to a file that is the store's", arguments: BenchKind.allCases)
  func readOnly(_ kind: BenchKind) async throws {
    try await kind.with { bench in
      let isPlaced = try await place(bench, by: .hardlink, kind)
      #expect(isPlaced)
      let isReadOnly = try bench.isReadOnly(place(of: file, in: bench))
      #expect(isReadOnly)
    }
  }

  @Test(
    "another name of the same object does not make the first be read again", arguments: BenchKind.allCases,
    [LinkMode.hardlink, .symlink])
  func links(_ kind: BenchKind, _ mode: LinkMode) async throws {
    try await kind.with { bench in
      #expect(try await place(bench, by: mode, kind))
      let object = try #require(try store(bench).object(file.checksums))
      let second = try folder(bench).place(
        object, at: other.path, expecting: file.checksums, settingAside: false, by: .hardlink)
      #expect(second?.entry != nil)
      #expect(try bench.bytes(place(of: other, in: bench)) == file.bytes)
      var found = look(bench)
      #expect(isMatch(found.found))
      #expect(found.scans == 0)
      try bench.files.remove(place(of: other, in: bench))
      found = look(bench)
      #expect(isMatch(found.found))
      #expect(found.scans == 0)
    }
  }

  @Test("a link whose object is gone is a missing file, and is placed anew", arguments: BenchKind.allCases)
  func brokenLink(_ kind: BenchKind) async throws {
    try await kind.with { bench in
      #expect(try await place(bench, by: .symlink, kind))
      let first = try #require(try store(bench).object(file.checksums))
      try bench.files.remove(first.path)
      #expect(look(bench).found == .missing)
      #expect(try bench.files.isLink(place(of: file, in: bench)))
      let none = try folder(bench).place(first, at: file.path, expecting: file.checksums, settingAside: false)
      #expect(none == nil)
      _ = try add(file, in: bench)
      #expect(isMatch(look(bench).found))
      try bench.files.remove(first.path)
      let object = try add(file, in: bench, at: "elsewhere")
      let again = try folder(bench).place(
        object, at: file.path, expecting: file.checksums, settingAside: false, by: .copy)
      #expect(again != nil)
      #expect(again?.setAside == nil)
      #expect(try bench.bytes(place(of: file, in: bench)) == file.bytes)
      #expect(try !bench.files.isLink(place(of: file, in: bench)))
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("a user's own link that leads nowhere stays", arguments: BenchKind.allCases)
  func userLink(_ kind: BenchKind) throws {
    try kind.with { bench in
      let path = place(of: file, in: bench)
      let object = try add(file, in: bench)
      let digits = String(repeating: "0", count: 62)
      for target in ["nowhere", "/x/sha256/ab/nothing", "/x/md5/ab/\(digits)", "/x/sha256/\(digits)"] {
        try bench.link(path, to: target)
        #expect(look(bench).found == .notAFile)
        let error = #expect(throws: FileError.self) {
          try folder(bench).place(object, at: file.path, expecting: file.checksums, settingAside: false, by: .symlink)
        }
        #expect(error?.reason == .fileExists)
        #expect(try bench.files.linkTarget(path) == FilePath(target))
        try bench.files.remove(path)
      }
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("what is not one filesystem has no hard links, and says so")
  func split() throws {
    let bench = try FakeBench()
    let object = try add(file, in: bench)
    bench.disk.split(at: bench.at("cache"))
    let error = #expect(throws: FileError.self) {
      try folder(bench).place(object, at: file.path, expecting: file.checksums, settingAside: false, by: .hardlink)
    }
    #expect(error == FileError(.share, place(of: file, in: bench), .improperLink))
    #expect(error?.diagnostic.hints.contains { $0.contains("--link-mode auto") } == true)
    #expect(try bench.tree(bench.at("data")).isEmpty)
  }
}
