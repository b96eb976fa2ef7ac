/// SplitMix64: the same numbers for the same seed on every machine.
package struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  /// Begins at `seed`.
  package init(seed: UInt64) { state = seed }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A text of up to `most` pieces, many of which mean something to YAML.
  package mutating func text(upTo most: Int) -> String {
    let pieces = [
      "a", "B", "7", "0", " ", "  ", ":", ": ", " #", "#", "-", "- ", "?", "*", "&", "!", "|", ">", "%", "@", "`", "'",
      "\"", "\\", ",", "[", "]", "{", "}", "~", "null", "true", "1e3", "0x", "\n", "\n\n", "\r", "\t", "ä", "é",
      "\u{301}",
      "日本", "🧠", "\u{85}", "\u{2028}", "\u{a0}", "\u{feff}", "\u{7f}", "\u{1}", "---", "...", "<<", "=",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...most, using: &self) { text += pieces.randomElement(using: &self) ?? "" }
    return text
  }
}
