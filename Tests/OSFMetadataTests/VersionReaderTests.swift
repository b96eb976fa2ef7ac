import Dataset
import MarkedText
import OSFMetadata
import Testing

@Suite("What OSF says of a file")
struct VersionReaderTests {
  private static let md5 = "3ec7cd923a9f5cc1eb83230ad3728f38"
  private static let sha256 = "91c07e5bb4c5bb1b0b5a4b1f5f8c0a6d7b0c8e1f2a3b4c5d6e7f8091a2b3c4d5"

  /// The shape of WaterButler's answer to `?meta=`, with what nobody asked for.
  private static let meta = """
    {"data": {"id": "osfstorage/60c2290118f70b01fca797eb", "type": "files", "links": {"move": "https://x/y?a=1"},
     "attributes": {"extra": {"guid": null, "version": 2, "downloads": 1417, "checkout": null,
     "latestVersionSeen": null, "hashes": {"md5": "\(md5)", "sha256": "\(sha256)"}}, "kind": "file",
     "name": "na\\u00efve \\ud83e\\udde0.gii", "path": "/60c2290118f70b01fca797eb", "provider": "osfstorage",
     "size": 30001, "sizeInt": 30001, "resource": "4mw3a", "etag": "x", "modified": "2021-06-10T14:57:53+00:00"}}}
    """

  private static let versions = """
    {"data": [{"id": "2", "type": "file_versions", "attributes": {"extra": {"hashes": {"md5": "\(md5)",
     "sha256": "\(sha256)"}}, "version": "2", "modified": "x", "versionIdentifier": "version"}},
     {"id": "1", "attributes": {"extra": {"hashes": {"md5": "\(md5.uppercased())"}}, "version": 1, "size": "12"}},
     {"id": "0", "attributes": {"extra": {"hashes": {}}, "version": 3}}]}
    """

  private func sums(_ size: Int64?, sha256: String? = nil) -> Checksums? {
    Checksums(size: size, md5: MD5Digest(Self.md5), sha256: sha256.flatMap { SHA256Digest($0) })
  }

  @Test("the newest version, with size and digests")
  func newest() throws {
    let version = try #require(VersionReader.newest(Array(Self.meta.utf8)))
    #expect(version.number == 2)
    #expect(version.checksums == sums(30_001, sha256: Self.sha256))
  }

  @Test("all versions, as far as they are told; one without a digest tells nothing")
  func all() throws {
    let versions = try #require(VersionReader.all(Array(Self.versions.utf8)))
    #expect(versions.map(\.number) == [2, 1])
    #expect(versions.map(\.checksums) == [sums(nil, sha256: Self.sha256), sums(12)])
  }

  @Test(
    "what tells nothing is nothing",
    arguments: [
      "", "{}", "[]", "null", "{\"data\": []}", "{\"data\": {\"attributes\": {}}}", "<html>", "{\"data\": 7}",
      "{\"data\": {\"attributes\": {\"size\": -1, \"extra\": {\"version\": 1, \"hashes\": {\"md5\": \"\(md5)\"}}}}}",
      "{\"data\": {\"attributes\": {\"extra\": {\"version\": 0, \"hashes\": {\"md5\": \"\(md5)\"}}}}}",
      "{\"data\": {\"attributes\": {\"extra\": {\"version\": 1, \"hashes\": {\"md5\": \"\(md5)0\"}}}}}",
      "{\"data\": {\"attributes\": {\"extra\": {\"version\": \"one\", \"hashes\": {\"md5\": \"\(md5)\"}}}}}",
      "{\"data\": {\"attributes\": {\"extra\": {\"version\": 99999999999999999999, \"hashes\": {}}}}}",
    ])
  func nothing(_ text: String) {
    #expect(VersionReader.newest(Array(text.utf8)) == nil)
  }

  @Test("every prefix gives nothing, and no flipped byte a crash")
  func damaged() {
    for text in [Self.meta, Self.versions] {
      let bytes = Array(text.utf8)
      for count in 0..<bytes.count { #expect(VersionReader.newest(Array(bytes.prefix(count))) == nil) }
      var generator = SeededGenerator(seed: 4)
      for _ in 0..<2000 {
        var damaged = bytes
        damaged[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        if let version = VersionReader.newest(damaged) { #expect(version.number >= 1) }
        _ = VersionReader.all(damaged)
      }
    }
  }

  @Test("an answer of any depth or length ends")
  func bombs() {
    #expect(VersionReader.newest(Array(String(repeating: "[", count: 200_000).utf8)) == nil)
    #expect(VersionReader.newest([UInt8](repeating: UInt8(ascii: " "), count: VersionReader.byteLimit + 1)) == nil)
  }
}
