internal import Diagnostics

/// The two files of a project that the program reads.
enum ProjectFile {
  case manifest
  case lock

  /// Its name in the project's folder.
  var name: String {
    switch self {
    case .manifest: Workspace.manifestName
    case .lock: Workspace.lockName
    }
  }

  /// A file of more bytes is not read.
  var byteLimit: Int {
    switch self {
    case .manifest: 8 << 20
    case .lock: 512 << 20
    }
  }

  /// What to say of a file that is larger.
  func tooLarge(_ shown: String, _ size: Int64) -> Diagnostic {
    let start = SourceLocation(file: shown, span: SourceSpan(line: 1, column: 1), line: "")
    let message = "`\(name)` has \(size) bytes; at most \(byteLimit >> 20) MiB are read"
    switch self {
    case .manifest: return Diagnostic(.manifestSyntax, message, at: start)
    case .lock: return Diagnostic(.lockSyntax, message, at: start)
    }
  }
}
