internal import Diagnostics

/// The two texts that a file with git's conflict markers was made of, as far as they can be told apart.
///
/// Where the branches agree, or only one has changed anything, both texts have what git has merged. Markers are those
/// of `git merge` in its styles `merge`, `diff3` and `zdiff3`: lines that begin with seven `<`, `|`, `=` or `>`.
struct ConflictedText {
  /// With what stands above the `=======` of each conflict.
  let ours: SourceText
  /// With what stands below.
  let theirs: SourceText

  private enum Part { case both, ours, base, theirs }

  /// Nil for a text whose markers do not come in their order.
  init?(_ source: SourceText) {
    var (ours, theirs): ([UInt8], [UInt8]) = ([], [])
    var part = Part.both
    for line in source.lines {
      switch (line.marker, part) {
      case ("<", .both): part = .ours
      case ("|", .ours): part = .base
      case ("=", .ours), ("=", .base): part = .theirs
      case (">", .theirs): part = .both
      case (nil, .both):
        ours += line
        theirs += line
      case (nil, .ours): ours += line
      case (nil, .base): continue
      case (nil, .theirs): theirs += line
      default: return nil
      }
    }
    guard part == .both else { return nil }
    self.ours = SourceText(name: source.name, bytes: ours)
    self.theirs = SourceText(name: source.name, bytes: theirs)
  }
}

extension SourceText {
  /// The first conflict marker of git; nil for a text that has none.
  var conflictMarker: SourceSpan? {
    guard let number = lines.enumerated().first(where: { $0.element.marker != nil })?.offset else { return nil }
    return SourceSpan(SourcePosition(line: number + 1, column: 1), SourcePosition(line: number + 1, column: 8))
  }

  /// Each with what ends it.
  fileprivate var lines: some Sequence<ArraySlice<UInt8>> {
    sequence(state: bytes[...]) { rest -> ArraySlice<UInt8>? in
      guard !rest.isEmpty else { return nil }
      let end = rest.firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? rest.endIndex
      defer { rest = rest[end...] }
      return rest[..<end]
    }
  }
}

extension ArraySlice<UInt8> {
  /// The sign that a conflict marker is made of; nil for any other line.
  fileprivate var marker: Character? {
    guard let first, "<|=>".utf8.contains(first), count >= 8, prefix(7).allSatisfy({ $0 == first }) else { return nil }
    // Git writes a name behind, but for the one in the middle.
    let next = self[startIndex + 7]
    let ends = [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: " ")]
    return ends.contains(next) ? Character(UnicodeScalar(first)) : nil
  }
}
