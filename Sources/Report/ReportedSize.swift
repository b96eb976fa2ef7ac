/// A number of bytes, and how it is told.
package struct ReportedSize: Hashable, Sendable {
  /// To sort by.
  package let bytes: Int64
  /// To read: `8.1 MB`.
  package let text: String

  /// Takes both: the words are the caller's.
  package init(bytes: Int64, text: String) {
    self.bytes = bytes
    self.text = text
  }
}
