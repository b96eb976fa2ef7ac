internal import Dataset
internal import Diagnostics
internal import JSON
internal import Neuromaps

extension DeepResult {
  /// What it came to: `5 images looked into: 2 findings, 1 of them known`.
  var line: String {
    let known = findings.count { $0.known != nil }
    let found = findings.isEmpty ? "no findings" : counted(findings.count, "finding")
    return "\(counted(images, "image")) looked into: \(found)\(known > 0 ? ", \(known) of them known" : "")"
  }

  /// The same for programs.
  var fields: [(String, JSONValue)] {
    [
      ("images", .number(Int64(images))),
      (
        "findings",
        .list(
          findings.map { finding in
            .object([("path", .text(finding.path.text))] + finding.diagnostic.found(known: finding.known))
          })
      ),
    ]
  }
}

extension Diagnostic {
  /// What was found of an image, for programs.
  ///
  /// - Parameter known: why it is no surprise; nil if it is one.
  func found(known: String?) -> [(String, JSONValue)] {
    [("code", .text(code.rawValue)), ("message", .text(message)), ("known", .optional(known))]
  }
}
