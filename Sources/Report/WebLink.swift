/// An address that a reader may follow: of the web, and nothing that runs.
struct WebLink {
  /// `https://…` or `http://…`.
  let address: String

  /// Takes web addresses and `doi:…`; nil for any other scheme, for one without a host or with a name and password in
  /// it, and for what holds blanks or control characters.
  init?(_ written: String) {
    guard written.utf8.count <= 4096, written.unicodeScalars.allSatisfy(Self.isPlain) else { return nil }
    let lower = written.lowercased()
    if lower.hasPrefix("doi:10.") {
      address = "https://doi.org/\(written.dropFirst(4))"
      return
    }
    guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else { return nil }
    let host = written.dropFirst(scheme.count).prefix { !"/?#\\".contains($0) }
    guard !host.isEmpty, !host.contains("@") else { return nil }
    address = written
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
      && scalar.properties.generalCategory != .format
  }
}
