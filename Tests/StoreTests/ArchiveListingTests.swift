import Dataset
import Effects
import MarkedText
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("What is known of archives")
struct ArchiveListingTests {
  private static func listing(_ generator: inout SeededGenerator, count: Int, md5: Bool = true) -> ArchiveListing {
    func bytes() -> [UInt8] { (0..<12).map { _ in UInt8.random(in: 0...255, using: &generator) } }
    func sums(_ bytes: [UInt8], md5: Bool) -> Checksums {
      let all = MadeFile.checksums(of: bytes)
      return Checksums(size: all.size, md5: md5 ? all.md5 : nil, sha256: all.sha256) ?? all
    }
    var members: [DatasetPath: Checksums] = [:]
    while members.count < count {
      guard let path = DatasetPath("atlases/\(generator.text(upTo: 5))/\(members.count)") else { continue }
      members[path] = sums(bytes(), md5: false)
    }
    return ArchiveListing(archive: sums(bytes(), md5: md5), members: members)
  }

  @Test("what is written is read back, and printed the same", arguments: 0...15)
  func roundTrip(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let listing = Self.listing(&generator, count: Int(seed % 6), md5: seed % 2 == 0)
    #expect(ArchiveListing(bytes: listing.bytes) == listing)
    #expect(ArchiveListing(bytes: listing.bytes)?.bytes == listing.bytes)
  }

  @Test("equal listings are equal bytes, in whatever order they were filled", arguments: 1...5)
  func canonical(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let listing = Self.listing(&generator, count: 9)
    var members: [DatasetPath: Checksums] = [:]
    for (path, checksums) in listing.members.shuffled(using: &generator) { members[path] = checksums }
    #expect(ArchiveListing(archive: listing.archive, members: members).bytes == listing.bytes)
  }

  @Test("the file can be read by people: the format, the archive, then the files in order")
  func format() throws {
    var generator = SeededGenerator(seed: 3)
    let listing = Self.listing(&generator, count: 0)
    let path = try #require(DatasetPath("atlases/fsLR/left"))
    let full = ArchiveListing(archive: listing.archive, members: [path: listing.archive])
    let text = String(decoding: full.bytes, as: UTF8.self).split(separator: "\n")
    let (sha256, md5) = (try #require(listing.archive.sha256), try #require(listing.archive.md5))
    #expect(text.count == 3)
    #expect(text[0].hasPrefix("neuromaps-listing 1 "))
    #expect(text[1] == "archive\t12\t\(sha256)\t\(md5)")
    #expect(text[2] == "\(path)\t12\t\(sha256)")
  }

  @Test("of a part of the file nothing is believed")
  func prefixes() {
    var generator = SeededGenerator(seed: 1)
    let bytes = Self.listing(&generator, count: 3).bytes
    for count in bytes.indices {
      #expect(ArchiveListing(bytes: Array(bytes[..<count])) == nil, "the first \(count) bytes")
    }
    #expect(ArchiveListing(bytes: bytes + [10]) == nil)
    #expect(ArchiveListing(bytes: bytes + bytes) == nil)
  }

  @Test("after any bit has changed nothing is believed")
  func flips() {
    var generator = SeededGenerator(seed: 2)
    let bytes = Self.listing(&generator, count: 2).bytes
    let believed = bytes.indices.filter { place in
      (0..<8).contains { bit in
        var damaged = bytes
        damaged[place] ^= 1 << UInt8(bit)
        return ArchiveListing(bytes: damaged) != nil
      }
    }
    #expect(believed.isEmpty)
  }

  /// A file that is whole, whatever it says.
  private static func sealed(_ lines: String, format: String = "neuromaps-listing 1") -> [UInt8] {
    Array("\(format) \(ContentHasher.sha256(Array(lines.utf8)))\n\(lines)".utf8)
  }

  private static let digest = String(repeating: "ab", count: 32)

  @Test("a file that is whole and says something else is no listing")
  func wholeAndWrong() {
    let digest = Self.digest
    let archive = "archive\t1\t\(digest)\t-\n"
    #expect(ArchiveListing(bytes: Self.sealed(archive)) != nil)
    let wrong = [
      "", "\n", "archive\n", "archive\t1\t\(digest)\n", "archiv\t1\t\(digest)\t-\n", "archive\tx\t\(digest)\t-\n",
      "archive\t1\tdigest\t-\n", "archive\t1\t\(digest)\t-\t-\n", archive + "a\t1\n", archive + "a\t1\t\(digest)\t-\n",
      archive + "../a\t1\t\(digest)\n", archive + "/a\t1\t\(digest)\n", archive + ".neuromaps/a\t1\t\(digest)\n",
      archive + "a\tone\t\(digest)\n", archive + "a\t1\t\(digest.dropLast())\n", "a\t1\t\(digest)\n" + archive,
    ]
    for lines in wrong { #expect(ArchiveListing(bytes: Self.sealed(lines)) == nil, "\(lines)") }
    #expect(ArchiveListing(bytes: Self.sealed(archive, format: "neuromaps-listing 2")) == nil)
    #expect(ArchiveListing(bytes: Self.sealed(archive, format: "neuromaps-index 1")) == nil)
    #expect(ArchiveListing(bytes: []) == nil)
    #expect(ArchiveListing(bytes: DataIndex().bytes) == nil)
  }

  // MARK: In the store

  private func store(_ bench: any Bench) -> ObjectStore { ObjectStore(bench.files, at: bench.at("cache")) }

  /// A store that has been written to, as it is before anything is known of an archive.
  private func used(_ bench: any Bench) throws -> ObjectStore {
    let store = store(bench)
    try store.intake(expecting: nil).discard()
    return store
  }

  @Test("a store that is still empty can be told of an archive")
  func empty() throws {
    let bench = try FakeBench()
    var generator = SeededGenerator(seed: 8)
    let listing = Self.listing(&generator, count: 1)
    var failure: FileError?
    do { try store(bench).record(listing) } catch { failure = error }
    #expect(failure == nil)
  }

  private func path(_ bench: any Bench, _ listing: ArchiveListing) -> FilePath {
    let hex = listing.archive.sha256?.hex ?? ""
    return bench.at("cache/v1/unpacked/\(hex.prefix(2))/\(hex.dropFirst(2))")
  }

  @Test("the store remembers a listing under the archive's SHA-256", arguments: BenchKind.allCases)
  func remembers(_ kind: BenchKind) throws {
    try kind.with { bench in
      var generator = SeededGenerator(seed: 4)
      let (listing, other) = (Self.listing(&generator, count: 3), Self.listing(&generator, count: 1))
      #expect(try store(bench).listing(of: listing.archive) == nil)
      #expect(try bench.tree(bench.root) == [:])
      try used(bench).record(listing)
      #expect(try bench.bytes(path(bench, listing)) == listing.bytes)
      #expect(try store(bench).listing(of: listing.archive) == listing)
      #expect(try store(bench).listing(of: try #require(Checksums(sha256: listing.archive.sha256))) == listing)
      #expect(try store(bench).listing(of: other.archive) == nil)
      let changed = ArchiveListing(archive: listing.archive, members: other.members)
      try store(bench).record(changed)
      #expect(try store(bench).listing(of: listing.archive) == changed)
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("by its MD5 an archive is known once it has been stored")
  func byMD5() throws {
    let bench = try FakeBench()
    let content = Array("an archive".utf8)
    let (all, store) = (MadeFile.checksums(of: content), try used(bench))
    let md5 = try #require(Checksums(md5: all.md5))
    let listing = ArchiveListing(archive: all, members: [:])
    try store.record(listing)
    #expect(try store.listing(of: md5) == nil)
    var intake = try store.intake(expecting: md5)
    try intake.append(content)
    let object = try store.add(intake, as: intake.checksums)
    #expect(try store.listing(of: md5) == listing)
    // It outlives the archive.
    try store.remove(object)
    #expect(try store.listing(of: md5) == listing)
  }

  @Test("what is known of another archive is not believed of this one")
  func others() throws {
    let bench = try FakeBench()
    var generator = SeededGenerator(seed: 5)
    let (listing, other) = (Self.listing(&generator, count: 3), Self.listing(&generator, count: 3))
    try bench.put(other.bytes, at: path(bench, listing))
    #expect(try store(bench).listing(of: listing.archive) == nil)
    // Nor with another size or MD5.
    try used(bench).record(listing)
    let (size, digest) = (listing.archive.size ?? 0, listing.archive.sha256)
    #expect(try store(bench).listing(of: try #require(Checksums(size: size + 1, sha256: digest))) == nil)
    #expect(try store(bench).listing(of: try #require(Checksums(md5: other.archive.md5, sha256: digest))) == nil)
  }

  @Test("what is no listing under its name is none, and gives way")
  func damaged() throws {
    var generator = SeededGenerator(seed: 6)
    let listing = Self.listing(&generator, count: 3)
    for damage in [[], [0], Array("nonsense\n".utf8), Array(listing.bytes.dropLast()), listing.bytes + [10]] {
      let bench = try FakeBench()
      try bench.put(damage, at: path(bench, listing))
      #expect(try store(bench).listing(of: listing.archive) == nil)
      try used(bench).record(listing)
      #expect(try store(bench).listing(of: listing.archive) == listing)
    }
    let bench = try FakeBench()
    try bench.files.createFolder(path(bench, listing))
    #expect(try store(bench).listing(of: listing.archive) == nil)
  }

  @Test("a listing is whole or not there, whatever is lost or fails")
  func durable() throws {
    var generator = SeededGenerator(seed: 7)
    let listing = Self.listing(&generator, count: 3)
    let beginning = try FakeBench()
    _ = try used(beginning)
    let rehearsal = try FakeBench(FakeDisk(copying: beginning.disk))
    try store(rehearsal).record(listing)
    let steps = rehearsal.disk.steps - beginning.disk.steps
    #expect(steps > 5)
    for survival in Survival.all {
      for step in 0...steps {
        let bench = try FakeBench(FakeDisk(copying: beginning.disk))
        bench.disk.losePower(afterSteps: step)
        var isDone = true
        do { try store(bench).record(listing) } catch { isDone = false }
        bench.disk.restart(survival)
        let found = try store(bench).listing(of: listing.archive)
        #expect(found == listing || !isDone && found == nil, "\(survival), \(step) steps")
        #expect(try bench.bytes(path(bench, listing)) == found?.bytes, "\(survival), \(step) steps")
      }
    }
  }
}
