import MarkedText
import Testing

@Suite("What the documentation shows of the library")
struct DocumentationTests {
  @Test(
    "every line of Swift that it shows is compiled, with one import",
    arguments: [("docs/library.md", 30), ("Sources/Neuromaps/Neuromaps.docc/Neuromaps.md", 10)])
  func compiles(_ path: String, _ atLeast: Int) throws {
    let source = try RepositoryFile("Tests/NeuromapsTests/DocumentedCalls.swift").text()
    #expect(source.split(separator: "\n").filter { $0.hasPrefix("import ") } == ["import Neuromaps"])
    let compiled = Set(source.split(separator: "\n").map(Self.code))
    let shown = Self.snippets(try RepositoryFile(path).text()).map(Self.code).filter { !$0.isEmpty }
    #expect(shown.count >= atLeast)
    #expect(shown.filter { !compiled.contains($0) } == [])
  }

  /// The lines between the fences of Swift.
  private static func snippets(_ text: String) -> [Substring] {
    var isInside = false
    return text.split(separator: "\n").filter { line in
      if line.hasPrefix("```") {
        isInside = line == "```swift"
        return false
      }
      return isInside
    }
  }

  /// A line without its comment, its indentation and what aligns it.
  private static func code(_ line: Substring) -> String {
    let comment = line.firstRange(of: "//")?.lowerBound ?? line.endIndex
    return line[..<comment].split(separator: " ").joined(separator: " ")
  }
}
