/// A text that must be refused, with what must be said about it: one argument of a test.
package struct Refusal: Sendable, CustomStringConvertible {
  /// What is wrong with the text, as a sentence.
  package let description: String
  /// The text and its marks.
  package let text: MarkedText
  /// What is expected at each mark.
  package let expected: [Expected]

  /// A refusal.
  package init(_ description: String, _ marked: String, _ expected: Expected...) {
    self.description = description
    text = MarkedText(marked)
    self.expected = expected
  }
}
