import Dataset
import Testing

@Suite("Where bytes come from")
struct OriginTests {
  @Test(
    "an address with a known scheme is an address",
    arguments: [
      "https://example.org", "https://example.org/a/b.nii.gz?x=1#y", "http://127.0.0.1:8080/a", "https://[::1]:443/a",
      "https://example.org/a@b", "https://example.org?q=a@b", "file:///shared/maps/a.gii", "file://localhost/a",
      "https://example.org/a:b",
    ])
  func addresses(_ text: String) {
    #expect(Origin(url: text) == .url(text))
  }

  @Test(
    "what has no scheme and no slash in front is relative",
    arguments: ["a", "maps/a.gii", "../a", "./a", "a/b:c", "日本"])
  func relative(_ text: String) {
    #expect(Origin(url: text) == .relative(text))
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "/etc/passwd", "//host/a", "ftp://h/a", "osf:x/y", "data:text/plain,x", "javascript:x", "C:/a", "https:a",
      "https:/a", "https://", "https:///a", "https://?x", "https://#x", "file://host/a", "file://", "file:a", "file:/a",
      "a b", "https://h/a b", "a\nb", "a\tb", "\\\\h\\a", "https:\\\\h", "a\u{7f}", "a\0",
    ])
  func refuses(_ text: String) {
    #expect(Origin(url: text) == nil)
  }

  @Test(
    "an address that carries a name or a password is none",
    arguments: [
      "https://user@h/a", "https://user:word@h/a", "http://:word@h", "https://@h", "https://a@b@h/", "https://u:p@h?x",
      "https://u:p@h#x", "file://user@localhost/a",
    ])
  func credentials(_ text: String) {
    #expect(Origin(url: text) == nil)
  }

  @Test(
    "a sign is itself even where a combining mark follows it",
    arguments: ["/\u{301}etc/passwd", "https://user:word@\u{301}h/a", "https://h/\u{301}@u", "ftp:\u{301}//h/a"])
  func combining(_ text: String) {
    switch Origin(url: text) {
    case .relative?: Issue.record("taken for a relative path")
    case .url? where text.contains("word"): Issue.record("a password is let through")
    case .url?, .osf?, nil: break
    }
  }

  @Test("an address has at most 2,048 bytes")
  func limit() {
    let long = "https://h/" + String(repeating: "a", count: 2038)
    #expect(Origin(url: long) != nil)
    #expect(Origin(url: long + "a") == nil)
  }

  private static let moves: [(path: String, folder: String, moved: Origin)] = [
    ("maps/a.gii", "", .relative("maps/a.gii")),
    ("maps/a.gii", "lab", .relative("lab/maps/a.gii")),
    ("maps/a.gii", "lab/", .relative("lab/maps/a.gii")),
    ("maps/a.gii", ".", .relative("maps/a.gii")),
    ("./maps/./a.gii", "lab", .relative("lab/maps/a.gii")),
    ("../a.gii", "lab", .relative("a.gii")),
    ("../../a.gii", "lab", .relative("../a.gii")),
    ("../a.gii", "../other", .relative("../a.gii")),
    ("a.gii", "..", .relative("../a.gii")),
    ("a.gii", "../..", .relative("../../a.gii")),
    ("a.gii", "/shared/lab", .url("file:///shared/lab/a.gii")),
    ("../a.gii", "/shared/lab", .url("file:///shared/a.gii")),
    ("../../../a.gii", "/shared/lab", .url("file:///a.gii")),
  ]

  @Test("a relative path is seen from the folder of the file that names it", arguments: moves)
  func moved(path: String, folder: String, moved: Origin) {
    #expect(Origin(url: path)?.moved(into: folder) == moved)
  }

  @Test(
    "wherever a catalog is, its files' origins can be read back from the lock",
    arguments: ["my lab", "a:b", "/my lab", "50%"])
  func movedReadsBack(folder: String) throws {
    let origin = try #require(Origin(url: "maps/a.gii")).moved(into: folder)
    switch origin {
    case .relative(let text), .url(let text): #expect(Origin(url: text) == origin)
    case .osf: Issue.record("a relative origin became one on OSF")
    }
  }

  @Test("addresses and files on OSF stay where they are")
  func unmoved() throws {
    for origin in [Origin.osf(try #require(OSFFile("4mw3a/60c2"))), .url("https://h/a"), .url("file:///a")] {
      #expect(origin.moved(into: "lab") == origin)
      #expect(origin.moved(into: "/lab") == origin)
    }
  }

  @Test("a message tells no query, which may be signed")
  func description() throws {
    #expect("\(Origin.url("https://h/a?token=x"))" == "https://h/a")
    #expect("\(Origin.relative("lab/a"))" == "lab/a")
    #expect("\(Origin.osf(try #require(OSFFile("4mw3a/60c2"))))" == "OSF 4mw3a/60c2")
  }
}
