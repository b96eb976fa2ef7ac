/// What must not be, a line each, as it is found.
package struct Violations {
  /// In the order in which they were found.
  package private(set) var lines: [String] = []

  /// Notes a sentence unless something holds.
  mutating func require(_ holds: Bool, _ sentence: @autoclosure () -> String) {
    if !holds { lines.append(sentence()) }
  }

  /// Notes a sentence for each that there should be none of.
  mutating func refuse<Item>(_ items: some Sequence<Item>, _ sentence: (Item) -> String) {
    lines += items.map(sentence)
  }

  /// Texts are in the one order of everything that is written, that of their UTF-8 bytes, none twice.
  mutating func requireOrder(_ texts: [String], of what: String) {
    for (text, next) in zip(texts, texts.dropFirst()) {
      require(text.utf8.lexicographicallyPrecedes(next.utf8), "\(what): `\(text)` comes before `\(next)`")
    }
  }

  /// Adds what was found elsewhere.
  mutating func add(_ others: Violations) { lines += others.lines }
}
