/// What git leaves of a file that two branches have changed.
enum ConflictedFile {
  /// Git's styles of telling a conflict.
  enum Style: String, CaseIterable {
    case merge
    case diff3
  }

  /// One conflict, from the first line that differs to the last.
  ///
  /// - Parameter base: what both come from, for a style that shows it.
  static func text(_ ours: String, _ theirs: String, base: String? = nil) -> String {
    let (a, b) = (lines(ours), lines(theirs))
    let head = zip(a, b).prefix { $0 == $1 }.count
    let (restOfA, restOfB) = (Array(a.dropFirst(head)), Array(b.dropFirst(head)))
    let tail = zip(restOfA.reversed(), restOfB.reversed()).prefix { $0 == $1 }.count
    var all = Array(a.prefix(head))
    all.append("<<<<<<< HEAD")
    all += restOfA.dropLast(tail)
    if let base {
      all.append("||||||| 1a2b3c4")
      all += lines(base).dropFirst(head)
    }
    all.append("=======")
    all += restOfB.dropLast(tail)
    all.append(">>>>>>> theirs")
    all += restOfA.suffix(tail)
    return all.map { "\($0)\n" }.joined()
  }

  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n") }
}
