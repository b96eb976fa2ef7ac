import Catalog
import Dataset
import Diagnostics
import Effects
import Neuromaps
import Sync
import SystemPackage
import TestWorld
import Testing

@Suite("Looking at catalogs")
struct WorkspaceCatalogCheckTests {
  private func asked(_ lab: Lab, _ path: String = "catalog.yaml") async throws -> [OriginFinding] {
    let workspace = try lab.workspace()
    let survey = try #require(try await workspace.surveys(ofFilesAt: [path]).first)
    return try await workspace.askOrigins(of: survey) { _ in }
  }

  @Test("at hand are the catalogs of the project, with where they are from")
  func atHand() async throws {
    let lab = try Lab()
    #expect(try await lab.workspace().surveys().map(\.place) == [nil])
    try lab.write(Lab.catalog(Lab.all), at: "sub/c.yaml")
    try lab.write("version: 1\ncatalogs:\n  - path: sub/c.yaml\nannotations: []\n")
    let all = try await lab.workspace().surveys()
    #expect(all.map(\.catalog.name) == ["neuromaps", "lab"])
    #expect(all.map(\.place) == [nil, "sub/c.yaml"])
    #expect(all.map(\.files).last == 4)
    #expect(all.map(\.unsized).last == 4)
    #expect(all.map(\.restricted) == [1, 1])
  }

  @Test("one is found by its name or its file; what is neither is told of")
  func find() async throws {
    let lab = try Lab()
    try lab.write(Lab.catalog(Lab.open, name: "other"), at: "c.yaml")
    #expect(try await lab.workspace().survey("neuromaps").place == nil)
    #expect(try await lab.workspace().survey("c.yaml").catalog.name == "other")
    let wrong = try await failure { _ = try await lab.workspace().survey("neuromap") }
    #expect(wrong?.reason == .couldNot)
    #expect(wrong?.diagnostics.map(\.code) == [.noSuchCatalog])
    #expect(wrong?.diagnostics.first?.hints == ["did you mean `neuromaps`?"])
    let missing = try await failure { _ = try await lab.workspace().survey("nowhere.yaml") }
    #expect(missing?.diagnostics.map(\.code) == [.fileFailed])
  }

  @Test("without a file the project's own catalogs are checked, or else the built-in one")
  func own() async throws {
    let lab = try Lab.complete()
    #expect(try await lab.workspace().surveys(ofFilesAt: []).map(\.place) == ["catalog.yaml"])
    try lab.write("version: 1\nannotations: []\n")
    #expect(try await lab.workspace().surveys(ofFilesAt: []).map(\.catalog.name) == ["neuromaps"])
  }

  @Test("everything that is wrong with several files is told in one run")
  func wrong() async throws {
    let lab = try Lab()
    try lab.write("version: 1\nname: X\nrevision: \"1\"\nmaps: []\n", at: "a.yaml")
    try lab.write("name: [", at: "b.yaml")
    let failure = try await failure { _ = try await lab.workspace().surveys(ofFilesAt: ["a.yaml", "b.yaml"]) }
    #expect(failure?.reason == .wrongInput)
    #expect(Set(failure?.diagnostics.compactMap(\.location?.file) ?? []) == ["a.yaml", "b.yaml"])
  }

  @Test("what people will miss is a warning for each kind")
  func gaps() async throws {
    let lab = try Lab()
    try lab.write(Lab.catalog(Lab.all) + "references:\n  unread: {type: misc}\n", at: "c.yaml")
    let gaps = try await lab.workspace().survey("c.yaml").gaps
    #expect(gaps.allSatisfy { $0.code == .catalogGap && $0.severity == .warning })
    let expected = [
      "3 maps without a `title` in `c.yaml`", "3 maps without a `license` in `c.yaml`",
      "3 maps without a `primary` paper in `c.yaml`", "3 items without `sha256` in `c.yaml`",
      "1 reference that nothing cites in `c.yaml`", "1 restricted map in `c.yaml`",
    ]
    #expect(gaps.map(\.message) == expected)
  }

  // MARK: Origins

  @Test("OSF tells of every file whether it has the bytes, and nothing is downloaded")
  func osf() async throws {
    let lab = try Lab.complete(.osf(Lab.open))
    let findings = try await asked(lab)
    #expect(findings.map(\.answer).prefix(3) == [.right, .right, .right])
    #expect(findings.problems.map(\.code) == [.originLacks])
    #expect(findings.problems.first?.message == "`\(Lab.secret.path.fileName)` is not at its origin")
    #expect(lab.transport.downloads.isEmpty)
  }

  @Test("a restricted file behind its door is no problem, and other bytes are one")
  func doorAndBytes() async throws {
    let lab = try Lab.complete()
    let changed = Lab.catalog(Lab.all).replacing(
      Lab.beta.checksums.md5?.hex ?? "", with: String(repeating: "0", count: 32))
    try lab.write(changed, at: "catalog.yaml")
    let findings = try await asked(lab)
    #expect(findings.problems.map(\.message).count == 1)
    #expect(findings.problems.first?.causes == ["no version on OSF has the wanted bytes"])
    #expect(findings.warnings.map(\.message) == ["1 file that only people with access can ask for"])
  }

  @Test("OSF is asked anew of what it told before: it may have lost the file since")
  func lost() async throws {
    let lab = try Lab.complete()
    _ = try await asked(lab)
    let later = try Lab(.osf([]), disk: lab.bench.disk)
    #expect(try await asked(later).problems.count == 4)
  }

  @Test("files of this machine are hashed")
  func local() async throws {
    let lab = try Lab(.silent())
    try lab.write(Lab.catalog(Lab.open, knowing: .sha256) { "url: maps/\($0.path.fileName)" }, at: "sub/c.yaml")
    try lab.bench.put(Lab.left.bytes, at: lab.project("sub/maps/\(Lab.left.path.fileName)"))
    try lab.bench.put([1], at: lab.project("sub/maps/\(Lab.right.path.fileName)"))
    let findings = try await asked(lab, "sub/c.yaml")
    #expect(findings.first?.answer == .right)
    #expect(findings.problems.map(\.code) == [.originLacks, .originLacks])
    #expect(lab.transport.requests.isEmpty)
  }

  @Test("of another server the first byte is asked for, which tells the size")
  func web() async throws {
    let size = Lab.beta.bytes.count
    let script = ScriptedTransport { request, _ in
      switch request.url {
      case "https://h/moved": .redirect(to: "https://h/beta")
      case "https://h/beta": .init(206, headers: ["content-range": "bytes 0-0/\(size)"], pieces: [[0]])
      case "https://h/whole": .init(200, headers: ["content-length": "1"])
      case "https://h/tagged": .init(200, headers: ["etag": "\"\(Lab.beta.checksums.md5?.hex ?? "")\""])
      case "https://h/dumb": .init(200)
      case "https://h/gone": .init(410)
      case "https://h/down": .failure(.unreachable("nobody is there"))
      default: .init(500)
      }
    }
    let lab = try Lab(script)
    func answer(_ path: String) async throws -> OriginCheck.Answer? {
      try lab.write(Lab.catalog([Lab.beta], knowing: .all) { _ in "url: https://h/\(path)" }, at: "catalog.yaml")
      return try await asked(lab).first?.answer
    }
    #expect(try await answer("moved") == .sizeOnly)
    #expect(try await answer("whole") == .wrong("h has 1 bytes, and \(size) are wanted"))
    #expect(try await answer("tagged") == .right)
    #expect(try await answer("dumb") == .unmeasured)
    #expect(try await answer("gone") == .missing("h answered 410"))
    #expect(try await answer("down") == .unknown(.transport(.unreachable("nobody is there"), host: "h")))
    lab.forget()
    #expect(try await answer("broken") == .unknown(.status(500, host: "h")))
    #expect(lab.transport.requests.count == 3)
    #expect(lab.transport.requests.allSatisfy { $0.headers["Range"] == "bytes=0-0" })
    #expect(lab.transport.requests.allSatisfy { $0.headers["Authorization"] == nil })
  }

  @Test("an origin that cannot be asked is a problem, one that only tells a size a warning")
  func silent() async throws {
    let lab = try Lab(.silent())
    try lab.write(Lab.catalog([Lab.beta]) { _ in "url: https://h/x" }, at: "catalog.yaml")
    let findings = try await asked(lab)
    #expect(findings.problems.map(\.code) == [.originSilent])
    #expect(findings.warnings.isEmpty)
  }
}
