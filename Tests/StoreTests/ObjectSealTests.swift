import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("The seal of an object")
struct ObjectSealTests {
  private let file = MadeFile("lab/alpha/fsLR/32k", .left, size: 500)
  private let other = MadeFile("lab/alpha/fsLR/32k", .right, size: 500)

  private func store(_ bench: any Bench, _ files: (any FileSystem)? = nil) -> ObjectStore {
    ObjectStore(files ?? bench.files, at: bench.at("cache"))
  }

  private func add(_ file: MadeFile, in bench: any Bench) throws -> StoredObject {
    var intake = try store(bench).intake(expecting: file.checksums)
    try intake.append(file.bytes)
    return try store(bench).add(intake, as: intake.checksums)
  }

  private func object(_ bench: any Bench, _ wanted: Checksums? = nil) throws -> StoredObject {
    try #require(try store(bench).object(wanted ?? file.checksums))
  }

  /// Places the object at its path; whether it was, and how often bytes were read for that.
  private func place(
    _ object: StoredObject, in bench: any Bench, expecting wanted: Checksums? = nil
  ) throws -> (isPlaced: Bool, scans: Int) {
    let files = WatchedFiles(bench.files)
    let folder = DataFolder(files, at: bench.at("data"))
    let placement = try folder.place(
      object, at: file.path, expecting: wanted ?? file.checksums, settingAside: false)
    let isPlaced = placement != nil
    if isPlaced {
      #expect(try bench.bytes(folder.path(file.path)) == file.bytes)
      try bench.files.remove(folder.path(file.path))
    }
    #expect(try bench.drafts(bench.root) == [])
    return (isPlaced, files.count(.scan))
  }

  @Test("an object is sealed when it is added, and any writing to it breaks the seal", arguments: BenchKind.allCases)
  func seals(_ kind: BenchKind) throws {
    // On the machine's disk nobody but root may write to it.
    try kind.with { bench in
      let added = try add(file, in: bench)
      #expect(added.isSealed)
      #expect(try object(bench).isSealed)
      let digest = try #require(file.checksums.sha256)
      #expect(try bench.files.status(added.path)?.modified == ObjectSeal.time(of: digest))
      #expect(try place(added, in: bench).scans == 0)
      try bench.files.setModified(ObjectSeal.time(of: digest) + 2_000_000_000, of: added.path)
      #expect(try !object(bench).isSealed)
    }
  }

  @Test("an object that somebody wrote to has no seal, be the bytes the same")
  func breaks() throws {
    for bytes in [file.bytes, other.bytes] {
      let bench = try FakeBench()
      let added = try add(file, in: bench)
      try bench.put(bytes, at: added.path)
      #expect(try !object(bench).isSealed)
    }
  }

  @Test("an object without a seal is hashed once, and sealed if it is right", arguments: BenchKind.allCases)
  func renews(_ kind: BenchKind) throws {
    try kind.with { bench in
      let added = try add(file, in: bench)
      try bench.files.setModified(1_600_000_000_123_456_789, of: added.path)
      let first = try place(try object(bench), in: bench)
      #expect(first.isPlaced)
      #expect(first.scans == 1)
      #expect(try object(bench).isSealed)
      let second = try place(try object(bench), in: bench)
      #expect(second.isPlaced)
      #expect(second.scans == 0)
    }
  }

  @Test("an object without a seal that is wrong is not placed, and gets none")
  func wrong() throws {
    let bench = try FakeBench()
    let added = try add(file, in: bench)
    try bench.put(other.bytes, at: added.path)
    for _ in 0..<2 {
      let result = try place(try object(bench), in: bench)
      #expect(!result.isPlaced)
      #expect(result.scans == 1)
      #expect(try !object(bench).isSealed)
    }
    let tree = try bench.tree(bench.at("data"))
    #expect(tree.isEmpty)
  }

  @Test("of an MD5 alone the seal says nothing, so the bytes are read")
  func weak() throws {
    let bench = try FakeBench()
    _ = try add(file, in: bench)
    let wanted = file.checksums(.md5)
    let object = try object(bench, wanted)
    #expect(object.isSealed)
    for _ in 0..<2 {
      let result = try place(object, in: bench, expecting: wanted)
      #expect(result.isPlaced)
      #expect(result.scans == 1)
    }
  }

  @Test("a name that gives an MD5 the wrong object is found out")
  func wrongName() throws {
    let bench = try FakeBench()
    _ = try add(file, in: bench)
    _ = try add(other, in: bench)
    let digest = try #require(other.checksums.sha256)
    let hex = try #require(file.checksums.md5?.hex)
    try bench.put(Array("\(digest)\n".utf8), at: bench.at("cache/v1/md5/\(hex.prefix(2))/\(hex.dropFirst(2))"))
    let object = try object(bench, file.checksums(.md5))
    #expect(object.isSealed)
    #expect(try !place(object, in: bench, expecting: file.checksums(.md5)).isPlaced)
  }

  @Test("a seal that cannot be set is no error")
  func refused() throws {
    let bench = try FakeBench()
    let added = try add(file, in: bench)
    try bench.put(file.bytes, at: added.path)
    let files = WatchedFiles(bench.files)
    files.fail(.setModified, with: .notPermitted, lasting: true)
    let folder = DataFolder(files, at: bench.at("data"))
    let placement = try folder.place(
      try object(bench), at: file.path, expecting: file.checksums, settingAside: false)
    #expect(placement?.entry != nil)
    #expect(files.count(.setModified) == 1)
    #expect(try bench.bytes(folder.path(file.path)) == file.bytes)
    #expect(try !object(bench).isSealed)
    let item = try #require(try store(bench).items().first)
    #expect(try store(bench, files).isWhole(item) == true)
  }

  @Test("seals are even seconds between 2001 and 2018, another for each object")
  func times() throws {
    var times: Set<Int64> = []
    let digests = (0..<200 as Range<UInt8>).map { ContentHasher.sha256([$0]) }
    let zeros = try #require(SHA256Digest(String(repeating: "0", count: 64)))
    let ones = try #require(SHA256Digest(String(repeating: "f", count: 64)))
    for digest in digests + [zeros, ones] {
      let time = ObjectSeal.time(of: digest)
      #expect(time % 2_000_000_000 == 0)
      #expect(time >= 978_307_200_000_000_000)
      #expect(time < 1_546_300_800_000_000_000)
      times.insert(time)
    }
    #expect(times.count == 202)
  }
}
