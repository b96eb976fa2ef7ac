import Diagnostics
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Beginning a project")
struct WorkspaceInitTests {
  private func start(_ lab: Lab) throws -> [String] { try Workspace.initialize(lab.world(), lab.settings) }

  @Test("a manifest and a line for git are written, and the manifest is right")
  func writes() async throws {
    let lab = try Lab()
    #expect(try start(lab) == ["neuromaps.yaml", ".gitignore"])
    #expect(try lab.text("neuromaps.yaml") == Workspace.template)
    #expect(try lab.text(".gitignore") == "/data/\n")
    let manifest = try ManifestReader.read(lab.source("neuromaps.yaml"))
    #expect(manifest.entries.isEmpty)
    #expect(manifest.dataDir == "data")
    let result = try await lab.sync()
    #expect(result.failure == nil)
    #expect(result.outcomes.isEmpty)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("the examples in the comments are right, too")
  func examples() async throws {
    let lab = try Lab()
    let text = Workspace.template
      .replacing("annotations: []", with: "annotations:")
      .replacing("#  - ", with: "  - ").replacing("#    space", with: "    space")
      .replacing("# prefer:", with: "prefer:").replacing("#   space", with: "  space")
      .replacing("# groups:", with: "groups:").replacing("#   figures", with: "  figures")
      .replacing("#     annotations", with: "    annotations").replacing("#      - ", with: "     - ")
    try lab.write(text)
    let result = try await lab.offline.makeLock()
    #expect(!result.lock.maps.isEmpty)
    #expect(result.lock.maps.contains { $0.groups == ["figures"] })
    #expect(result.warnings.map(\.code) == [.pinsIncomplete])
  }

  @Test(
    "a manifest that is there stays, and so does everything else", arguments: ["neuromaps.yaml", "neuromaps.yaml/x"])
  func neverOverwrites(_ path: String) async throws {
    let lab = try Lab()
    try lab.write("mine", at: path)
    let failure = try await failure { _ = try start(lab) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.alreadyThere])
    #expect(try lab.bench.tree(lab.project("")) == [path: Array("mine".utf8)])
  }

  @Test(
    "git's file gets the line once, and keeps every byte it has",
    arguments: [
      ("", "/data/\n"), ("*.pyc\n", "*.pyc\n/data/\n"), ("*.pyc", "*.pyc\n/data/\n"), ("# data\n", "# data\n/data/\n"),
      ("/data/\n", nil), ("x\ndata\ny\n", nil), ("data/", nil), ("/data", nil), ("/data2/\n", "/data2/\n/data/\n"),
    ] as [(String, String?)])
  func gitignore(_ before: String, _ after: String?) throws {
    let lab = try Lab()
    try lab.write(before, at: ".gitignore")
    #expect(try start(lab) == (after == nil ? ["neuromaps.yaml"] : ["neuromaps.yaml", ".gitignore"]))
    #expect(try lab.text(".gitignore") == after ?? before)
  }

  @Test("bytes of git's file that are no UTF-8 are kept")
  func gitignoreBytes() throws {
    let lab = try Lab()
    let bytes: [UInt8] = [0xff, 0x2f, 0xe9, 0x0a]
    try lab.bench.put(bytes, at: lab.project(".gitignore"))
    _ = try start(lab)
    #expect(try lab.bench.bytes(lab.project(".gitignore")) == bytes + Array("/data/\n".utf8))
  }

  @Test("a project can be begun in another folder, which is made")
  func elsewhere() throws {
    var lab = try Lab()
    lab.settings.project = "new/one"
    _ = try start(lab)
    #expect(try lab.text("new/one/neuromaps.yaml") == Workspace.template)
    #expect(try lab.text("new/one/.gitignore") == "/data/\n")
    #expect(try lab.text("neuromaps.yaml") == nil)
  }

  @Test("a folder that cannot be written to is told of")
  func unwritable() async throws {
    let lab = try Lab()
    lab.files.makeReadOnly()
    let failure = try await failure { _ = try start(lab) }
    #expect(failure?.reason == .couldNot)
    #expect(failure?.diagnostics.map(\.code) == [.fileFailed])
  }
}
