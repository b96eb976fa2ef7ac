/// A diagnostic as GitHub Actions reads it from the log of a run, and shows it beside the line that it is about.
///
/// ```
/// ::error file=neuromaps.yaml,line=14,col=12,endColumn=18,title=NM0104::unknown space `fsLR32k`%0Ahint: …
/// ```
/// The form is that of GitHub's workflow commands: one line, which begins with two colons; properties with commas
/// between; two colons; the message. What would end one of these parts is written as `%` and two digits. Columns
/// count from 1, and `endColumn` is that of the last character.
package struct WorkflowCommand: Sendable {
  private let diagnostic: Diagnostic
  private let file: String?

  /// The command that tells a diagnostic.
  ///
  /// - Parameter file: the file to show it at, as seen from the top of the repository; nil if it is about none there.
  package init(_ diagnostic: Diagnostic, file: String?) {
    self.diagnostic = diagnostic
    self.file = file
  }

  /// The line, ended by a newline.
  ///
  /// Nothing that came with data can begin a command of its own, or steer a terminal.
  package var line: String {
    let properties = (place + [("title", diagnostic.code.rawValue)]).map { name, value in
      "\(name)=\(escaped(value, isProperty: true))"
    }
    let listed = properties.joined(separator: ",")
    return "::\(diagnostic.severity.rawValue) \(listed)::\(escaped(message, isProperty: false))\n"
  }

  /// GitHub takes columns only of what stands on one line.
  private var place: [(String, String)] {
    guard let file else { return [] }
    guard let span = diagnostic.location?.span else { return [("file", file)] }
    let (start, end) = (span.start, span.end)
    let line = [("file", file), ("line", "\(start.line)")]
    guard start.line == end.line else {
      return line + [("endLine", "\(max(start.line, end.column > 1 ? end.line : end.line - 1))")]
    }
    return line + [("col", "\(start.column)"), ("endColumn", "\(max(start.column, end.column - 1))")]
  }

  private var message: String {
    var lines = [diagnostic.message]
    if file == nil, let location = diagnostic.location {
      lines.append("--> \(location.file):\(location.span.start.line):\(location.span.start.column)")
    }
    lines += diagnostic.notes.map { "note: \($0)" }
    lines += diagnostic.causes.map { "caused by: \($0)" }
    lines += diagnostic.hints.map { "hint: \($0)" }
    return lines.joined(separator: "\n")
  }

  private func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      case let scalar where scalar.steersTerminal: result += "?"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
