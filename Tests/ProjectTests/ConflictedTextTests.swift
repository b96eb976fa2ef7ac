import Diagnostics
import Testing

@testable import Project

@Suite("A text with conflict markers of git")
struct ConflictedTextTests {
  private static func sides(_ text: String) -> [String]? {
    ConflictedText(source(text)).map { sides in
      [sides.ours, sides.theirs].map { String(decoding: $0.bytes, as: UTF8.self) }
    }
  }

  private static func source(_ text: String) -> SourceText { SourceText(name: "x", bytes: Array(text.utf8)) }

  private static let texts: [(text: String, ours: String, theirs: String)] = [
    // merge
    ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nd\n", "a\nb\nd\n", "a\nc\nd\n"),
    ("<<<<<<< HEAD\nb\n=======\n>>>>>>> other\n", "b\n", ""),
    ("<<<<<<< HEAD\n=======\nc\n>>>>>>> other\n", "", "c\n"),
    ("<<<<<<< HEAD\n=======\n>>>>>>> other\n", "", ""),
    (
      "<<<<<<< a\n1\n=======\n2\n>>>>>>> b\nboth\n<<<<<<< a\n3\n4\n=======\n5\n>>>>>>> b\n", "1\nboth\n3\n4\n",
      "2\nboth\n5\n"
    ),
    // diff3
    ("a\n<<<<<<< HEAD\nb\n||||||| 1234567\nold\n=======\nc\n>>>>>>> other\nd\n", "a\nb\nd\n", "a\nc\nd\n"),
    ("<<<<<<< HEAD\nb\n||||||| merged common ancestors\n=======\nc\n>>>>>>> other\n", "b\n", "c\n"),
    // zdiff3: what both sides begin or end with alike stands outside.
    (
      "both\n<<<<<<< HEAD\nb\n||||||| 1234567\nold\n=======\nc\n>>>>>>> other\nboth too\n", "both\nb\nboth too\n",
      "both\nc\nboth too\n"
    ),
    // Ancestors of which there was more than one have longer markers.
    (
      "<<<<<<< HEAD\nb\n||||||| merged\n<<<<<<<<< Temporary merge branch 1\nx\n=========\ny\n"
        + ">>>>>>>>> Temporary merge branch 2\n=======\nc\n>>>>>>> other\n", "b\n", "c\n"
    ),
    // Ends of lines.
    ("a\r\n<<<<<<< HEAD\r\nb\r\n=======\r\nc\r\n>>>>>>> other\r\nd\r\n", "a\r\nb\r\nd\r\n", "a\r\nc\r\nd\r\n"),
    ("<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\nno end", "b\nno end", "c\nno end"),
    // A name may be missing.
    ("<<<<<<<\nb\n=======\nc\n>>>>>>>\n", "b\n", "c\n"),
    // No markers.
    ("", "", ""), ("a\nb\n", "a\nb\n", "a\nb\n"), ("\n\n", "\n\n", "\n\n"),
    (
      "======\n========\n <<<<<<< x\n<<<<<<<x\n# >>>>>>> x\n=======x\n",
      "======\n========\n <<<<<<< x\n<<<<<<<x\n# >>>>>>> x\n=======x\n",
      "======\n========\n <<<<<<< x\n<<<<<<<x\n# >>>>>>> x\n=======x\n"
    ),
  ]

  @Test("is two texts, with what git has merged in both", arguments: texts)
  func twoSides(text: String, ours: String, theirs: String) {
    #expect(Self.sides(text)?.map { Array($0.utf8) } == [Array(ours.utf8), Array(theirs.utf8)])
  }

  @Test(
    "is none when its markers do not come in their order",
    arguments: [
      "=======\n", ">>>>>>> x\n", "||||||| x\n", "<<<<<<< x\n", "<<<<<<< x\na\n=======\nb\n",
      "<<<<<<< x\na\n>>>>>>> y\n", "<<<<<<< x\n=======\n||||||| z\n>>>>>>> y\n",
      "<<<<<<< x\n=======\n=======\n>>>>>>> y\n",
      "<<<<<<< x\n||||||| z\n||||||| z\n=======\n>>>>>>> y\n", "<<<<<<< x\n||||||| z\n>>>>>>> y\n",
      "<<<<<<< x\n=======\n>>>>>>> y\n>>>>>>> y\n", "<<<<<<< x\n=======\n>>>>>>> y\n=======\n",
      // One within another.
      "<<<<<<< x\n<<<<<<< x\na\n=======\nb\n>>>>>>> y\n=======\nc\n>>>>>>> y\n",
      "<<<<<<< x\na\n=======\n<<<<<<< x\nb\n=======\nc\n>>>>>>> y\n>>>>>>> y\n",
    ])
  func outOfOrder(_ text: String) {
    #expect(Self.sides(text) == nil)
  }

  @Test("cut short is two texts or none; with its last marker it is two")
  func prefixes() {
    let text = "a\n<<<<<<< HEAD\nb\n||||||| x\no\n=======\nc\n>>>>>>> other\n"
    let bytes = Array(text.utf8)
    let whole = (0...bytes.count).filter { count in
      ConflictedText(SourceText(name: "x", bytes: Array(bytes.prefix(count)))) != nil
    }
    let end = text.utf8.count
    // Up to the first marker's space, and from the last one's on.
    #expect(whole == Array(0...9) + Array((end - " other\n".utf8.count + 1)...end))
  }

  @Test(
    "has its first marker told, at its line",
    arguments: [
      ("<<<<<<< HEAD\n", 1), ("a\n\nb\n=======\n>>>>>>> x\n", 4), ("a\r\n||||||| x\r\n", 2), ("a\n>>>>>>>\n", 2),
      ("", 0), ("a\n======\n", 0), ("a\n <<<<<<< x\n", 0), ("a\n<<<<<<<", 0), ("a\n<<<<<<<<\n", 0),
    ])
  func marker(text: String, line: Int) {
    let marker = Self.source(text).conflictMarker
    let expected = SourceSpan(SourcePosition(line: line, column: 1), SourcePosition(line: line, column: 8))
    #expect(marker == (line == 0 ? nil : expected))
  }
}
