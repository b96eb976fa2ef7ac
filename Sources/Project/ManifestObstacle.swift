internal import Diagnostics

/// Why a manifest is not edited: its shape is one that cannot be kept, or the result would not be what it should.
struct ManifestObstacle: Error {
  /// As the end of a sentence.
  let reason: String
  /// Where.
  let location: SourceLocation
  /// What is wrong with the result.
  var causes: [String] = []

  /// What to tell.
  ///
  /// - Parameter hints: what a person has to do by hand.
  func diagnostic(hints: [String]) -> Diagnostic {
    Diagnostic(
      .cannotEdit, "`\(location.file)` cannot be edited here: \(reason)", at: location,
      notes: ["it was left as it is"], causes: causes, hints: hints)
  }
}
