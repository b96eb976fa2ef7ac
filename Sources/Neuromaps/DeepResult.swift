package import Dataset
package import Diagnostics

/// What the images of a data directory are like, against their names.
package struct DeepResult: Sendable {
  /// Something about a file.
  package struct Finding: Sendable {
    /// The file; the left one where it is about both halves of a map.
    package let path: DatasetPath
    /// What there is to say.
    package let diagnostic: Diagnostic
    /// Why it is no surprise; nil if it is one.
    package let known: String?
  }

  /// How many images were looked into.
  package let images: Int
  /// All that was found, by path.
  package let findings: [Finding]
  /// What kept images from being looked into, though they were there before.
  package let obstacles: [Diagnostic]

  /// What was found of images that can be read, but for what is known.
  package var surprises: [Diagnostic] { warnings.filter { $0.known == nil }.map(\.diagnostic) }

  /// What is known of images, and so no fault of these copies.
  package var knowledge: [Diagnostic] { warnings.filter { $0.known != nil }.map(\.diagnostic) }

  /// Images that cannot be read.
  package var errors: [Diagnostic] { findings.map(\.diagnostic).filter { $0.severity == .error } }

  private var warnings: [Finding] { findings.filter { $0.diagnostic.severity == .warning } }
}
