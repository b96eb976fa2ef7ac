import Catalog
import Dataset
import Neuromaps
import SystemPackage
import TestWorld
import Testing

@Suite("What is at hand")
struct WorkspaceAtHandTests {
  private func names(_ lab: Lab) throws -> [String] { try lab.workspace().catalogsAtHand().catalogs.map(\.name) }

  @Test("without a project is the built-in catalog, and nothing else")
  func noProject() throws {
    let lab = try Lab()
    #expect(try names(lab) == ["neuromaps"])
    #expect(try lab.workspace().lockedAtHand().isEmpty)
    #expect(try lab.workspace().lockedFilesAtHand().isEmpty)
    #expect(try lab.workspace().groupsAtHand().isEmpty)
  }

  @Test("are the catalogs among the project's files, those that can be read")
  func catalogs() throws {
    let lab = try Lab()
    let digest = String(repeating: "0", count: 64)
    try lab.write(Lab.catalog(Lab.all), at: "catalog.yaml")
    try lab.write("version: 1\nname: [", at: "broken.yaml")
    try lab.write(Lab.catalog(Lab.all), at: "again.yaml")
    try lab.write("", at: "sub/folder.yaml")
    try lab.write(
      """
      version: 1
      catalogs:
        - path: missing.yaml
        - path: broken.yaml
        - path: sub
        - {url: "https://h/c.yaml", sha256: "\(digest)"}
        - path: catalog.yaml
        - path: again.yaml
      annotations: [lab/beta/MNI152/2mm]
      """)
    lab.forget()
    #expect(try names(lab) == ["neuromaps", "lab"])
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("is no file of more than 8 MiB, which is not even opened")
  func largeCatalog() throws {
    let lab = try Lab.complete()
    #expect(try names(lab) == ["lab"])
    try lab.write(Lab.catalog(Lab.all) + String(repeating: "#", count: 8 << 20), at: "catalog.yaml")
    lab.forget()
    #expect(try names(lab).isEmpty)
    #expect(!lab.files.records.contains { $0.call == .read && $0.path == lab.project("catalog.yaml") })
  }

  @Test("is what is locked, maps before atlases, also while the manifest is half written")
  func locked() async throws {
    let lab = try Lab.complete(atlases: [.mine])
    try await lab.makeLock()
    lab.forget()
    lab.files.makeReadOnly()
    let items = ["lab/alpha/fsLR/32k", "lab/beta/MNI152/2mm", "mine/1k"]
    #expect(try lab.workspace().lockedAtHand().map(\.description) == items)
    let files = try lab.workspace().lockedFilesAtHand()
    #expect(files.first == "data/\(Lab.left.path.text)")
    #expect(files.count == 5)
    #expect(lab.files.writes.isEmpty)
    lab.files.makeReadOnly(false)
    try lab.write("version: 1\nannotations:\n  - lab/", at: "neuromaps.yaml")
    #expect(try lab.workspace().lockedAtHand().map(\.description) == items)
  }

  @Test("is nothing of a lock that is wrong")
  func wrongLock() async throws {
    let lab = try Lab.complete()
    try await lab.makeLock()
    try lab.write("<<<<<<< HEAD\n" + (try lab.text("neuromaps.lock") ?? ""), at: "neuromaps.lock")
    #expect(try lab.workspace().lockedAtHand().isEmpty)
    #expect(try lab.workspace().lockedFilesAtHand().isEmpty)
  }

  @Test("are the manifest's groups, in its order")
  func groups() throws {
    let lab = try Lab.complete()
    try lab.write(
      Lab.manifest(
        "- lab/alpha/fsLR/32k",
        also: "groups:\n  z: {annotations: [lab/beta/MNI152/2mm]}\n  a: {annotations: [lab/beta/MNI152/2mm]}"))
    #expect(try lab.workspace().groupsAtHand() == ["z", "a"])
  }
}
