import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("Values of a type")
struct YAMLProblemsTests {
  @Test("true and false are written so, without quotes", arguments: [("true", true), ("false", false)])
  func bool(text: String, value: Bool) throws {
    let (root, found) = Note.read(text)
    var problems = found
    #expect(problems.bool(try #require(root), for: "`x`") == value)
    #expect(problems.areNone)
  }

  @Test("nothing else is", arguments: ["yes", "no", "True", "TRUE", "on", "1", "\"true\"", "~", "[true]", ""])
  func noBool(_ text: String) throws {
    let (root, found) = Note.read(text)
    var problems = found
    #expect(problems.bool(try #require(root), for: "`x`") == nil)
    #expect(problems.diagnostics.map(\.message) == ["`x` takes `true` or `false`"])
  }

  @Test("a whole number has no sign and no zeros in front", arguments: ["0", "1", "42", "9223372036854775807"])
  func count(_ text: String) throws {
    let (root, found) = Note.read(text)
    var problems = found
    #expect(problems.count(try #require(root), for: "`x`") == Int64(text))
    #expect(problems.areNone)
  }

  @Test(
    "nothing else is one",
    arguments: [
      "-1", "+1", "01", "1.0", "1e3", "0x1", "1_000", "\"1\"", "９", "9223372036854775808", "one", "[1]", "", "~",
    ])
  func noCount(_ text: String) throws {
    let (root, found) = Note.read(text)
    var problems = found
    #expect(problems.count(try #require(root), for: "`x`") == nil)
    #expect(problems.diagnostics.map(\.message) == ["`x` takes a whole number"])
  }

  @Test("of a list of texts, what is no text is told at its place and left out")
  func texts() throws {
    let text = MarkedText("[a, ‹[b]›, 'c', ‹~›, ‹{d: e}›, 7]")
    let (root, found) = Note.read(text.text)
    var problems = found
    #expect(problems.texts(try #require(root), for: "`x`") == ["a", "c", "7"])
    #expect(
      text.differences(
        from: problems.diagnostics,
        ["a list", "nothing", "a mapping"].map {
          Expected(.manifestWrongValue, "each item of `x` takes text, not \($0)")
        }) == [])
  }

  @Test("one text is no list")
  func noList() throws {
    let (root, found) = Note.read("a")
    var problems = found
    #expect(problems.texts(try #require(root), for: "`x`") == [])
    #expect(problems.diagnostics.map(\.message) == ["`x` takes a list, not text"])
  }

  @Test("a text that cannot be parsed is shown with what was expected")
  func value() throws {
    let (root, found) = Note.read("a")
    var problems = found
    #expect(problems.value(try #require(root), for: "`x`", expected: "a number") { Int($0) } == nil)
    #expect(problems.diagnostics.map(\.message) == ["`x` takes a number, not `a`"])
  }

  @Test("a warning is no reason to stop")
  func warning() {
    var problems = Note.read("a").problems
    problems.add(Diagnostic(.unknownValue, "m", severity: .warning))
    #expect(problems.areNone)
    problems.add(Diagnostic(.unknownValue, "m"))
    #expect(!problems.areNone)
  }
}
