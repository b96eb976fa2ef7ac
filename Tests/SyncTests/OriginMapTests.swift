import Dataset
import Effects
import Sync
import SystemPackage
import Testing

@Suite("From origins to places")
struct OriginMapTests {
  private let path = DatasetPath("annotations/a/b/c")!
  private let osf = OSFFile(project: "4mw3a", file: "60c2290118f70b01fca797eb")!

  private func map(_ url: String = OriginMap.osf, mirrors: [String] = []) -> OriginMap {
    OriginMap(osfURL: url, folder: "/srv/project", mirrors: mirrors)
  }

  private func text(_ place: DownloadPlace?) -> String? {
    switch place {
    case .web(let address)?: address.text
    case .file(let path)?: path.string
    case nil: nil
    }
  }

  @Test(
    "a file on OSF has an address at OSF, or at the server in its place",
    arguments: [OriginMap.osf, "https://files.osf.io/", "http://127.0.0.1:8080", "https://osf.example.org/files/"])
  func osfAddress(_ url: String) {
    let base = url.hasSuffix("/") ? String(url.dropLast()) : url
    let start = "\(base)/v1/resources/4mw3a/providers/osfstorage/60c2290118f70b01fca797eb"
    #expect(text(map(url).place(of: .osf(osf))) == start)
    let second = OSFFile(project: osf.project, file: osf.file, version: 2)
    #expect(second.map { text(map(url).place(of: .osf($0))) } == "\(start)?version=2")
  }

  @Test(
    "an address is itself, a file address a file, and a relative origin starts from the project",
    arguments: [
      (Origin.url("https://example.org/a.gii?b"), "https://example.org/a.gii?b"),
      (.url("file:///shared/a.gii"), "/shared/a.gii"), (.url("file://localhost/shared/a.gii"), "/shared/a.gii"),
      (.url("file:///shared/a%20b%25.gii"), "/shared/a b%.gii"), (.relative("maps/a.gii"), "/srv/project/maps/a.gii"),
      (.relative("../shared/./a.gii"), "/srv/shared/a.gii"),
    ])
  func others(_ origin: Origin, _ place: String) {
    #expect(text(map().place(of: origin)) == place)
  }

  @Test(
    "what is no address is no place", arguments: ["https://u:p@example.org/a", "gopher://example.org/a", "nonsense"])
  func nowhere(_ url: String) {
    #expect(map().place(of: .url(url)) == nil)
    #expect(map(url).place(of: .osf(osf)) == nil)
    #expect(map(mirrors: ["https://m.example.org"]).sources(of: path, from: .url(url)).count == 1)
  }

  @Test("mirrors come first and in order, the origin last")
  func mirrors() {
    let places = map(mirrors: ["https://m.example.org/maps/", "file:///shared", "http://127.0.0.1:1"])
      .sources(of: path, from: .url("https://example.org/x")).map { text($0.place) }
    #expect(
      places == [
        "https://m.example.org/maps/annotations/a/b/c", "/shared/annotations/a/b/c",
        "http://127.0.0.1:1/annotations/a/b/c", "https://example.org/x",
      ])
  }

  @Test("offline only the places of this machine count")
  func offline() {
    let map = OriginMap(
      folder: "/srv/project", mirrors: ["https://m.example.org", "file:///shared"], isOffline: true)
    #expect(map.sources(of: path, from: .osf(osf)).map { text($0.place) } == ["/shared/annotations/a/b/c"])
    #expect(
      map.sources(of: path, from: .relative("x")).map { text($0.place) } == [
        "/shared/annotations/a/b/c", "/srv/project/x",
      ])
    #expect(map.isObtainable(path, from: .osf(osf)))
    let bare = OriginMap(folder: "/srv/project", mirrors: ["https://m.example.org"], isOffline: true)
    #expect(!bare.isObtainable(path, from: .osf(osf)))
    #expect(bare.isObtainable(path, from: .url("file:///x")))
    #expect(OriginMap(folder: "/").isObtainable(path, from: .osf(osf)))
  }

  @Test(
    "an escape in a file address that means nothing makes it no place",
    arguments: ["%", "%2", "%zz", "%00", "%ff", "%+5"])
  func brokenEscape(_ text: String) {
    #expect(map().place(of: .url("file:///a\(text)")) == nil)
  }

  @Test(
    "only OSF's own host over TLS, or this machine in its place, may know the token",
    arguments: [
      (OriginMap.osf, "https://files.osf.io/v1", true), (OriginMap.osf, "https://FILES.OSF.IO:443/x", true),
      (OriginMap.osf, "http://files.osf.io/v1", false), (OriginMap.osf, "https://files.osf.io:8443/", false),
      (OriginMap.osf, "http://files.osf.io:443/", false), (OriginMap.osf, "https://evilosf.io/", false),
      (OriginMap.osf, "https://files.evilosf.io/", false), (OriginMap.osf, "https://files.osf.io.evil.org/", false),
      (OriginMap.osf, "https://osf.io/", false), (OriginMap.osf, "https://storage.googleapis.com/", false),
      (OriginMap.osf, "https://files.osf.io./", false), (OriginMap.osf, "http://127.0.0.1/", false),
      (OriginMap.osf, "http://localhost:8080/", false), ("http://127.0.0.1:1", "http://127.0.0.1:1/x", true),
      ("http://127.0.0.1:1", "http://127.0.0.1:2/x", false), ("http://127.0.0.1:1", "https://127.0.0.1:1/x", false),
      ("http://127.0.0.1:1", "https://files.osf.io/", false), ("http://[::1]:1", "http://[::1]:1/", true),
      ("http://localhost:1", "http://localhost:1/", true), ("http://localhost:1", "http://127.0.0.1:1/", false),
      ("http://127.0.0.1.evil.org:1", "http://127.0.0.1.evil.org:1/", false),
      ("https://osf.example.org", "https://osf.example.org/", false),
      ("http://files.osf.io", "http://files.osf.io/", false),
      ("nonsense", "https://files.osf.io/", false),
    ])
  func token(_ osfURL: String, _ asked: String, _ may: Bool) throws {
    #expect(map(osfURL).mayKnowToken(try #require(WebAddress(asked)).server) == may)
  }
}
