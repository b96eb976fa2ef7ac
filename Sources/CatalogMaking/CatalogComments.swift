package import Dataset

/// What stands in a catalog file for the person who goes on with it.
package struct CatalogComments: Sendable {
  /// The first lines of the file.
  package var heading: [String] = []
  /// Whether facts that are missing are asked for where they belong.
  package var asksForFacts = false
  /// What else there is to say of a file, by where it belongs: `10242 vertices, float32`.
  package var remarks: [DatasetPath: String] = [:]

  /// None at all.
  package init() {}

  /// A comment as it is written: one line, whatever stands in the text.
  static func line(_ text: String) -> String {
    var line = "#"
    if !text.isEmpty { line += " " }
    for scalar in text.unicodeScalars { line.unicodeScalars.append(isShown(scalar) ? scalar : "?") }
    return line
  }

  /// What YAML takes for the end of a line, or not at all, is not.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7f, 0xa0..<0x2028, 0x202a..<0xe000, 0xf900..<0xfeff, 0xff00..<0xfffe, 0x10000...: true
    default: false
    }
  }
}
