import Dataset
import Diagnostics
import Effects
import Neuromaps
import Project
import TestWorld
import Testing

@Suite("A page about a project")
struct WorkspaceReportTests {
  private func report(_ lab: Lab, _ change: (inout ReportOptions) -> Void = { _ in }) async throws -> ReportResult {
    var options = ReportOptions()
    change(&options)
    return try await lab.workspace().report(options)
  }

  private func text(_ result: ReportResult) -> String { String(decoding: result.page, as: UTF8.self) }

  @Test("it has every map with its license, checksums and papers, and a picture or the reason; nothing is asked")
  func contents() async throws {
    let lab = try await PictureLab.synced()
    let result = try await report(lab)
    let page = text(result)
    for map in PictureLab.maps { #expect(page.contains(">\(map)</code>")) }
    for file in PictureLab.all {
      #expect(page.contains(file.path.text))
      #expect(page.contains(try #require(file.checksums.sha256).hex))
      #expect(page.contains(try #require(file.checksums.md5).hex))
    }
    for fact in ["The alpha map", "CC0-1.0", "https://example.org/cc0", "On alpha", ">first<"] {
      #expect(page.contains(fact), "\(fact)")
    }
    #expect(page.contains("none is stated, which is no permission"))
    #expect((result.maps, result.atlases, result.files, result.pictures) == (3, 1, 6, 2))
    #expect(page.ranges(of: "src=\"data:image/png;base64,").count == 2)
    #expect(page.contains("No picture: \(PictureLab.broken.path.fileName) cannot be read"))
    #expect(result.undrawn.map(\.map.description) == ["lab/gamma/MNI152/2mm"])
    #expect(result.warnings.map(\.code) == [.notDrawn])
    #expect(result.warnings.map(\.severity) == [.warning])
    let digest = try await lab.workspace().verify().treeDigest
    #expect(result.treeDigest == digest && digest != nil)
    #expect(page.contains("sha256:\(try #require(digest))"))
    #expect(lab.transport.requests.isEmpty)
    #expect(lab.files.writes.isEmpty)
  }

  @Test("it is the same twice, and however many maps are drawn at a time")
  func determinism() async throws {
    var lab = try await PictureLab.synced()
    let first = try await report(lab).page
    for jobs in [1, 64] {
      lab.settings.jobs = jobs
      #expect(try await report(lab).page == first)
    }
  }

  @Test(
    "a surface is drawn on the first of its kinds", arguments: ["veryinflated", "midthickness", "white"])
  func surfaces(_ kind: String) async throws {
    let page = text(try await report(try await PictureLab.synced(PictureLab.atlas(kind))))
    #expect(page.contains("Drawn on the \(kind) surface. Colors: "))
    #expect(page.contains(">right medial</span>"))
  }

  @Test("a surface with other vertices is passed over, and one that is not there missed, and the page says so")
  func flat() async throws {
    let other = text(try await report(try await PictureLab.synced(PictureLab.atlas(more: 2))))
    #expect(other.contains("Drawn flat, as the surface that is locked for its space and density does not fit."))
    let none = text(try await report(try await PictureLab.synced(PictureLab.atlas("sphere"))))
    #expect(none.contains("Drawn flat, as no surface of its space and density is locked and there."))
    #expect(none.contains(">left in the order of the vertices</span>"))
  }

  @Test("what is not as its name says is on the page")
  func findings() async throws {
    let page = text(try await report(try await PictureLab.synced()))
    #expect(page.contains("<li>The file does not hold the whole cortex of its space: "))
  }

  @Test("maps that are missing or changed are on it without a picture, and warned of once")
  func gaps() async throws {
    let lab = try PictureLab.lab()
    try await lab.makeLock()
    let before = try await report(lab)
    #expect(text(before).ranges(of: "No picture: its files are missing.").count == 3)
    #expect(before.warnings.map(\.code) == [.missing])
    #expect(before.treeDigest == nil && before.pictures == 0)
    try await lab.sync()
    try lab.bench.put(PictureLab.surface([9, 9, 9, 8]), at: lab.data(PictureLab.left))
    let after = try await report(lab)
    #expect(text(after).contains("No picture: its files are not the locked ones."))
    #expect(after.warnings.map(\.code) == [.differs, .notDrawn])
    #expect(after.treeDigest == nil && after.pictures == 1)
  }

  @Test("without pictures no map is read")
  func withoutPictures() async throws {
    let lab = try await PictureLab.synced()
    try lab.bench.files.remove(lab.data(PictureLab.volume))
    let result = try await report(lab) { $0.drawsMaps = false }
    #expect(text(result).ranges(of: "No picture: none was asked for.").count == 3)
    #expect(!text(result).contains("data:image/png"))
    #expect(result.warnings.map(\.code) == [.missing])
    #expect(lab.files.count(.scan) == 0)
  }

  @Test("what a lock does not know is taken from the catalogs at hand")
  func withoutMetadata() async throws {
    let lab = try await PictureLab.synced(also: "metadata: false")
    #expect(try lab.lock().metadata == nil)
    let page = text(try await report(lab))
    for fact in ["The alpha map", "https://example.org/cc0", "On alpha"] { #expect(page.contains(fact), "\(fact)") }
    try lab.bench.files.remove(lab.project("catalog.yaml"))
    let bare = text(try await report(lab))
    #expect(!bare.contains("The alpha map") && bare.contains("CC0-1.0"))
  }

  @Test("a stale lock is told of as it is, and without one there is no page")
  func stale() async throws {
    let lab = try await PictureLab.synced()
    try lab.write(Lab.manifest("- lab/beta/MNI152/2mm"))
    let result = try await report(lab) { $0.drawsMaps = false }
    #expect(result.warnings.map(\.code) == [.lockStale])
    #expect(result.maps == 3)
    #expect(text(result).contains("neuromaps.lock does not answer neuromaps.yaml: the page tells of the lock as it is"))
    try lab.bench.files.remove(lab.project("neuromaps.lock"))
    let failure = try await failure { _ = try await report(lab) }
    #expect(failure?.reason == .lockStale)
  }

  @Test("groups are on it only when asked for, drawn on the main set's surfaces")
  func groups() async throws {
    let lab = try PictureLab.lab()
    try lab.write(
      Lab.manifest(
        "- lab/beta/MNI152/2mm",
        also: "atlases: [lab/1k]\ngroups:\n  figures:\n    annotations: [lab/alpha/lab/1k]"))
    try await lab.sync(by: Lab.options(.all))
    #expect(try await report(lab).maps == 1)
    let all = try await report(lab) { $0.groups = .all }
    #expect(all.maps == 2)
    #expect(text(all).contains("Drawn on the inflated surface") && text(all).contains("<li>figures</li>"))
    let failure = try await failure { _ = try await report(lab) { $0.groups = .named(["x"]) } }
    #expect(failure?.diagnostics.map(\.code) == [.noSuchGroup])
  }

  @Test("it is called as the project's folder, unless it is given a name")
  func title() async throws {
    let lab = try await PictureLab.synced()
    #expect(text(try await report(lab)).contains("<h1>project</h1>"))
    let named = try await report(lab) {
      $0.title = "A <title>"
      $0.program = "neuromaps 9"
    }
    #expect(text(named).contains("<h1>A &lt;title&gt;</h1>") && text(named).contains("Made by neuromaps 9."))
  }

  // MARK: Where it is written

  private func write(_ lab: Lab, _ output: String? = nil, overwriting: Bool = false) async throws -> Bool {
    let workspace = try lab.workspace()
    let file = try workspace.reportFile(output, overwriting: overwriting)
    return try workspace.write(try await report(lab) { $0.drawsMaps = false }.page, to: file)
  }

  @Test("a page that was written before gives way, and one that would be the same stays untouched")
  func ownPage() async throws {
    let lab = try await PictureLab.synced()
    #expect(try await write(lab))
    let page = try lab.text("neuromaps-report.html")
    lab.forget()
    #expect(try await !write(lab))
    #expect(lab.files.writes.isEmpty)
    try lab.bench.files.remove(lab.data(PictureLab.left))
    #expect(try await write(lab))
    #expect(try lab.text("neuromaps-report.html") != page)
  }

  @Test("a file of the user's stays, unless it may be overwritten")
  func othersFile() async throws {
    let lab = try await PictureLab.synced()
    for mine in ["<!doctype html>mine", ""] {
      try lab.write(mine, at: "neuromaps-report.html")
      let failure = try await failure { _ = try await write(lab) }
      #expect(failure?.reason == .couldNot)
      #expect(failure?.diagnostics.map(\.code) == [.notOverwritten])
      #expect(try lab.text("neuromaps-report.html") == mine)
    }
    #expect(try await write(lab, overwriting: true))
    #expect(try await !write(lab))
  }

  @Test("a file or a folder can be named, and folders are made")
  func elsewhere() async throws {
    let lab = try await PictureLab.synced()
    #expect(try await write(lab, "public/a/index.html"))
    #expect(try lab.text("public/a/index.html")?.contains("<h1>project</h1>") == true)
    #expect(try await write(lab, "public"))
    #expect(try lab.text("public/neuromaps-report.html") == lab.text("public/a/index.html"))
    try lab.write("x", at: "other/neuromaps-report.html/x")
    let failure = try await failure { _ = try await write(lab, "other") }
    #expect(failure?.diagnostics.map(\.code) == [.notOverwritten])
  }
}
