import Dataset
import MarkedText
import Project
import Testing

@Suite("What two locks differ in, atlases among it")
struct LockDifferenceTests {
  private static func lock(
    _ atlases: [String], _ letter: String = "a", members: [String] = ["m.gii"], url: String? = nil
  ) throws -> Lockfile {
    let lab = try Desk.catalog(
      "lab",
      atlases: atlases.map { name in
        Desk.atlas(name, letter, members.map { "\(name.replacing("/", with: "-"))\($0)" }, url: url)
      })
    return try Desk.lock(atlases: "all", catalogs: [lab])
  }

  @Test("without an older lock everything is added, maps before atlases")
  func first() throws {
    let lock = try Desk.readLock(try LockFixture.pinnedAtlases.text())
    let difference = LockDifference(from: nil, to: lock)
    #expect(difference.added.map(\.description) == ["a/blob/MNI152/2mm", "fsLR/32k", "regfusion"])
    #expect(difference.removed.isEmpty && difference.changed.isEmpty)
  }

  @Test("atlases are added and removed by name")
  func addedAndRemoved() throws {
    let difference = LockDifference(from: try Self.lock(["a/1k", "b"]), to: try Self.lock(["b", "a/2k"]))
    #expect(difference.added.map(\.description) == ["a/2k"])
    #expect(difference.removed.map(\.description) == ["a/1k"])
    #expect(difference.changed.isEmpty)
  }

  @Test("an atlas changes with its archive's bytes, its address and its files")
  func changed() throws {
    let base = try Self.lock(["a/1k", "b"])
    for other in [
      try Self.lock(["a/1k", "b"], "b"), try Self.lock(["a/1k", "b"], url: "elsewhere"),
      try Self.lock(["a/1k", "b"], members: ["n.gii"]), try Self.lock(["a/1k", "b"], members: ["m.gii", "n.gii"]),
    ] {
      #expect(LockDifference(from: base, to: other).changed.map(\.description) == ["a/1k", "b"])
      #expect(LockDifference(from: other, to: base).changed.map(\.description) == ["a/1k", "b"])
    }
  }

  @Test("what was merely learned is no change, and neither is forgetting it")
  func learned() throws {
    let base = try Self.lock(["a/1k", "b"])
    let unpacked = base.unpacked("d")
    #expect(unpacked != base)
    #expect(LockDifference(from: base, to: base).isEmpty)
    #expect(LockDifference(from: base, to: unpacked).isEmpty)
    #expect(LockDifference(from: unpacked, to: base).isEmpty)
  }

  @Test("members with other pins are a change")
  func otherPins() throws {
    let base = try Self.lock(["a/1k", "b"])
    #expect(
      LockDifference(from: base.unpacked("d"), to: base.unpacked("f")).changed.map(\.description) == ["a/1k", "b"])
  }
}
