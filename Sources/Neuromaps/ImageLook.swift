package import Diagnostics
package import Images

/// What came of looking into a file.
package enum ImageLook: Sendable {
  /// It is an image.
  case image(ImageFacts)
  /// It is none, or cannot be read.
  case problem(Diagnostic)
}

/// An image in a file.
package struct ImageFacts: Sendable {
  /// The file, as a person would write its path.
  package let path: String
  /// What it is.
  package let summary: ImageSummary
  /// How its values are spread that are not zero; nil unless asked for.
  package let histogram: Histogram?
  /// What is not as the file's name says, and why that is no surprise; nothing where the name does not say what it is.
  package let findings: [(diagnostic: Diagnostic, known: String?)]
}
