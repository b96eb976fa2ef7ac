package import Diagnostics

/// A line that one of two texts has, and the other has not at that place.
package enum LineChange: Hashable, Sendable {
  /// Only in the earlier text.
  case removed(String)
  /// Only in the later text.
  case added(String)

  /// What has changed, in the order of the texts; bad UTF-8 is repaired.
  package static func between(_ before: SourceText, _ after: SourceText) -> [LineChange] {
    let (old, new) = (lines(before), lines(after))
    var (gone, come): (Set<Int>, Set<Int>) = ([], [])
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): come.insert(offset)
      }
    }
    var (changes, i, j): ([LineChange], Int, Int) = ([], 0, 0)
    while i < old.count || j < new.count {
      if gone.contains(i) {
        changes.append(.removed(text(old[i])))
        i += 1
      } else if come.contains(j) {
        changes.append(.added(text(new[j])))
        j += 1
      } else {
        (i, j) = (i + 1, j + 1)
      }
    }
    return changes
  }

  private static func lines(_ text: SourceText) -> [ArraySlice<UInt8>] {
    text.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
  }
}

extension LineChange: CustomStringConvertible {
  /// As in a patch: the line behind its sign.
  package var description: String {
    switch self {
    case .removed(let line): "-\(line)"
    case .added(let line): "+\(line)"
    }
  }
}
