/// What `git merge` writes of two texts that it could not merge.
enum Merge {
  /// The values of git's `merge.conflictStyle`.
  enum Style: String, CaseIterable, Sendable {
    case merge, diff3, zdiff3
  }

  static let styles = Style.allCases

  /// A file that both sides have changed all over.
  static func whole(_ ours: String, _ theirs: String) -> String {
    "<<<<<<< HEAD\n\(ours)=======\n\(theirs)>>>>>>> other\n"
  }

  /// One conflict, from the first line that is not the same in all three to the last; `zdiff3` leaves out of it what
  /// both sides begin and end with alike.
  static func text(_ ours: String, _ base: String, _ theirs: String, _ style: Style) -> String {
    let sides = [ours, base, theirs].map { text in
      text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { "\($0)\n" }
    }
    let all = narrowed(sides)
    guard style == .zdiff3 else { return all.before + conflict(all.sides, style) + all.after }
    let both = narrowed([all.sides[0], all.sides[2]])
    let inner = conflict([both.sides[0], all.sides[1], both.sides[1]], style)
    return all.before + both.before + inner + both.after + all.after
  }

  private static func conflict(_ sides: [[String]], _ style: Style) -> String {
    let base = style == .merge ? "" : "||||||| 1234567\n\(sides[1].joined())"
    return "<<<<<<< HEAD\n\(sides[0].joined())\(base)=======\n\(sides[2].joined())>>>>>>> other\n"
  }

  /// What all begin with, what is left of each, and what all end with.
  private static func narrowed(_ sides: [[String]]) -> (before: String, sides: [[String]], after: String) {
    var rest = sides.map { $0[...] }
    var before = ""
    while let line = rest[0].first, rest.allSatisfy({ $0.first == line }) {
      before += line
      rest = rest.map { $0.dropFirst() }
    }
    var after = ""
    while let line = rest[0].last, rest.allSatisfy({ $0.last == line }) {
      after = line + after
      rest = rest.map { $0.dropLast() }
    }
    return (before, rest.map { Array($0) }, after)
  }
}
