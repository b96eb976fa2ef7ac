import Diagnostics
import MarkedText
import Testing
import YAML

@Suite("The fields of a mapping")
struct YAMLFieldsTests {
  @Test("fields are found by name, keys too")
  func finds() throws {
    var (fields, problems) = try read("source: a\ndesc: [b, c]\n")
    #expect(fields?["source"]?.text == "a")
    #expect(
      fields?.key("desc")?.span == SourceSpan(SourcePosition(line: 2, column: 1), SourcePosition(line: 2, column: 5)))
    #expect(fields?.text("source", &problems) == "a")
    #expect(fields?.texts("desc", &problems) == ["b", "c"])
    #expect(fields?["space"] == nil)
    #expect(fields?.texts("space", &problems) == [])
    #expect(fields?.text("space", &problems) == nil)
    #expect(problems.areNone)
  }

  private static let refusals = [
    Refusal(
      "an unknown key near a known one", "source: a\n‹sapce›: b\n",
      Expected(.manifestUnknownKey, "unknown key `sapce` in a note", hint: "did you mean `space`?")),
    Refusal(
      "an unknown key far from all", "‹zzzzzzzz›: b\n",
      Expected(.manifestUnknownKey, hint: "its keys are `source`, `desc`, `space`")),
    Refusal("a key of other capitals", "‹Source›: b\n", Expected(.manifestUnknownKey, hint: "`source`")),
    Refusal("a list", "‹- a\n›", Expected(.manifestWrongValue, "a note takes keys and values, not a list")),
    Refusal("a text", "‹a›\n", Expected(.manifestWrongValue, "a note takes keys and values, not text")),
    Refusal("nothing", "‹›# nothing\n", Expected(.manifestWrongValue, "a note takes keys and values, not nothing")),
  ]

  @Test("it is refused at its place", arguments: refusals)
  func refused(_ refusal: Refusal) throws {
    let (_, problems) = try read(refusal.text.text)
    #expect(refusal.text.differences(from: problems.diagnostics, refusal.expected) == [])
  }

  @Test("a key that must be there is missed where the mapping begins")
  func missing() throws {
    let text = MarkedText("\n‹s›ource: a\n")
    var (fields, problems) = try read(text.text)
    #expect(fields?.required("source", &problems)?.text == "a")
    #expect(fields?.required("space", &problems, hints: ["h"]) == nil)
    #expect(
      text.differences(
        from: problems.diagnostics, [Expected(.manifestMissingKey, "a note lacks the key `space`", hint: "h")]) == [])
  }

  @Test("of a key that stands twice the first value counts, and it is told once")
  func twice() throws {
    let (fields, problems) = try read("source: a\nsource: b\n")
    #expect(fields?["source"]?.text == "a")
    #expect(problems.diagnostics.map(\.code) == [.manifestDuplicateKey])
  }

  private func read(_ text: String) throws -> (YAMLFields?, YAMLProblems) {
    let (root, found) = Note.read(text)
    var problems = found
    let fields = YAMLFields(try #require(root), of: "a note", known: ["source", "desc", "space"], &problems)
    return (fields, problems)
  }
}
