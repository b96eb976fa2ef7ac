import Dataset
import Store
import TestWorld
import Testing

@Suite("What OSF said of files, in the store")
struct RememberedVersionsTests {
  private let file = OSFFile(project: "4mw3a", file: "60c2290118f70b01fca797eb")!
  private let osf = "https://files.osf.io"

  private func version(_ number: Int, _ bytes: String) -> OSFVersion {
    OSFVersion(number: number, checksums: MadeFile.checksums(of: Array(bytes.utf8)))!
  }

  @Test("what was recorded is there, beside what was there before, for the same server alone")
  func remembers() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("store"))
    #expect(try store.versions(of: file, at: osf) == [])
    try store.record([version(2, "two")], of: file, at: osf)
    let bare = OSFVersion(number: 1, checksums: Checksums(md5: MadeFile.checksums(of: [1]).md5)!)!
    try store.record([bare, version(2, "two")], of: file, at: osf)
    #expect(try store.versions(of: file, at: osf) == [bare, version(2, "two")])
    #expect(try store.versions(of: file, at: "http://127.0.0.1:1") == [])
    try store.record([version(7, "x")], of: file, at: "http://127.0.0.1:1")
    #expect(try store.versions(of: file, at: osf) == [])
  }

  @Test("any damage is as if nothing had been told")
  func damage() throws {
    let bench = try FakeBench()
    let store = ObjectStore(bench.files, at: bench.at("store"))
    try store.record([version(1, "one")], of: file, at: osf)
    let path = bench.at("store/v1/osf/4mw3a/60c2290118f70b01fca797eb")
    let text = try #require(try bench.bytes(path))
    for count in 0..<text.count {
      try bench.put(Array(text.prefix(count)), at: path)
      #expect(try store.versions(of: file, at: osf) == [])
    }
    for index in text.indices {
      var damaged = text
      damaged[index] ^= 1
      try bench.put(damaged, at: path)
      #expect(try store.versions(of: file, at: osf) == [])
    }
  }
}
