import Archives
import Tarballs
import Testing

@Suite("Reading a tar.gz")
struct TarGzipReaderTests {
  private static let long = String(repeating: "n", count: 300)
  private static let deep = String(repeating: "folder/", count: 20) + "file"

  private func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) } }

  @Test("members come in the order of the archive, with their bytes and sizes")
  func order() {
    let files = [("b", 3), ("a/c", 0), ("a", 70_000), ("d", 512)].map { TarEntry.file($0.0, bytes($0.1)) }
    let reading = Reading(Tarball.tarGz(files))
    #expect(reading.failure == nil)
    #expect(reading.names == ["b", "a/c", "a", "d"])
    #expect(reading.members.map(\.content) == files.map(\.content))
    #expect(reading.members.map(\.member.size) == [3, 0, 70_000, 512])
    #expect(reading.members.allSatisfy { $0.member.kind == .file })
  }

  @Test("the bytes are the same however they are supplied", arguments: [1, 7, 512, 64 << 10])
  func pieces(_ piece: Int) {
    let archive = Tarball.tarGz([.file("a", bytes(5000)), .folder("b/"), .file(Self.long, bytes(700)).named(.pax)])
    let whole = Reading(archive)
    #expect(whole.names == ["a", "b/", Self.long])
    #expect(Reading(archive, piece: piece) == whole)
  }

  @Test(
    "each member is told for what it is",
    arguments: [
      (TarEntry.file("x", "text"), .file), (TarEntry("x", .other(0)), .file),
      (TarEntry("x", .other(UInt8(ascii: "7"))), .file), (.folder("x/"), .folder), (.folder("x"), .folder),
      (.symbolicLink("x", to: "/etc/passwd"), .link), (.hardLink("x", to: "y"), .link),
      (TarEntry("x", .symbolicLink(to: "y"), naming: .pax), .link),
      (TarEntry("x", .hardLink(to: "y"), naming: .gnu), .link),
      (TarEntry("x", .characterDevice), .special), (TarEntry("x", .fifo), .special),
      (TarEntry("x", .other(UInt8(ascii: "4"))), .special),
    ] as [(TarEntry, ArchiveMember.Kind)])
  func kinds(_ entry: TarEntry, _ kind: ArchiveMember.Kind) {
    let reading = Reading(Tarball.tarGz([entry, .file("after", "right")]))
    #expect(reading.failure == nil)
    #expect(reading.members.map(\.member.kind) == [kind, .file])
    #expect(reading.members.first?.content == entry.content)
    #expect(reading.members.last?.content == Array("right".utf8))
  }

  @Test("a link has no bytes, whatever size it tells", arguments: [TarEntry.Kind.symbolicLink(to: "y"), .folder])
  func linkWithSize(_ kind: TarEntry.Kind) {
    let reading = Reading(Tarball.tarGz([TarEntry("x", kind, declaredSize: 5), .file("after", "right")]))
    #expect(reading.members.first?.content == [])
    #expect(reading.failure != nil || reading.names == ["x", "after"])
  }

  // MARK: Names

  @Test(
    "a name comes whole, wherever it is written",
    arguments: ["short", long, deep, "p" + deep + long, "with blank", "tränen/日本"],
    [TarEntry.Naming.plain, .gnu, .pax])
  func names(_ name: String, _ naming: TarEntry.Naming) {
    let reading = Reading(Tarball.tarGz([.file(name, "x").named(naming), .file("after", "y")]))
    #expect(reading.failure == nil)
    #expect(reading.names == [name, "after"])
    #expect(reading.members.map(\.content) == [Array("x".utf8), Array("y".utf8)])
  }

  @Test(
    "a name that leads elsewhere is only text",
    arguments: ["../../evil", "/etc/passwd", "a/../../b", "./x", "a//b", "..", "C:\\x", "a\u{7}\n"],
    [TarEntry.Naming.plain, .gnu, .pax])
  func hostileNames(_ name: String, _ naming: TarEntry.Naming) {
    let reading = Reading(Tarball.tarGz([.file(name, "x").named(naming)]))
    #expect(reading.failure == nil)
    #expect(reading.names == [name])
  }

  @Test(
    "a name that is no UTF-8 is some text, and its bytes come all the same",
    arguments: [[0xff], [0x61, 0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]] as [[UInt8]],
    [TarEntry.Naming.plain, .gnu, .pax])
  func notUTF8(_ name: [UInt8], _ naming: TarEntry.Naming) {
    var entry = TarEntry.file("", "x").named(naming)
    entry.name = name
    let reading = Reading(Tarball.tarGz([entry, .file("after", "y")]))
    #expect(reading.failure == nil)
    #expect(reading.members.map(\.content) == [Array("x".utf8), Array("y".utf8)])
    #expect(reading.names.last == "after")
    #expect(!reading.names.contains { $0.contains("x") })
  }

  @Test("a member without a name is no reason to stop")
  func nameless() {
    let reading = Reading(Tarball.tarGz([.file("", "x"), .file("after", "y")]))
    #expect(reading.names.last == "after" || reading.failure != nil)
  }

  // MARK: What the caller does

  @Test("what is not read is passed over", arguments: [0, 1, 512, 70_000])
  func passedOver(_ size: Int) {
    let entries = (0..<5).map { TarEntry.file("\($0)", bytes(size + $0)) }
    let reading = Reading(Supplied(Tarball.tarGz(entries)), isWanted: { $0.name == "2" || $0.name == "4" })
    #expect(reading.failure == nil)
    #expect(reading.names == ["0", "1", "2", "3", "4"])
    #expect(reading.members[2].content == entries[2].content)
    #expect(reading.members[4].content == entries[4].content)
  }

  @Test("the bytes of a member are handed over once")
  func once() throws {
    var reader = Supplied(Tarball.tarGz([.file("a", "abc"), .file("b", "de")])).reader()
    var seen = 0
    func count(_ piece: UnsafeRawBufferPointer) -> Bool {
      seen += piece.count
      return true
    }
    try reader.read(count)
    #expect(seen == 0)
    #expect(try reader.next()?.name == "a")
    try reader.read(count)
    try reader.read(count)
    #expect(seen == 3)
    #expect(try reader.next()?.name == "b")
    #expect(try reader.next() == nil)
    try reader.read(count)
    #expect(seen == 3)
  }

  @Test("after the end there is nothing, however often it is asked for")
  func afterTheEnd() throws {
    var reader = Supplied(Tarball.tarGz([.file("a", "abc")])).reader()
    #expect(try reader.next() != nil)
    #expect(try reader.next() == nil)
    var failure: ArchiveFailure?
    do throws(ArchiveFailure) { _ = try reader.next() } catch { failure = error }
    #expect(failure == nil)
  }

  @Test("whoever has had enough is not given more")
  func enough() throws {
    var reader = Supplied(Tarball.tarGz([.file("a", bytes(300_000)), .file("b", "b")])).reader()
    #expect(try reader.next()?.name == "a")
    var pieces = 0
    #expect(throws: ArchiveFailure.interrupted) {
      try reader.read { _ in
        pieces += 1
        return pieces < 2
      }
    }
    #expect(pieces == 2)
  }

  @Test("bytes that cannot be had interrupt, wherever", arguments: [0, 1, 9, 10, 100, 600, 1600, 5000, 5999])
  func supplyFails(_ place: Int) {
    let archive = Tarball.tarGz([.file("a", bytes(1000)), .file("b", bytes(5000))])
    #expect(archive.count > 6000)
    #expect(Reading(Supplied(archive, piece: 1, failsAt: place)).failure == .interrupted)
  }

  @Test(
    "a reader that failed fails again", arguments: [Array(Tarball.tarGz([.file("a", "x")]).dropLast(600)), [1, 2, 3]])
  func again(_ archive: [UInt8]) {
    var reader = Supplied(archive).reader()
    var failures = 0
    for _ in 0..<5 {
      do throws(ArchiveFailure) { _ = try reader.next() } catch { failures += 1 }
    }
    #expect(failures >= 3)
  }
}
