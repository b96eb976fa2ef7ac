import Dataset
import Effects
import Store
import SystemPackage
import TestWorld
import Testing

@Suite("Downloads that are not finished, in the store")
struct PartialObjectTests {
  private let bytes: [UInt8] = (0..<2000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
  private var sums: Checksums { MadeFile.checksums(of: bytes) }
  private let tag = Validator(server: "https://x.org", tag: "\"abc\"")

  private func with(_ body: (ObjectStore, FakeBench) throws -> Void) throws {
    let bench = try FakeBench()
    try body(ObjectStore(bench.files, at: bench.at("store")), bench)
  }

  @Test("what was kept is found again, with what the server called it, and ends as an object")
  func goesOn() throws {
    try with { store, bench in
      var first = try #require(try store.resumableIntake(expecting: sums))
      try first.restart(tag)
      try first.append(Array(bytes.prefix(700)))
      try first.keep()
      #expect(try store.object(sums) == nil)
      var second = try #require(try store.resumableIntake(expecting: sums))
      #expect(second.count == 700)
      #expect(second.validator == tag)
      try second.append(Array(bytes.dropFirst(700)))
      #expect(second.checksums == sums)
      let object = try store.add(second, as: second.checksums)
      #expect(try bench.bytes(object.path) == bytes)
      #expect(try bench.tree(bench.at("store")).keys.allSatisfy { !$0.contains("partial") })
    }
  }

  @Test("nothing is kept of nothing, and nothing stays of what is discarded")
  func nothing() throws {
    try with { store, bench in
      var empty = try #require(try store.resumableIntake(expecting: sums))
      try empty.keep()
      var full = try #require(try store.resumableIntake(expecting: sums))
      #expect(full.count == 0)
      try full.restart(tag)
      try full.append(bytes)
      try full.keep()
      let again = try #require(try store.resumableIntake(expecting: sums))
      again.discard()
      #expect(try bench.tree(bench.at("store")) == [:])
    }
  }

  @Test("an intake that begins anew forgets bytes and name")
  func restarts() throws {
    try with { store, bench in
      var intake = try #require(try store.resumableIntake(expecting: sums))
      try intake.restart(tag)
      try intake.append(bytes)
      try intake.keep()
      var again = try #require(try store.resumableIntake(expecting: sums))
      try again.restart(nil)
      #expect(again.count == 0)
      try again.append(Array(bytes.prefix(5)))
      try again.keep()
      let third = try #require(try store.resumableIntake(expecting: sums))
      #expect(third.count == 5)
      #expect(third.validator == nil)
      third.discard()
    }
  }

  @Test("a damaged note of the name costs the name, and damaged bytes are told by their digest")
  func damage() throws {
    try with { store, bench in
      var intake = try #require(try store.resumableIntake(expecting: sums))
      try intake.restart(tag)
      try intake.append(Array(bytes.prefix(700)))
      try intake.keep()
      let names = try bench.files.names(in: bench.at("store/v1/partial")).sorted()
      #expect(names == [sums.md5.map { "\($0)" } ?? "", sums.md5.map { "\($0).tag" } ?? ""])
      try bench.put(Array("neuromaps-partial 1 lies\nx\ty\n".utf8), at: bench.at("store/v1/partial/\(names[1])"))
      try bench.put(Array(repeating: 0, count: 700), at: bench.at("store/v1/partial/\(names[0])"))
      var again = try #require(try store.resumableIntake(expecting: sums))
      #expect(again.validator == nil)
      try again.append(Array(bytes.dropFirst(700)))
      #expect(again.checksums.size == sums.size)
      #expect(!again.checksums.agrees(with: sums))
      again.discard()
    }
  }

  @Test("while one takes bytes in, another does not; whoever lets go lets the next one go on")
  func oneAtATime() throws {
    try with { store, bench in
      var first = try #require(try store.resumableIntake(expecting: sums))
      try first.append(Array(bytes.prefix(700)))
      #expect(try store.resumableIntake(expecting: sums) == nil)
      #expect(try store.partialSize(of: sums) == 700)
      try first.keep()
      var second = try #require(try store.resumableIntake(expecting: sums))
      #expect(second.count == 700)
      try second.append(Array(bytes.dropFirst(700)))
      let object = try store.add(second, as: second.checksums)
      #expect(try bench.bytes(object.path) == bytes)
      let third = try #require(try store.resumableIntake(expecting: sums))
      #expect(third.count == 0)
      third.discard()
      #expect(try bench.drafts(bench.root) == [])
    }
  }

  @Test("what nobody has gone on with for two weeks is swept, and what is newer stays")
  func sweeps() throws {
    try with { store, bench in
      var intake = try #require(try store.resumableIntake(expecting: sums))
      try intake.restart(tag)
      try intake.append(bytes)
      try intake.keep()
      bench.disk.pass(13 * 86_400 * 1_000_000_000)
      try store.sweep()
      #expect(try bench.files.names(in: bench.at("store/v1/partial")).count == 2)
      bench.disk.pass(2 * 86_400 * 1_000_000_000)
      try store.sweep()
      #expect(try bench.files.names(in: bench.at("store/v1/partial")).isEmpty)
    }
  }

  @Test("a large one leaves the name also when its run is killed")
  func killed() throws {
    try with { store, bench in
      var intake = try #require(try store.resumableIntake(expecting: sums))
      try intake.restart(tag)
      let piece = [UInt8](repeating: 1, count: 3 << 20)
      for _ in 0..<3 { try piece.withUnsafeBytes { try intake.append($0) } }
      bench.disk.restart(.everything)
      let again = try #require(try store.resumableIntake(expecting: sums))
      #expect(again.count == 9 << 20)
      #expect(again.validator == tag)
      again.discard()
    }
  }

  @Test("only a strong tag is a name", arguments: ["W/\"x\"", "x", "\"x", "\"a b\"", "\"a\n\"", "\""])
  func weakTags(_ text: String) {
    #expect(Validator(server: "https://x.org", tag: text) == nil)
  }
}
