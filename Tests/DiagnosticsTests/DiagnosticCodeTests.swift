import Diagnostics
import Testing

@Suite("The codes of diagnostics")
struct DiagnosticCodeTests {
  @Test("every code is NM, a subject from 01 to 06, and two digits", arguments: DiagnosticCode.allCases)
  func form(_ code: DiagnosticCode) {
    #expect(code.rawValue.wholeMatch(of: #/NM0[1-6][0-9][0-9]/#) != nil)
  }

  @Test("a code that was once given keeps its meaning")
  func stable() {
    #expect(DiagnosticCode(rawValue: "NM0104") == .unknownValue)
    #expect(DiagnosticCode(rawValue: "NM0302") == .wrongBytes)
    #expect(DiagnosticCode(rawValue: "NM9999") == nil)
  }
}
