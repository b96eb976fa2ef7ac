import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("The store of objects")
struct ObjectStoreTests {
  private let bytes = Array("some bytes of a map".utf8)
  private var sums: Checksums { MadeFile.checksums(of: bytes) }
  private var sha256: String { sums.sha256?.hex ?? "" }
  private var md5: String { sums.md5?.hex ?? "" }

  private func add(_ bytes: [UInt8], to store: ObjectStore, expecting wanted: Checksums? = nil) throws -> StoredObject {
    var intake = try store.intake(expecting: wanted ?? MadeFile.checksums(of: bytes))
    try intake.append(Array(bytes.prefix(5)))
    try intake.append(Array(bytes.dropFirst(5)))
    return try store.add(intake, as: intake.checksums)
  }

  private func path(_ folder: String, _ hex: String) -> String {
    "cache/v1/\(folder)/\(hex.prefix(2))/\(hex.dropFirst(2))"
  }

  @Test("objects are named by SHA-256, found by MD5 too, and read-only", arguments: BenchKind.allCases)
  func layout(_ kind: BenchKind) throws {
    try kind.with { bench in
      let object = try add(bytes, to: ObjectStore(bench.files, at: bench.at("cache")))
      #expect(object.path == bench.at(path("sha256", sha256)))
      #expect(object.checksums == sums)
      let tree = try bench.tree(bench.root)
      #expect(tree == [path("sha256", sha256): bytes, path("md5", md5): Array("\(sha256)\n".utf8)])
      #expect(try bench.isReadOnly(object.path))
    }
  }

  @Test("an object is found by whatever is known of it", arguments: MadeFile.Knowledge.allCases)
  func finds(_ knowledge: MadeFile.Knowledge) throws {
    let bench = try FakeBench()
    let file = MadeFile("lab/alpha/MNI152/2mm", size: 100)
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    #expect(try store.object(file.checksums(knowledge)) == nil)
    let added = try add(file.bytes, to: store)
    let found = try store.object(file.checksums(knowledge))
    #expect(found?.path == added.path)
    #expect(found?.checksums.agrees(with: file.checksums) == true)
    #expect(found?.checksums.size == 100)
  }

  @Test("without an MD5 in the expectation none is reckoned, and the object has no second name")
  func withoutMD5() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    let object = try add(bytes, to: store, expecting: Checksums(sha256: sums.sha256))
    #expect(object.checksums.md5 == nil)
    let tree = try bench.tree(bench.root)
    #expect(Array(tree.keys) == [path("sha256", sha256)])
  }

  @Test("an object of another size is passed over, and replaced when the right one comes")
  func wrongSize() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    let object = try add(bytes, to: store)
    try bench.put([1], at: object.path)
    #expect(try store.object(sums) == nil)
    #expect(try store.object(Checksums(sha256: sums.sha256) ?? sums) != nil)
    _ = try add(bytes, to: store)
    #expect(try bench.bytes(object.path) == bytes)
    #expect(try store.object(sums) == object)
  }

  @Test("what is no file under an object's name is no object")
  func notAFile() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    try bench.files.createFolder(bench.at(path("sha256", sha256)))
    #expect(try store.object(sums) == nil)
    try bench.link(bench.at(path("md5", md5)), to: "nowhere")
    #expect(try store.object(Checksums(md5: sums.md5) ?? sums) == nil)
  }

  @Test(
    "a damaged second name is no object and no error",
    arguments: [
      [], [10], Array("not a digest\n".utf8), [UInt8](repeating: 0xff, count: 64), [UInt8](repeating: 97, count: 9000),
    ])
  func damagedName(_ damage: [UInt8]) throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    _ = try add(bytes, to: store)
    try bench.put(damage, at: bench.at(path("md5", md5)))
    let wanted = try #require(Checksums(md5: sums.md5))
    #expect(try store.object(wanted) == nil)
    _ = try add(bytes, to: store)
    #expect(try store.object(wanted) != nil)
  }

  @Test("an intake that is discarded leaves nothing", arguments: BenchKind.allCases)
  func discarded(_ kind: BenchKind) throws {
    try kind.with { bench in
      let store = ObjectStore(bench.files, at: bench.at("cache"))
      var intake = try store.intake(expecting: sums)
      try intake.append([1, 2, 3])
      #expect(intake.count == 3)
      #expect(intake.checksums == MadeFile.checksums(of: [1, 2, 3]))
      #expect(try bench.tree(bench.root).count == 1)
      intake.discard()
      #expect(try bench.tree(bench.root) == [:])
    }
  }

  @Test("an intake knows its checksums however the bytes are cut")
  func pieces() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("cache"))
    for size in [1, 3, 7, bytes.count] {
      var intake = try store.intake(expecting: sums)
      for start in stride(from: 0, to: bytes.count, by: size) {
        try intake.append(Array(bytes[start..<min(start + size, bytes.count)]))
      }
      #expect(intake.checksums == sums)
      intake.discard()
    }
  }

  @Test("two intakes of the same object end as one", arguments: BenchKind.allCases)
  func twice(_ kind: BenchKind) throws {
    try kind.with { bench in
      let stores = [ObjectStore(bench.files, at: bench.at("cache")), ObjectStore(bench.files, at: bench.at("cache"))]
      var intakes = try stores.map { try $0.intake(expecting: sums) }
      for index in intakes.indices { try intakes[index].append(bytes) }
      let objects = try zip(stores, intakes).map { try $0.add($1, as: $1.checksums) }
      #expect(objects[0] == objects[1])
      #expect(try bench.tree(bench.root).count == 2)
      #expect(try bench.bytes(objects[0].path) == bytes)
      #expect(try bench.isReadOnly(objects[0].path))
    }
  }

  @Test("an object's bytes are durable before it has its name")
  func durable() throws {
    for survival in Survival.all {
      let bench = try FakeBench()
      _ = try add(bytes, to: ObjectStore(bench.files, at: bench.at("cache")))
      bench.disk.restart(survival)
      let left = try bench.tree(bench.root)
      let object = left[path("sha256", sha256)]
      #expect(object == bytes || object == nil, "\(survival)")
      if survival == .foldersAndFlushed { #expect(object == bytes) }
    }
  }

  @Test("whatever fails, there is the whole object or none, and no draft of a living writer")
  func failures() throws {
    for number in 0..<40 {
      let bench = try FakeBench()
      bench.disk.failStep(after: number, with: .noSpace)
      let store = ObjectStore(bench.files, at: bench.at("cache"))
      var reason: Errno?
      do { _ = try add(bytes, to: store) } catch let error as FileError { reason = error.reason }
      let tree = try bench.tree(bench.root)
      #expect(tree[path("sha256", sha256)].map { $0 == bytes } ?? (reason == .noSpace))
      if reason != nil { #expect(reason == .noSpace) }
      bench.disk.restart(.everything)
      try store.sweep()
      let left = try bench.drafts(bench.root)
      #expect(left.isEmpty)
    }
  }

  @Test("sweeping takes the drafts of the dead", arguments: BenchKind.allCases)
  func sweep(_ kind: BenchKind) throws {
    try kind.with { bench in
      let store = ObjectStore(bench.files, at: bench.at("cache"))
      try store.sweep()
      var living = try store.intake(expecting: sums)
      let dead = try bench.files.createDraft(in: bench.at("cache/v1/drafts"))
      bench.abandon(dead)
      try store.sweep()
      #expect(try bench.drafts(bench.root).count == 1)
      try living.append(bytes)
      _ = try store.add(living, as: living.checksums)
      living.discard()
      #expect(try store.object(sums) != nil)
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("an object that is taken out is there no more", arguments: BenchKind.allCases)
  func remove(_ kind: BenchKind) throws {
    try kind.with { bench in
      let store = ObjectStore(bench.files, at: bench.at("cache"))
      let object = try add(bytes, to: store)
      try store.remove(object)
      try store.remove(object)
      #expect(try store.object(sums) == nil)
      #expect(try store.object(Checksums(md5: sums.md5) ?? sums) == nil)
    }
  }

  @Test("nothing is made until something is written")
  func lazy() throws {
    let bench = try FakeBench()
    let files = WatchedFiles(bench.files)
    let store = ObjectStore(files, at: bench.at("cache"))
    _ = try store.object(sums)
    #expect(files.writes.isEmpty)
    #expect(try bench.tree(bench.root) == [:])
  }
}
