import Catalog
import MarkedText
import Testing

@Suite("A value to match")
struct GlobTests {
  private static let table: [(pattern: String, value: String, matches: Bool)] = [
    ("fsLR", "fsLR", true), ("fsLR", "fslr", false), ("xu", "xu2020", false), ("xu2020", "xu", false), ("", "", true),
    ("", "a", false), ("a", "", false), ("*", "", true), ("*", "abc", true), ("**", "abc", true), ("?", "a", true),
    ("?", "", false), ("?", "ab", false), ("?", "🧠", true), ("xu*", "xu2020", true), ("*2020", "xu2020", true),
    ("x*0", "xu2020", true), ("x*1", "xu2020", false), ("*u*", "xu2020", true), ("fcgradient0?", "fcgradient01", true),
    ("fcgradient0?", "fcgradient10", false), ("fcgradient*", "fcgradient", true), ("a*b*c", "aXbXbXc", true),
    ("a*b*c", "aXcXb", false), ("*ab", "aab", true), ("a?c", "abc", true), ("a?c", "ac", false), ("??", "ä日", true),
    ("all", "anything", true), ("all", "", true), ("All", "anything", false), ("all*", "allow", true),
    ("all*", "anything", false), ("[ab]", "a", false), ("a.c", "abc", false), ("*", "a\nb", true),
  ]

  @Test("it matches whole, exactly, and with capitals counted", arguments: table)
  func matches(pattern: String, value: String, matches: Bool) {
    #expect(Glob(pattern).matches(value) == matches)
  }

  @Test(
    "only `*`, `?` and the word `all` make a pattern",
    arguments: [("a", true), ("All", true), ("[a]", true), ("", true), ("a*", false), ("?", false), ("all", false)])
  func literal(text: String, isLiteral: Bool) {
    #expect(Glob(text).isLiteral == isLiteral)
    #expect(Glob(text).description == text)
  }

  @Test("it answers as the definition does", arguments: 0..<20)
  func definition(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<500 {
      let pattern = letters("ab*?", upTo: 7, &generator)
      let value = letters("ab", upTo: 9, &generator)
      #expect(Glob(pattern).matches(value) == naive(pattern[...], value[...]), "`\(pattern)` `\(value)`")
    }
  }

  @Test("many stars cost no time", .timeLimit(.minutes(1)))
  func pathological() {
    let pattern = Glob(String(repeating: "a*", count: 40) + "b")
    let value = String(repeating: "a", count: 2000)
    let elapsed = ContinuousClock().measure {
      #expect(!pattern.matches(value))
      #expect(pattern.matches(value + "b"))
    }
    #expect(elapsed < .seconds(2))
  }

  /// What a pattern means, without a thought for time.
  private func naive(_ pattern: Substring, _ value: Substring) -> Bool {
    guard let first = pattern.first else { return value.isEmpty }
    if first == "*" {
      return naive(pattern.dropFirst(), value) || (!value.isEmpty && naive(pattern, value.dropFirst()))
    }
    guard let letter = value.first, first == "?" || first == letter else { return false }
    return naive(pattern.dropFirst(), value.dropFirst())
  }

  private func letters(_ alphabet: String, upTo most: Int, _ generator: inout SeededGenerator) -> String {
    String(
      (0..<Int.random(in: 0...most, using: &generator)).compactMap { _ in alphabet.randomElement(using: &generator) })
  }
}
