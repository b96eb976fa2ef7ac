import Foundation
import Testing

/// Every file in Stories is told with the real binary and must go as written.
///
/// With `NEUROMAPS_RECORD=1` the answers are written into the files instead, and the run fails, so
/// that nobody records by accident: read the difference before you commit it.
@Suite("Stories") struct StoryTests {
  static var files: [String] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Stories")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".case") }.sorted().map { folder.appendingPathComponent($0).path }
  }

  @Test("There are stories to tell") func hasStories() { #expect(Self.files.count >= 10) }

  @Test("A story goes as written", arguments: files) func tell(_ file: String) async throws {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let written = try Story(text)
    let told = try await StoryRunner.tell(written)
    guard told != written || told.text != text else { return }
    if ProcessInfo.processInfo.environment["NEUROMAPS_RECORD"] == "1" {
      try told.text.write(toFile: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file); read it, then run again without NEUROMAPS_RECORD")
    } else {
      for (a, b) in zip(written.steps, told.steps) where a != b {
        Issue.record(
          """
          $ \(a.command)
          expected: \(a.output) \(a.errors) = \(a.exitCode)
          got:      \(b.output) \(b.errors) = \(b.exitCode)
          """)
      }
      #expect(told.text == text, "\(file) is not as its story would be written")
    }
  }

  @Test("A story that goes otherwise is seen") func seesDifference() async throws {
    let story = try Story("# wrong on purpose\n=== run\n$ neuromaps --version\n> 9.9.9\n")
    #expect(try await StoryRunner.tell(story) != story)
  }

  @Test("A story prints back to itself") func printsBack() throws {
    let text = "# a\n=== file x\none\n\ntwo\n=== run\n$ neuromaps sync\n> a\n>\n! b\n= 3\n\n$ tree\n"
    #expect(try Story(text).text == text)
  }
}
