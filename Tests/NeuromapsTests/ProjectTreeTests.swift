import Catalog
import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import SystemPackage
import TestWorld
import Testing

@Suite("Which line brings in what")
struct ProjectTreeTests {
  private static let alpha = "lab/alpha/fsLR/32k"
  private static let beta = "lab/beta/MNI152/2mm"
  private static let delta = "lab/delta/MNI152/2mm"

  private func codes(_ failure: NeuromapsFailure?) -> [DiagnosticCode] { failure?.diagnostics.map(\.code) ?? [] }

  /// A lab whose lines overlap.
  private func lab(_ transport: ScriptedTransport = .silent()) throws -> Lab {
    let lab = try Lab.withGroups(transport)
    try lab.write([LabAtlas.mine, .tiny])
    let text = try #require(try lab.text("catalog.yaml"))
    try lab.write(
      text.replacing("atlases:\n", with: "\(Self.entry(of: Lab.delta))atlases:\n"), at: "catalog.yaml")
    try lab.write(
      """
      version: 1
      data_dir: data
      builtin: false
      catalogs: [{path: catalog.yaml}]
      annotations:
        - lab/alpha/fsLR/32k
        - source: lab
          format: volume
          exclude: [lab/delta/*/*]
        - {source: lab, hemi: L}
      atlases:
        - tiny
      groups:
        figures:
          annotations:
            - lab/delta/MNI152/2mm
            - [lab, beta, MNI152, 2mm]
          atlases: ["mine/*"]
      """)
    return lab
  }

  private static func entry(of file: MadeFile) -> String {
    "  - {map: \(file.map), files: [{osf: \(MadeFile.project)/\(file.id), md5: \(file.checksums.md5?.hex ?? "")}]}\n"
  }

  // MARK: Branches

  @Test("are the manifest's lines in its order, the groups' behind, each with all that it brings in")
  func branches() async throws {
    let tree = try await lab().workspace().tree()
    #expect(tree.branches.map(\.location.span.start.line) == [6, 7, 10, 12, 16, 17, 18])
    #expect(tree.branches.allSatisfy { $0.location.file == "neuromaps.yaml" })
    #expect(tree.branches.map(\.group) == [nil, nil, nil, nil, "figures", "figures", "figures"])
    #expect(
      tree.branches.map(\.text) == [
        Self.alpha, "{exclude: [lab/delta/*/*], format: [volume], source: [lab]}", "{hemi: [L], source: [lab]}",
        "tiny", Self.delta, Self.beta, "mine/*",
      ])
    let items = tree.branches.map { $0.items.map(\.description) }
    #expect(items == [[Self.alpha], [Self.beta], [Self.alpha], ["tiny"], [Self.delta], [Self.beta], ["mine/1k"]])
    #expect(tree.warnings.isEmpty)
  }

  @Test("a map has every line that brings it in")
  func branchesWithItem() async throws {
    let tree = try await lab().workspace().tree()
    func lines(_ map: String) throws -> [Int] {
      let id = try #require(AnnotationID(map))
      return tree.branches(with: .map(id)).map(\.location.span.start.line)
    }
    #expect(try lines(Self.alpha) == [6, 10])
    #expect(try lines(Self.beta) == [7, 17])
    #expect(try lines(Self.delta) == [16])
    #expect(try lines("lab/gamma/MNI152/1mm").isEmpty)
  }

  @Test("what `prefer` passes over is not what the line brings in")
  func preferred() async throws {
    let other = MadeFile("lab/alpha/MNI152/2mm", size: 70)
    let lab = try Lab(.silent())
    try lab.write(Lab.catalog(Lab.open + [other]), at: "catalog.yaml")
    try lab.write(Lab.manifest("- lab/alpha/*/*", "- lab/alpha/MNI152/2mm", also: "prefer: {space: [fsLR]}"))
    let tree = try await lab.workspace().tree()
    #expect(tree.branches.map { $0.items.map(\.description) } == [[Self.alpha], ["lab/alpha/MNI152/2mm"]])
  }

  // MARK: Locks

  @Test("without a lock it is what would be locked; nothing is asked for and nothing written")
  func withoutLock() async throws {
    let lab = try lab()
    lab.forget()
    let tree = try await lab.workspace().tree()
    #expect(tree.lock.maps.count == 3)
    #expect(tree.lock.files.allSatisfy { $0.checksums?.sha256 == nil })
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.files.writes.isEmpty)
    #expect(try lab.text("neuromaps.lock") == nil)
  }

  @Test("with a lock it has the lock's pins")
  func withLock() async throws {
    let lab = try Lab.withGroups()
    try await lab.makeLock()
    lab.forget()
    let tree = try await lab.workspace().tree()
    #expect(try tree.lock == lab.lock())
    #expect(tree.warnings.isEmpty)
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("a lock that is stale is told of, and the lines are those of the manifest now")
  func staleLock() async throws {
    let lab = try Lab.withGroups()
    try await lab.makeLock()
    try lab.write(Lab.manifest("- \(Self.beta)"))
    let tree = try await lab.workspace().tree()
    #expect(tree.branches.map { $0.items.map(\.description) } == [[Self.beta]])
    #expect(tree.warnings.map(\.code) == [.lockStale])
    #expect(tree.warnings.map(\.severity) == [.warning])
    #expect(tree.lock.files.map(\.checksums) == [Lab.beta.checksums])
  }

  @Test("a map that has left its catalog stands where it was, also below a selector; it is told of once")
  func departed() async throws {
    let lab = try Lab.complete()
    try lab.write(Lab.manifest("- \(Self.beta)", "- {source: lab}"))
    try await lab.makeLock()
    try lab.write(Lab.catalog([Lab.left, Lab.right], revision: "2"), at: "catalog.yaml")
    let tree = try await lab.workspace().tree()
    #expect(tree.branches.map { $0.items.map(\.description) } == [[Self.beta], [Self.alpha, Self.beta]])
    #expect(tree.warnings.map(\.code) == [.leftCatalog])
    #expect(tree.warnings.first?.location?.span.start.line == 8)
  }

  @Test("a map that is called otherwise now stands below the line that has its old name")
  func renamed() async throws {
    let lab = try Lab(.silent())
    try lab.write(
      Lab.catalog(Lab.open) + "renamed: [{from: lab/betamax, to: lab/beta}]\n", at: "catalog.yaml")
    try lab.write(Lab.manifest("- lab/betamax/MNI152/2mm"))
    let tree = try await lab.workspace().tree()
    #expect(tree.branches.map(\.text) == ["lab/betamax/MNI152/2mm"])
    #expect(tree.branches.map { $0.items.map(\.description) } == [[Self.beta]])
    #expect(tree.warnings.map(\.code) == [.matchesNothing])
  }

  @Test("a manifest that cannot be answered is told of as by `lock`")
  func wrongManifest() async throws {
    let lab = try Lab.complete()
    try lab.write(Lab.manifest("- lab/betta/MNI152/2mm", "- nonsense"))
    let failure = try await failure { _ = try await lab.workspace().tree() }
    #expect(failure?.reason == .wrongInput)
    #expect(codes(failure) == [.matchesNothing, .manifestWrongValue])
    try lab.bench.files.remove(lab.project("neuromaps.yaml"))
    #expect(codes(try await failureOfTree(lab)) == [.noManifest])
  }

  private func failureOfTree(_ lab: Lab) async throws -> NeuromapsFailure? {
    try await failure { _ = try await lab.workspace().tree() }
  }

  // MARK: What a person means

  @Test("a map is meant by its name, a pattern, or one of its files, wherever that is said to be")
  func items() async throws {
    let lab = try lab()
    let workspace = try lab.workspace()
    let tree = try await workspace.tree()
    func items(_ text: String) throws -> [String] { try workspace.items(text, in: tree).map(\.description) }
    #expect(try items(Self.beta) == [Self.beta])
    #expect(try items("lab/*/MNI152/*") == [Self.beta, Self.delta])
    for path in [
      Lab.right.path.text, Lab.right.path.fileName, "data/\(Lab.right.path)", "./data/\(Lab.right.path)",
      lab.data(Lab.right).string,
    ] {
      #expect(try items(path) == [Self.alpha], "\(path)")
    }
    #expect(try items("data/\(Lab.alphaSidecar)") == [Self.alpha])
    #expect(try items("mine/1k") == ["mine/1k"])
    #expect(try items("data/atlases/mine/left.surf.gii") == ["mine/1k"])
    #expect(try items("*") == ["mine/1k", "tiny"])
  }

  @Test("a file is found from a folder of the project, too")
  func fromBelow() async throws {
    var lab = try lab()
    lab.current = lab.project("scripts")
    try lab.bench.put([], at: lab.project("scripts/plot.py"))
    let workspace = try lab.workspace()
    let tree = try await workspace.tree()
    #expect(try workspace.items("../data/\(Lab.beta.path)", in: tree).map(\.description) == [Self.beta])
  }

  @Test(
    "what no line brings in is told of, with what may have been meant",
    arguments: [
      ("lab/betta/MNI152/2mm", "lab/beta/MNI152/2mm"), ("abagen/genepc1/fsaverage/10k", "neuromaps status -v"),
      ("mine/2k", "mine/1k"), ("data/notes/of/mine.txt", "neuromaps status -v"),
      ("data/notes/of/that/mine.txt", "neuromaps tree"), ("data/README", "describes the whole"),
      ("CITATION.cff", "describes the whole"),
      ("//", "neuromaps tree"),
    ])
  func unknown(_ text: String, _ hint: String) async throws {
    let workspace = try lab().workspace()
    let tree = try await workspace.tree()
    let failure = try await failure { _ = try workspace.items(text, in: tree) }
    #expect(failure?.reason == .couldNot)
    #expect(codes(failure) == [.noSuchMap])
    #expect(failure?.diagnostics.first?.hints.first?.contains(hint) == true)
  }
}
