import Diagnostics
import Effects
import Neuromaps
import SystemPackage
import TestWorld
import Testing

@Suite("Where a command works")
struct WorkspaceTests {
  @Test("the nearest folder with a manifest or a lock is the project", arguments: ["neuromaps.yaml", "neuromaps.lock"])
  func nearest(_ name: String) throws {
    var lab = try Lab()
    try lab.write("", at: name)
    try lab.write("", at: "sub/folder/notes")
    #expect(try lab.workspace().project == lab.project(""))
    lab.current = lab.project("sub/folder")
    #expect(try lab.workspace().project == lab.project(""))
    try lab.write("", at: "sub/neuromaps.yaml")
    #expect(try lab.workspace().project == lab.project("sub"))
    lab.current = lab.bench.root
    #expect(try lab.workspace().project == nil)
  }

  @Test("a folder that is called like a manifest is none")
  func folderInPlace() throws {
    let lab = try Lab()
    try lab.write("", at: "neuromaps.yaml/x")
    #expect(try lab.workspace().project == nil)
  }

  @Test("a project can be named", arguments: ["other", "./other/", "../project/other", "/bench/project/other"])
  func named(_ text: String) throws {
    var lab = try Lab.complete()
    try lab.write("", at: "other/neuromaps.yaml")
    lab.settings.project = text
    #expect(try lab.workspace().project == lab.project("other"))
  }

  @Test("a named folder without a project is told of")
  func namedWithout() async throws {
    var lab = try Lab.complete()
    lab.settings.project = "nowhere"
    let failure = try await failure { _ = try lab.workspace() }
    #expect(failure?.reason == .wrongInput)
    #expect(failure?.diagnostics.map(\.code) == [.noManifest])
  }

  @Test("without a project, what needs one says how to make one")
  func without() async throws {
    let lab = try Lab()
    for work in [
      { try await lab.sync() }, { try await lab.makeLock() }, { _ = try lab.workspace().checkedLock() },
      { _ = try await lab.workspace().status() }, { _ = try await lab.workspace().verify() },
      { _ = try lab.workspace().paths([]) },
    ] as [() async throws -> Void] {
      let failure = try await failure(work)
      #expect(failure?.reason == .wrongInput)
      #expect(failure?.diagnostics.map(\.code) == [.noManifest])
    }
    #expect(lab.files.writes.isEmpty)
  }

  @Test(
    "the data directory is the setting's, the environment's, the manifest's, the user's, in this order",
    arguments: [
      ("set", "env", "data_dir: own", "/bench/project/sub/set"),
      (nil, "env", "data_dir: own", "/bench/project/sub/env"),
      (nil, nil, "data_dir: own", "/bench/project/own"), (nil, nil, "data_dir: /far/own", "/far/own"),
      (nil, nil, "data_dir: ../own", "/bench/own"), (nil, nil, "data_dir: ~/own", "/home/u/own"),
      (nil, nil, "data_dir: '~'", "/home/u"), (nil, nil, "", "/home/u/neuromaps-data"),
      (nil, "", "", "/home/u/neuromaps-data"), ("~/set", "env", "", "/home/u/set"), ("/set", nil, "", "/set"),
      (nil, "~/env", "", "/home/u/env"),
    ] as [(String?, String?, String, String)])
  func dataPath(_ setting: String?, _ variable: String?, _ manifest: String, _ expected: String) async throws {
    var lab = try Lab()
    try lab.write("version: 1\n\(manifest)\nannotations: []\n")
    try lab.write("", at: "sub/x")
    lab.current = lab.project("sub")
    lab.settings.dataDir = setting
    lab.variables["NEUROMAPS_DATA"] = variable
    #expect(try await lab.sync(isDryRun: true).folder == FilePath(expected))
  }

  @Test(
    "the store is the setting's, the environment's, the user's cache, in this order",
    arguments: [
      ("set", "env", "/xdg", "/bench/project/set"), (nil, "env", "/xdg", "/bench/project/env"),
      (nil, nil, "/xdg", "/xdg/neuromaps"), (nil, nil, nil, "/home/u/.cache/neuromaps"),
      (nil, "", "", "/home/u/.cache/neuromaps"),
    ] as [(String?, String?, String?, String)])
  func store(_ setting: String?, _ variable: String?, _ xdg: String?, _ expected: String) async throws {
    var lab = try Lab.complete()
    lab.settings.cacheDir = setting
    lab.variables["NEUROMAPS_CACHE_DIR"] = variable
    lab.variables["XDG_CACHE_HOME"] = xdg
    try await lab.sync()
    let objects = lab.bench.disk.everything().keys.filter { $0.contains("/v1/sha256/") }
    #expect(objects.count == Lab.open.count)
    #expect(objects.allSatisfy { $0.hasPrefix("\(expected)/v1/") })
  }

  @Test("without a home, nothing is made in a folder called `~`")
  func noHome() async throws {
    var lab = try Lab.complete()
    lab.variables["HOME"] = nil
    _ = try await failure { try await lab.sync() }
    #expect(!lab.bench.disk.everything().keys.contains { $0.contains("~") })
  }

  @Test(
    "an address in the environment that is none is told of",
    arguments: [
      ("NEUROMAPS_OSF_URL", "files.osf.io"), ("NEUROMAPS_OSF_URL", "ftp://x"), ("NEUROMAPS_MIRRORS", "https://a.org,b"),
    ])
  func badAddress(_ name: String, _ value: String) async throws {
    var lab = try Lab.complete()
    lab.variables[name] = value
    let failure = try await failure { try await lab.sync() }
    #expect(failure?.reason == .wrongInput)
    #expect(failure?.diagnostics.first?.code == .badAddress)
    #expect(failure?.diagnostics.first?.message.contains(name) == true)
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("mirrors are the environment's or, failing that, the manifest's")
  func mirrors() async throws {
    var lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm", also: "mirrors: [https://one.example.org]"))
    try await lab.sync()
    #expect(lab.transport.downloads.first?.url == "https://one.example.org/\(Lab.beta.path)")
    lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm", also: "mirrors: [https://one.example.org]"))
    lab.variables["NEUROMAPS_MIRRORS"] = "https://two.example.org,https://three.example.org/x/"
    try await lab.sync()
    #expect(
      lab.transport.downloads.prefix(2).map(\.url) == [
        "https://two.example.org/\(Lab.beta.path)", "https://three.example.org/x/\(Lab.beta.path)",
      ])
  }
}
