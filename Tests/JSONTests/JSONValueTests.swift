import JSON
import Testing

@Suite("JSON to be printed")
struct JSONValueTests {
  @Test("keys stay in their order, two spaces a level, and empty things on one line")
  func layout() {
    let value = JSONValue.object([
      ("b", .list([.number(1), .bool(true), .bool(false), .null])), ("a", .object([("x", .text("y"))])),
      ("none", .list([])), ("nothing", .object([])),
    ])
    #expect(
      value.text == """
        {
          "b": [
            1,
            true,
            false,
            null
          ],
          "a": {
            "x": "y"
          },
          "none": [],
          "nothing": {}
        }
        """)
  }

  @Test(
    "what JSON gives a meaning is escaped, and all else stays as it is",
    arguments: [
      ("\"", #""\"""#), ("\\", #""\\""#), ("a\nb\tc\r", #""a\nb\tc\r""#), ("\u{1}\u{1f}", #""\u0001\u001f""#),
      ("größe μ 🧠 e\u{301}", "\"größe μ 🧠 e\u{301}\""), ("</script>/", "\"</script>/\""), ("", "\"\""),
    ])
  func escapes(_ text: String, _ written: String) {
    #expect(Array(JSONValue.text(text).text.utf8) == Array(written.utf8))
  }

  @Test(
    "a decimal has the digits that tell it from all others, and what JSON lacks is null",
    arguments: [
      (0.1, "0.1"), (2, "2.0"), (-1.5e300, "-1.5e+300"), (.leastNonzeroMagnitude, "5e-324"),
      (0.1 + 0.2, "0.30000000000000004"),
      (.nan, "null"), (.infinity, "null"),
    ] as [(Double, String)])
  func decimals(_ number: Double, _ written: String) {
    #expect(JSONValue.decimal(number).text == written)
    #expect(JSONValue.optional(decimal: number).text == written)
    #expect(JSONValue.optional(decimal: nil).text == "null")
  }

  @Test("numbers of any size are whole", arguments: [0, -1, Int64.max, Int64.min])
  func numbers(_ number: Int64) {
    #expect(JSONValue.number(number).text == "\(number)")
  }

  @Test("what is not known is null, and texts make a list")
  func shorthands() {
    #expect(JSONValue.optional(nil).text == "null")
    #expect(JSONValue.optional("x").text == "\"x\"")
    #expect(JSONValue.texts(["a", "b"]).text == "[\n  \"a\",\n  \"b\"\n]")
  }
}
