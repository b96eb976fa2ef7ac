import Archives
import MarkedText
import Tarballs
import Testing

@Suite("Archives that are broken, or lie")
struct HostileArchiveTests {
  private static let small: [TarEntry] = [
    .folder("atlases/"), .file("atlases/a", "some bytes"),
    .file("atlases/" + String(repeating: "long", count: 40), "b"),
    .file("atlases/pax", "bytes of pax").named(.pax), .symbolicLink("atlases/link", to: "a"),
    .file("atlases/last", [UInt8](repeating: 9, count: 1300)),
  ]

  private func isBroken(_ failure: ArchiveFailure?) -> Bool { if case .broken = failure { true } else { false } }

  // MARK: Limits

  @Test("a bomb of a gibibyte is given up early")
  func bomb() {
    let supplied = Supplied(Tarball.bomb(name: "zeros", size: 1 << 30), piece: 4096)
    var reader = supplied.reader()
    #expect(throws: ArchiveFailure.tooLarge(limit: supplied.count * 200)) { try reader.next() }
    // Only the header was looked at, which told the size.
    #expect(supplied.taken < 300 << 10)
  }

  @Test("the header may lie: the bytes of a bomb are counted as they come", arguments: [true, false])
  func countedBomb(isRead: Bool) {
    // Many members, each of which is small enough to be believed.
    let piece = [UInt8](repeating: 0, count: 1 << 20)
    var limits = ArchiveLimits()
    limits.denseBytes = 10 << 20
    limits.ratio = 0
    let supplied = Supplied(Tarball.tarGz((0..<20).map { .file("\($0)", piece) }), piece: 64 << 10)
    let reading = Reading(supplied, limits) { _ in isRead }
    #expect(reading.failure == .tooLarge(limit: 10 << 20))
    #expect(reading.names == (0..<10).map(String.init))
    #expect(supplied.taken < 12 << 20)
  }

  @Test("a bomb that is read gives no more than its limit", arguments: [1 << 20, 5 << 20] as [Int64])
  func bytesHandedOut(_ dense: Int64) throws {
    var limits = ArchiveLimits()
    limits.denseBytes = dense
    let bomb = Supplied(Tarball.bomb(name: "zeros", size: dense), piece: 4096)
    var reader = bomb.reader(limits)
    #expect(try reader.next()?.size == dense)
    var count: Int64 = 0
    try reader.read { piece in
      count += Int64(piece.count)
      return piece.allSatisfy { $0 == 0 }
    }
    #expect(count == dense)
    var more = Supplied(Tarball.bomb(name: "zeros", size: dense + 1)).reader(limits)
    #expect(throws: ArchiveFailure.tooLarge(limit: dense)) { try more.next() }
  }

  @Test("how much may come out follows from how much goes in", arguments: [0, 1000, 2000, 100_000, 1 << 62] as [Int64])
  func limitOfBytes(_ packed: Int64) {
    var limits = ArchiveLimits()
    limits.bytes = 400_000
    limits.denseBytes = 3000
    limits.ratio = 3
    let limit = min(400_000, max(3000, min(packed, 1 << 40) * 3))
    let archive = Tarball.tarGz([TarEntry.file("a", "abc").declaring(size: 1 << 33)])
    var reader = TarGzipReader(packedSize: packed, limits: limits) { offset, buffer in
      let rest = archive.dropFirst(Int(offset))
      rest.withUnsafeBytes { buffer.copyMemory(from: $0) }
      return rest.count
    }
    if packed == 1 << 62 {
      #expect(throws: ArchiveFailure.self) { try reader.next() }
    } else {
      #expect(throws: ArchiveFailure.tooLarge(limit: limit)) { try reader.next() }
    }
  }

  @Test("as many members as the limit says, and no more")
  func members() {
    var limits = ArchiveLimits()
    limits.members = 5
    let entries = (0..<7).map { TarEntry.file("\($0)", "x") }
    #expect(Reading(Supplied(Tarball.tarGz(Array(entries.prefix(5)))), limits).failure == nil)
    let reading = Reading(Supplied(Tarball.tarGz(entries)), limits)
    #expect(reading.failure == .tooManyMembers(limit: 5))
    #expect(reading.names.count == 5)
  }

  @Test("as many bytes as the limit says, and no more, read or not", arguments: [true, false])
  func byteLimit(isRead: Bool) {
    var limits = ArchiveLimits()
    limits.bytes = 100
    let content = [UInt8](repeating: 1, count: 50)
    let two: [TarEntry] = [.file("a", content), .file("b", content)]
    #expect(Reading(Supplied(Tarball.tarGz(two)), limits) { _ in isRead }.failure == nil)
    let reading = Reading(Supplied(Tarball.tarGz(two + [.file("c", [1])])), limits) { _ in isRead }
    #expect(reading.failure == .tooLarge(limit: 100))
    #expect(reading.names == ["a", "b"])
  }

  @Test("a huge size is refused before anything is read", arguments: [1 << 33, 1 << 40, .max - 600, .max] as [Int64])
  func hugeSize(_ size: Int64) {
    let reading = Reading(Tarball.tarGz([TarEntry.file("a", "abc").declaring(size: size)]))
    #expect(reading.members.isEmpty)
    if size <= 1 << 40 {
      #expect(reading.failure == .tooLarge(limit: 64 << 20))
    } else {
      #expect(reading.failure != nil)
    }
  }

  @Test("a size below zero is no size", arguments: [-1, -512, .min] as [Int64])
  func negativeSize(_ size: Int64) {
    let reading = Reading(Tarball.tarGz([TarEntry.file("a", "abc").declaring(size: size), .file("b", "b")]))
    #expect(reading.failure != nil || reading.members.allSatisfy { $0.member.size >= 0 })
    #expect(reading.members.first?.content.isEmpty ?? true)
  }

  @Test("a size beyond the end of the archive is an error")
  func beyondEnd() {
    let reading = Reading(Tarball.tarGz([TarEntry.file("a", "abc").declaring(size: 100_000)]))
    #expect(isBroken(reading.failure))
  }

  @Test("bytes between the members are bytes too")
  func specialHeaders() {
    var limits = ArchiveLimits()
    limits.bytes = 100 << 10
    // What a name before its member hides is never handed out, but it has to be unpacked all the same.
    let filler = [UInt8](repeating: UInt8(ascii: "n"), count: 500 << 10)
    let entries = (0..<4).flatMap { number -> [TarEntry] in
      [TarEntry("././@LongLink", .other(UInt8(ascii: "L")), content: filler), .file("\(number)", "x")]
    }
    let supplied = Supplied(Tarball.tarGz(entries), piece: 4096)
    let reading = Reading(supplied, limits)
    #expect(reading.failure == .tooLarge(limit: 100 << 10))
    #expect(supplied.taken < 1 << 20)
  }

  @Test("names before names end somewhere")
  func headersOfHeaders() {
    let header = TarEntry("././@LongLink", .other(UInt8(ascii: "L")), content: Array("x\0".utf8))
    let reading = Reading(Tarball.tarGz([TarEntry](repeating: header, count: 5000) + [.file("a", "x")]))
    #expect(isBroken(reading.failure))
  }

  // MARK: Holes

  /// A file of GNU's old sparse format: the parts that are there, and how long it is with its holes.
  private func sparse(_ parts: [(offset: Int, size: Int)], realSize: Int) -> [UInt8] {
    let content = [UInt8](repeating: 7, count: parts.reduce(0) { $0 + $1.size })
    var tar = Tarball.tar([TarEntry("a", .other(UInt8(ascii: "S")), content: content), .file("b", "b")])
    func put(_ number: Int, at offset: Int) {
      let digits = String(number, radix: 8)
      let text = String(repeating: "0", count: 11 - digits.count) + digits
      for (index, byte) in text.utf8.enumerated() { tar[offset + index] = byte }
    }
    for index in 345..<500 { tar[index] = 0 }
    for (index, part) in parts.enumerated() {
      put(part.offset, at: 386 + 24 * index)
      put(part.size, at: 398 + 24 * index)
    }
    put(realSize, at: 483)
    for (index, byte) in "ustar  \0".utf8.enumerated() { tar[257 + index] = byte }
    for index in 148..<156 { tar[index] = UInt8(ascii: " ") }
    let sum = String(tar[..<512].reduce(0) { $0 + Int($1) }, radix: 8)
    let field = Array((String(repeating: "0", count: 6 - sum.count) + sum).utf8) + [0, 0x20]
    for (index, byte) in field.enumerated() { tar[148 + index] = byte }
    return Tarball.gzip(tar)
  }

  @Test("a file with a hole is refused, read or not", arguments: [true, false])
  func holes(isRead: Bool) {
    let leading = Supplied(sparse([(512, 512)], realSize: 1024))
    #expect(Reading(leading) { _ in isRead }.failure == .sparse("a"))
    let middle = Supplied(sparse([(0, 512), (4096, 512)], realSize: 4608))
    #expect(Reading(middle) { _ in isRead }.failure == .sparse("a"))
  }

  @Test("a hole at the end is a hole")
  func holeAtEnd() {
    let reading = Reading(sparse([(0, 512), (4096, 0)], realSize: 4096))
    #expect(reading.members.first?.member.size ?? 4096 == 4096)
    #expect(reading.failure == .sparse("a"))
  }

  // MARK: Damage

  @Test("of a part of an archive there are fewer members, or none, never others")
  func prefixes() {
    let archive = Tarball.tarGz(Self.small)
    let whole = Reading(archive)
    #expect(whole.names.count == Self.small.count)
    for count in archive.indices {
      let reading = Reading(Array(archive[..<count]))
      #expect(reading.failure != nil || reading.members == whole.members, "the first \(count) bytes")
      for (read, right) in zip(reading.members, whole.members) {
        #expect(read == right, "the first \(count) bytes")
      }
      #expect(reading.members.count <= whole.members.count)
    }
  }

  @Test("of a tar that ends too early there are fewer members, or none, never others")
  func tarPrefixes() {
    let tar = Tarball.tar(Self.small)
    let whole = Reading(Tarball.gzip(tar)).members
    for count in stride(from: 0, to: tar.count, by: 37) {
      let reading = Reading(Tarball.gzip(Array(tar[..<count])))
      #expect(Array(whole.prefix(reading.members.count)) == reading.members, "the first \(count) bytes")
    }
  }

  @Test("flipped bytes end in an error or in some members", arguments: 1...4)
  func flips(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let tar = Tarball.tar(Self.small)
    let most = 100 << 10
    for _ in 0..<100 {
      var damaged = tar
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        damaged[Int.random(in: damaged.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      // Inside and outside of the compression.
      var packed = Tarball.gzip(damaged)
      if Bool.random(using: &generator) {
        packed[Int.random(in: packed.indices, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      }
      let reading = Reading(packed)
      #expect(reading.members.reduce(0) { $0 + $1.content.count } < most)
      #expect(reading.members.count <= 40)
    }
  }

  @Test("flipped bits of headers with a right sum end in an error or in some members", arguments: 1...4)
  func flipsWithSum(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      var entry = TarEntry.file("x", [UInt8](repeating: 1, count: Int.random(in: 0...1100, using: &generator)))
      entry.kind = .other(UInt8.random(in: 0...255, using: &generator))
      entry.naming = [.plain, .gnu, .pax].randomElement(using: &generator) ?? .plain
      if Bool.random(using: &generator) { entry.declaredSize = Int64.random(in: -5000...5000, using: &generator) }
      let reading = Reading(Tarball.tarGz([.file("before", "b"), entry, .file("after", "a")]))
      #expect(reading.members.reduce(0) { $0 + $1.content.count } < 10_000)
      #expect(reading.names.first == "before" || reading.failure != nil)
    }
  }

  // MARK: Something else

  @Test(
    "what is no tar.gz is broken",
    arguments: [
      [], [0], [0x1f], [0x1f, 0x8b], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], Array("<html>not found</html>\n".utf8),
      Tarball.gzip([]), Tarball.gzip(Array("a text that is no tar\n".utf8)),
      Tarball.gzip([UInt8](repeating: 0x41, count: 5000)), [UInt8](repeating: 0, count: 3),
      Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 2000),
    ] as [[UInt8]])
  func somethingElse(_ bytes: [UInt8]) {
    let reading = Reading(bytes)
    #expect(reading.members.isEmpty)
    #expect(isBroken(reading.failure), "\(String(describing: reading.failure))")
  }

  @Test("a tar that is not compressed, or twice, is no tar.gz", arguments: [0, 2])
  func otherwiseCompressed(_ times: Int) {
    var bytes = Tarball.tar([.file("a", "a")])
    for _ in 0..<times { bytes = Tarball.gzip(bytes) }
    #expect(isBroken(Reading(bytes).failure))
  }

  @Test("an archive of nothing has no members, and is none the worse for it")
  func nothing() {
    #expect(Reading(Tarball.tarGz([])) == Reading(Tarball.tarGz([]), piece: 1))
    #expect(Reading(Tarball.tarGz([])).members.isEmpty)
    #expect(Reading(Tarball.tarGz([])).failure == nil)
  }

  @Test("what follows the end of the archive is not looked at")
  func afterTheEnd() {
    let archive = Tarball.gzip(Tarball.tar([.file("a", "a")]) + Tarball.tar([.file("b", "b")]))
    #expect(Reading(archive).names == ["a"])
    #expect(Reading(Tarball.tarGz([.file("a", "a")]) + Array("trailing".utf8)).names == ["a"])
  }

  @Test("the words of an error are there to be read")
  func words() {
    guard case .broken(let words) = Reading(Array("no archive".utf8)).failure else {
      Issue.record("it is no archive")
      return
    }
    #expect(!words.isEmpty)
    #expect(!words.contains("\n"))
  }
}
