import Foundation
import Testing

/// Scripts branch on exit codes: each of the contract's is shown by a story, and no story ends with another.
@Suite("Exit codes") struct ExitCodeTests {
  /// A code, and where it is shown: a story, and a command in it that ends so.
  struct Shown: Sendable {
    let code: Int32
    let story: String
    let command: String

    init(_ code: Int32, _ story: String, _ command: String) {
      (self.code, self.story, self.command) = (code, story, command)
    }
  }

  static let shown = [
    Shown(0, "sync", "neuromaps sync --locked"),
    Shown(1, "offline", "neuromaps sync --offline"),
    Shown(1, "lie-flip", "neuromaps sync"),
    Shown(1, "cache", "neuromaps cache verify"),
    Shown(1, "catalog-import", "neuromaps catalog import lab/maps -o lab/catalog.yaml"),
    Shown(1, "catalog-check", "neuromaps catalog check --online lab.yaml"),
    Shown(3, "stale-lock", "neuromaps lock --check"),
    Shown(3, "stale-lock", "neuromaps sync --locked"),
    Shown(3, "stale-lock", "neuromaps status"),
    Shown(4, "missing-file", "neuromaps status"),
    Shown(4, "missing-file", "neuromaps verify"),
    Shown(4, "changed-file", "neuromaps sync"),
    Shown(5, "ten-mistakes", "neuromaps lock"),
    Shown(5, "edited-lock", "neuromaps sync"),
    Shown(5, "catalog-missing", "neuromaps lock"),
    Shown(5, "catalog-check", "neuromaps catalog check wrong.yaml"),
    Shown(5, "catalog-import", "neuromaps catalog import twice"),
    Shown(6, "restricted", "neuromaps sync"),
    Shown(64, "catalog-check", "neuromaps catalog check --online --offline lab.yaml"),
    Shown(64, "usage", "neuromaps sync --locked --frozen"),
  ]

  /// An interrupt comes while a command runs, which no story can tell: CrashTests shows it.
  static let interrupted: Int32 = 130

  @Test("A story shows it", arguments: shown) func isShown(_ shown: Shown) throws {
    let steps = try Self.stories().filter { $0.name == "\(shown.story).case" }.flatMap(\.story.steps)
    let isThere = steps.contains { $0.command == shown.command && $0.exitCode == shown.code }
    #expect(isThere, "in \(shown.story) no `\(shown.command)` ends with \(shown.code)")
  }

  @Test("Every documented code is shown, and no story ends with another") func areDocumented() throws {
    let page = try Self.text("docs/cli.md").split(separator: "\n## ").first { $0.hasPrefix("Exit codes\n") }
    let documented = try #require(page).split(separator: "\n").compactMap { line in
      line.firstMatch(of: #/^\| (\d+) \|/#).flatMap { Int32($0.1) }
    }
    #expect(documented == [0, 1, 3, 4, 5, 6, 64, 130])
    #expect(Set(Self.shown.map(\.code)).union([Self.interrupted]) == Set(documented))
    let ended = Set(try Self.stories().flatMap(\.story.steps).map(\.exitCode))
    #expect(ended.subtracting(documented).isEmpty)
    #expect(try Self.text("Tests/NeuromapsCLITests/CrashTests.swift").contains("exitCode == \(Self.interrupted)"))
  }

  private static func stories() throws -> [(name: String, story: Story)] {
    try StoryTests.files.map { file in
      let url = URL(fileURLWithPath: file)
      return (url.lastPathComponent, try Story(String(contentsOf: url, encoding: .utf8)))
    }
  }

  private static func text(_ path: String) throws -> String {
    let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try String(contentsOf: top.appendingPathComponent(path), encoding: .utf8)
  }
}
