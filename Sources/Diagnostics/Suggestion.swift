/// Finds what a person probably meant to write.
public enum Suggestion {
  /// The candidate nearest to `word`, if one is near enough to be worth a question.
  ///
  /// Near is: equal but for case, one a prefix of the other (three letters at least), or at most
  /// a third of the word mistyped (transpositions count once). Ties go to the first by UTF-8 order.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let folded = word.lowercased()
    var best: (score: Int, text: String)?
    for candidate in candidates where candidate != word {
      guard let score = score(folded, candidate.lowercased()) else { continue }
      guard let found = best else {
        best = (score, candidate)
        continue
      }
      let isEarlier = candidate.utf8.lexicographicallyPrecedes(found.text.utf8)
      if (score, isEarlier ? 0 : 1) < (found.score, 1) { best = (score, candidate) }
    }
    return best?.text
  }

  private static func score(_ a: String, _ b: String) -> Int? {
    if a == b { return 0 }
    let longer = max(a.utf8.count, b.utf8.count)
    let shorter = min(a.utf8.count, b.utf8.count)
    let distance = distance(Array(a.utf8), Array(b.utf8))
    if shorter > 0, longer > 1, distance <= max(1, longer / 3) { return distance }
    if shorter >= 3, a.hasPrefix(b) || b.hasPrefix(a) { return longer }
    return nil
  }

  /// Optimal string alignment: inserted, removed, replaced and swapped bytes.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in b.indices {
        let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
