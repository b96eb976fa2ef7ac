internal import Diagnostics

extension String {
  /// The text on one line, with nothing in it that could steer a terminal or turn its direction of writing.
  var printable: String {
    guard unicodeScalars.contains(where: \.steersTerminal) else { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminal ? "?" : $0 }))
  }

  /// How many columns of a terminal it fills.
  var columns: Int { reduce(0) { $0 + $1.columns } }

  /// The start of the text that fits into so many columns.
  func prefix(columns room: Int) -> String {
    var room = room
    return String(
      prefix { character in
        room -= character.columns
        return room >= 0
      })
  }
}

extension Character {
  /// A character is as wide as its widest scalar: an accent stands on its letter.
  fileprivate var columns: Int { unicodeScalars.reduce(0) { max($0, $1.columns) } }
}

extension Unicode.Scalar {
  /// 0 for what stands on another, 2 for what Unicode's annex 11 calls wide (its large blocks), else 1.
  fileprivate var columns: Int {
    switch value {
    case 0..<0x300: 1
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff01...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f680...0x1f6ff, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
      2
    default:
      switch properties.generalCategory {
      case .nonspacingMark, .enclosingMark, .format: 0
      default: 1
      }
    }
  }
}
