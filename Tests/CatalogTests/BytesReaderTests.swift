import Diagnostics
import MarkedText
import Testing

@Suite("Where a file comes from and what its bytes are")
struct BytesReaderTests {
  private static let md5 = SmallCatalog.md5

  /// The whole catalog of one volume whose file has these fields.
  private static func volume(_ fields: String) -> String {
    "version: 1\nname: lab\nrevision: a\nmaps:\n- {map: a/b/c/1mm, files: [\(fields)]}\n"
  }

  private static let refusals = [
    Refusal(
      "no checksum", volume("‹{›url: a, size: 1}"),
      Expected(.catalogMissingKey, "`md5`", hint: "`md5`, `sha256` or both")),
    Refusal("no origin", volume("‹{›md5: \(md5)}"), Expected(.catalogMissingKey, "`osf`", hint: "`osf` or `url`")),
    Refusal("two origins", volume("{url: a, ‹osf›: a/b, md5: \(md5)}"), Expected(.catalogWrongValue, "not both")),
    Refusal(
      "an MD5 of capitals", volume("{url: a, md5: ‹\(String(repeating: "A", count: 32))›}"),
      Expected(.catalogWrongValue, "`md5` takes 32 lower-case")),
    Refusal(
      "an MD5 that is short", volume("{url: a, md5: ‹\(md5.dropLast())›}"), Expected(.catalogWrongValue, "`md5`")),
    Refusal(
      "an MD5 as SHA-256", volume("{url: a, sha256: ‹\(md5)›}"), Expected(.catalogWrongValue, "`sha256` takes 64")),
    Refusal("a size with a sign", volume("{url: a, md5: \(md5), size: ‹-1›}"), Expected(.catalogWrongValue, "`size`")),
    Refusal(
      "a size with a unit", volume("{url: a, md5: \(md5), size: ‹4 MB›}"), Expected(.catalogWrongValue, "`size`")),
    Refusal("an absolute path", volume("{url: ‹/a›, md5: \(md5)}"), Expected(.catalogWrongValue, "relative path")),
    Refusal("another scheme", volume("{url: ‹ftp://h/a›, md5: \(md5)}"), Expected(.catalogWrongValue, "https:")),
    Refusal("a password", volume("{url: ‹https://u:p@h/a›, md5: \(md5)}"), Expected(.catalogWrongValue, "password")),
    Refusal(
      "an OSF file of one part", volume("{osf: ‹abc›, md5: \(md5)}"), Expected(.catalogWrongValue, "project/file")),
    Refusal(
      "an OSF file that climbs", volume("{osf: ‹a/..›, md5: \(md5)}"), Expected(.catalogWrongValue, "project/file")),
    Refusal(
      "version 0 of an OSF file", volume("{osf: a/b, osf_version: ‹0›, md5: \(md5)}"),
      Expected(.catalogWrongValue, "`osf_version`")),
    Refusal(
      "a version that is no number", volume("{osf: a/b, osf_version: ‹new›, md5: \(md5)}"),
      Expected(.catalogWrongValue, "`osf_version`")),
    Refusal(
      "the version of what is not on OSF", volume("{url: a, ‹osf_version›: 2, md5: \(md5)}"),
      Expected(.catalogWrongValue, "`osf_version`")),
    Refusal(
      "an unknown key", volume("{url: a, ‹sha1›: x, md5: \(md5)}"), Expected(.catalogUnknownKey, "`sha1` in a file")),
  ]

  @Test("it is refused at its place", arguments: refusals)
  func refused(_ refusal: Refusal) {
    let found = findings(Array(refusal.text.text.utf8))
    #expect(refusal.text.differences(from: found, refusal.expected) == [])
  }
}
