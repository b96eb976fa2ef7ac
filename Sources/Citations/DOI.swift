/// A digital object identifier, whatever a catalog wrote before it.
package struct DOI: Sendable {
  /// `10.1038/s41592-022-01625-w`, without scheme or resolver; no character that ends a field or line.
  package let text: String

  /// Takes `doi:` or a resolver's address off; nil when nothing is left.
  package init?(_ written: String) {
    var rest = trimmed(written[...])
    for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
      rest = String(rest.dropFirst(scheme.count))
    }
    for resolver in ["dx.doi.org/", "doi.org/", "doi:"] where rest.lowercased().hasPrefix(resolver) {
      rest = trimmed(rest.dropFirst(resolver.count))
    }
    text = addressable(rest)
    guard !text.isEmpty else { return nil }
  }

  /// Where it leads to what it names.
  package var url: String { "https://doi.org/\(text)" }
}

/// An address in which blanks, braces, quotes and the like are percent-encoded.
package func addressable(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return text.utf8.map { byte in
    switch byte {
    case 0...0x20, 0x7f, UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "`"), UInt8(ascii: "^"), UInt8(ascii: "|"), 0x80...:
      "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    default: String(UnicodeScalar(byte))
    }
  }.joined()
}
