/// What a server calls the bytes it is sending, so that the rest can be asked for only while they are the same.
package struct Validator: Hashable, Sendable {
  /// The server: scheme, host and port. Another server's tag means nothing here.
  package let server: String
  /// A strong entity tag, quotes included.
  package let tag: String

  /// Nil for a weak tag, which may be of other bytes, and for what is no tag.
  package init?(server: String, tag: String) {
    guard tag.hasPrefix("\""), tag.hasSuffix("\""), (2...1024).contains(tag.utf8.count),
      tag.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.server = server
    self.tag = tag
  }
}
