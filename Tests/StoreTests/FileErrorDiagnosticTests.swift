import Diagnostics
import Effects
import Store
import SystemPackage
import Testing

@Suite("Errors of files in words")
struct FileErrorDiagnosticTests {
  @Test(
    "an error says what, where, why, and what to do",
    arguments: [
      (FileError(.write, "/d/a", .noSpace), DiagnosticCode.diskFull, "cannot write `/d/a`", "free some space"),
      (FileError(.flush, "/d/a", .diskQuotaExceeded), .diskFull, "cannot flush `/d/a`", "free some space"),
      (FileError(.create, "/d", .permissionDenied), .fileFailed, "cannot create `/d`", "who may write"),
      (FileError(.place, "/d", .readOnlyFileSystem), .fileFailed, "cannot place `/d`", "--data-dir"),
    ])
  func words(_ error: FileError, _ code: DiagnosticCode, _ message: String, _ hint: String) {
    let diagnostic = error.diagnostic
    #expect(diagnostic.code == code)
    #expect(diagnostic.message == message)
    #expect(diagnostic.causes.count == 1)
    #expect(diagnostic.hints.contains { $0.contains(hint) })
  }

  @Test("an error that nothing can be done about has no hint")
  func noHint() {
    #expect(FileError(.read, "/a", .ioError).diagnostic.hints.isEmpty)
  }
}
