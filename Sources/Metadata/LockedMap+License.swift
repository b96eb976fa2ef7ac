package import Project

extension LockedMap {
  /// What is said where no license is stated.
  static let noLicense = "unknown: none is stated, which is no permission"

  /// The license as the catalog writes it; nil where that says nothing.
  package var statedLicense: String? {
    let words = (license ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.isEmpty || words.lowercased() == "unknown" ? nil : words
  }
}
