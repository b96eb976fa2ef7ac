/// A paper in one line, and where it can be read.
package struct ReportedReference: Hashable, Sendable {
  /// As in a list of references, without the link.
  package var text: String
  /// `doi:10.…` or an address of the web; shown as a text if it is neither.
  package var address: String?

  /// A paper, with its link if it has one.
  package init(text: String, address: String? = nil) {
    self.text = text
    self.address = address
  }
}
