import Diagnostics
import Testing

@Suite("The house keeps its rules") struct HouseTests {
  @Test("A rule is kept", arguments: HouseRule.all.indices)
  func isKept(_ index: Int) throws {
    let rule = HouseRule.all[index]
    let broken = try SourceTree.files(below: "Sources", [".swift"]).flatMap(rule.violations)
    #expect(broken.isEmpty, "\(rule.name):\n\(broken.joined(separator: "\n"))")
  }

  @Test("A rule sees what breaks it", arguments: HouseRule.all.indices)
  func canFail(_ index: Int) {
    let rule = HouseRule.all[index]
    #expect(!rule.violations(rule.badExample).isEmpty, "\(rule.name)")
  }

  @Test("Every diagnostic code is explained", arguments: DiagnosticCode.allCases)
  func isExplained(_ code: DiagnosticCode) throws {
    let headings = try SourceTree.text("docs/diagnostics.md").split(separator: "\n").filter { $0.hasPrefix("#") }
    #expect(headings.contains { $0.contains(code.rawValue) }, "docs/diagnostics.md has no heading for \(code.rawValue)")
  }

  @Test("Every diagnostic code is raised by a test", arguments: DiagnosticCode.allCases)
  func isRaised(_ code: DiagnosticCode) throws {
    let tests = try SourceTree.files(below: "Tests", [".swift", ".case"]).filter { !$0.path.contains("HouseTests") }
    let names = [code.rawValue, ".\(code)"]
    #expect(tests.contains { file in names.contains { file.text.contains($0) } }, "no test raises \(code)")
  }

  @Test("Every code is used, and only for one thing") func codesAreUsed() throws {
    let sources = try SourceTree.files(below: "Sources", [".swift"]).filter {
      !$0.path.hasSuffix("DiagnosticCode.swift")
    }
    for code in DiagnosticCode.allCases {
      #expect(sources.contains { $0.text.contains(".\(code)") }, "nothing raises \(code)")
    }
    #expect(Set(DiagnosticCode.allCases.map(\.rawValue)).count == DiagnosticCode.allCases.count)
  }

  @Test("The README's commands are the Makefile's", arguments: ["demo", "test", "build", "install"])
  func commandsExist(_ target: String) throws {
    #expect(try SourceTree.text("README.md").contains("make \(target)"))
    #expect(try SourceTree.text("Makefile").contains("\n\(target):"))
  }
}
