import Catalog
import Dataset
import Diagnostics
import Neuromaps
import Project
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Fetching maps without a lock")
struct WorkspaceFetchTests {
  private func query(_ patterns: [MapQuery.Key: String], restricted: Bool = false) -> MapQuery {
    MapQuery(patterns.mapValues { [Glob($0)] }, includesRestricted: restricted)
  }

  private func paths(_ lab: Lab, _ query: MapQuery) async throws -> [String] {
    try await lab.workspace().fetch(query, repairs: false).outcomes.map(\.file.path.text)
  }

  @Test("the maps that match come, and no lock is written")
  func fetches() async throws {
    let lab = try Lab.complete()
    let result = try await lab.workspace().fetch(query([.space: "fsLR"]), repairs: false)
    #expect(result.fates == [.downloaded, .downloaded])
    #expect(result.failure == nil)
    #expect(result.folder == lab.project("data"))
    #expect(try lab.bench.bytes(lab.data(Lab.left)) == Lab.left.bytes)
    #expect(try lab.text("neuromaps.lock") == nil)
    lab.forget()
    #expect(try await lab.workspace().fetch(query([.space: "fsLR"]), repairs: false).fates == [.unchanged, .unchanged])
    #expect(lab.files.writes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("one hemisphere can be had alone")
  func hemisphere() async throws {
    let lab = try Lab.complete()
    #expect(try await paths(lab, query([.hemi: "R"])) == [Lab.right.path.text])
  }

  @Test("restricted maps come only when asked for or named in full")
  func restricted() async throws {
    var lab = try Lab.complete()
    lab.variables["NEUROMAPS_OSF_TOKEN"] = "right"
    let open = Set(Lab.open.map(\.path.text))
    #expect(Set(try await paths(lab, query([.source: "lab"]))) == open)
    #expect(Set(try await paths(lab, query([.source: "lab"], restricted: true))) == open.union([Lab.secret.path.text]))
    let full = query([.source: "lab", .desc: "gamma", .space: "MNI152", .res: "1mm"])
    #expect(try await paths(lab, full) == [Lab.secret.path.text])
    lab.variables["NEUROMAPS_OSF_TOKEN"] = nil
    lab.settings.dataDir = "other"
    lab.settings.cacheDir = "cache"
    #expect(try await lab.workspace().fetch(full, repairs: false).failure?.reason == .tokenNeeded)
  }

  @Test("what matches nothing is told of")
  func nothing() async throws {
    let lab = try Lab.complete()
    let failure = try await failure {
      _ = try await lab.workspace().fetch(query([.desc: "omega"]), repairs: false)
    }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.noSuchMap])
    let unknown = try await lab.workspace().reasonsForNothing(in: query([.desc: "alpa", .space: "fsLR"]))
    #expect(unknown.map(\.code) == [.unknownValue])
    #expect(unknown.first?.severity == .warning)
    #expect(unknown.first?.hints.first?.contains("alpha") == true)
    let restricted = try await lab.workspace().reasonsForNothing(in: query([.desc: "gam*"]))
    #expect(restricted.map(\.code) == [.onlyRestricted])
    #expect(restricted.first?.message.contains("lab/gamma/MNI152/1mm") == true)
  }

  @Test("of a map that two catalogs hold the first one's is taken")
  func firstCatalog() async throws {
    var other = Lab.beta
    other.bytes.reverse()
    let lab = try Lab(.osf(Lab.all))
    try lab.write(Lab.catalog([Lab.beta]), at: "one.yaml")
    try lab.write(Lab.catalog([other], name: "aaa"), at: "two.yaml")
    for (order, bytes) in [(["one", "two"], Lab.beta.bytes), (["two", "one"], other.bytes)] {
      try lab.write(
        "version: 1\ndata_dir: \(order[0])\nbuiltin: false\ncatalogs: [{path: \(order[0]).yaml}, {path: \(order[1]).yaml}]\n"
      )
      #expect(try await lab.workspace().maps(query([.desc: "beta"])).count == 1)
      let result = try await lab.workspace().fetch(query([.desc: "beta"]), repairs: false)
      #expect(result.lock.files.map(\.checksums?.md5) == [MadeFile.checksums(of: bytes).md5])
    }
  }

  @Test("relative origins of the lab's catalog are found")
  func relativeOrigins() async throws {
    let lab = try Lab(.silent())
    try lab.write(Lab.catalog([Lab.beta]) { _ in "url: ../maps/beta" }, at: "sub/c.yaml")
    try lab.bench.put(Lab.beta.bytes, at: lab.project("maps/beta"))
    try lab.write("version: 1\ndata_dir: data\nbuiltin: false\ncatalogs: [{path: sub/c.yaml}]\n")
    #expect(try await lab.workspace().fetch(query([.desc: "beta"]), repairs: false).failure == nil)
  }

  @Test("without a project the built-in catalog answers, into the user's own folder")
  func withoutProject() async throws {
    let lab = try Lab(.silent())
    let one = query([.source: "abagen", .desc: "genepc1"])
    #expect(try await lab.workspace().maps(one).count > 0)
    let result = try await lab.workspace().fetch(one, repairs: false)
    #expect(result.folder == "/home/u/neuromaps-data")
    #expect(result.failure?.reason == .couldNot)
  }

  @Test("a changed file stays unless it shall be repaired")
  func repairs() async throws {
    let lab = try Lab.complete()
    try lab.bench.put([1], at: lab.data(Lab.beta))
    let beta = query([.desc: "beta"])
    #expect(try await lab.workspace().fetch(beta, repairs: false).failure?.reason == .dataDiffers)
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == [1])
    #expect(try await lab.workspace().fetch(beta, repairs: true).failure == nil)
    #expect(try lab.bench.bytes(lab.data(Lab.beta)) == Lab.beta.bytes)
  }
}
