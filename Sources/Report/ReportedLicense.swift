/// A license that is stated. Where none is, there is no permission.
package struct ReportedLicense: Hashable, Sendable {
  /// `CC BY-NC-SA 4.0`.
  package var name: String
  /// Where it is written.
  package var address: String?

  /// A license by its name.
  package init(name: String, address: String? = nil) {
    self.name = name
    self.address = address
  }
}
