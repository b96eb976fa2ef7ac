import Effects
import Testing

@Suite("Web addresses")
struct WebAddressTests {
  @Test(
    "an address is taken apart",
    arguments: [
      ("https://example.org", "https", "example.org", 443, "https://example.org/"),
      ("http://example.org/a/b?c=d#e", "http", "example.org", 80, "http://example.org/a/b?c=d"),
      ("HTTPS://Example.ORG:443/A", "https", "example.org", 443, "https://example.org/A"),
      ("http://example.org:443/", "http", "example.org", 443, "http://example.org:443/"),
      ("https://example.org:80?x", "https", "example.org", 80, "https://example.org:80/?x"),
      ("http://127.0.0.1:8080/a", "http", "127.0.0.1", 8080, "http://127.0.0.1:8080/a"),
      ("http://[::1]/a", "http", "[::1]", 80, "http://[::1]/a"),
      ("https://[2001:DB8::1]:8443/a", "https", "[2001:db8::1]", 8443, "https://[2001:db8::1]:8443/a"),
      ("https://example.org/a@b:c", "https", "example.org", 443, "https://example.org/a@b:c"),
      ("https://example.org?u=http://x@y/", "https", "example.org", 443, "https://example.org/?u=http://x@y/"),
      ("https://example.org#@x", "https", "example.org", 443, "https://example.org/"),
    ])
  func parts(_ text: String, _ scheme: String, _ host: String, _ port: Int, _ whole: String) throws {
    let address = try #require(WebAddress(text))
    #expect(address.server.scheme == scheme)
    #expect(address.server.host == host)
    #expect(address.server.port == port)
    #expect(address.text == whole)
    #expect(WebAddress(address.text) == address)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", "example.org", "/a", "//example.org/a", "ftp://example.org", "file:///a", "https:", "https:/a", "https://",
      "https:///a", "https://?a", "http://:80/", "https://example.org:", "https://example.org:x/",
      "https://example.org:65536/", "https://example.org:-1/", "https://example.org:+80/", "https://a:1:2/",
      "https://[::1", "https://[::1]x/", "https://[::1]:x/", "https://u@example.org/", "https://u:p@example.org/",
      "https://@example.org/", "https://files.osf.io\\@evil.org/", "https://example.org/a b", "https://exa mple.org",
      "https://example.org/\n", "https://example.org/\r\nX: y", " https://example.org", "https://example.org/\u{7f}",
      "javascript://example.org/%0a",
    ])
  func refuses(_ text: String) {
    #expect(WebAddress(text) == nil)
  }

  @Test(
    "servers are the same when scheme, host and port are",
    arguments: [
      ("https://files.osf.io/a", "https://FILES.osf.io:443/b", true),
      ("https://files.osf.io/a", "http://files.osf.io/a", false),
      ("https://files.osf.io/a", "http://files.osf.io:443/a", false),
      ("https://files.osf.io/a", "https://files.osf.io:444/a", false),
      ("https://files.osf.io/a", "https://files.osf.io./a", false),
      ("https://files.osf.io/a", "https://evilfiles.osf.io/a", false),
      ("https://files.osf.io/a", "https://files.osf.io.evil.org/a", false),
      ("http://[::1]/", "http://[::1]:80/", true), ("http://localhost/", "http://127.0.0.1/", false),
    ])
  func servers(_ a: String, _ b: String, _ isSame: Bool) throws {
    #expect((try #require(WebAddress(a)).server == (try #require(WebAddress(b))).server) == isSame)
  }

  @Test(
    "loopback is told by the host",
    arguments: [
      ("http://localhost/", true), ("http://LOCALHOST:1/", true), ("http://127.0.0.1:1/", true),
      ("http://127.9.8.7/", true),
      ("https://[::1]/", true), ("http://localhost.evil.org/", false), ("http://127.0.0.1.evil.org/", false),
      ("http://127.evil.0.1/", false), ("http://128.0.0.1/", false), ("http://[::2]/", false),
      ("http://1127.0.0.1/", false),
      ("http://127.0.0.1.1/", false), ("http://evil-localhost/", false),
    ])
  func loopback(_ text: String, _ isLoopback: Bool) throws {
    #expect(try #require(WebAddress(text)).server.isLoopback == isLoopback)
  }

  @Test(
    "a redirect leads where it says",
    arguments: [
      ("https://other.org/x?y", "https://other.org/x?y"), ("http://other.org", "http://other.org/"),
      ("//other.org/x", "https://other.org/x"), ("//other.org:1/x", "https://other.org:1/x"),
      ("/x/y?z", "https://example.org:8443/x/y?z"), ("/", "https://example.org:8443/"),
      ("/x#y", "https://example.org:8443/x"),
      ("/x//y", "https://example.org:8443/x//y"), ("x", "https://example.org:8443/a/x"),
      ("x/y?z", "https://example.org:8443/a/x/y?z"),
    ])
  func redirects(_ location: String, _ text: String) throws {
    let here = try #require(WebAddress("https://example.org:8443/a/b?signature=c"))
    #expect(here.redirected(to: location)?.text == text)
  }

  @Test(
    "a redirect to what is no web address leads nowhere",
    arguments: [
      "https://", "//", "///x", "file:///etc/passwd", "https://u:p@other.org/", "data:,x", "/a b", "//u@other.org/x",
    ])
  func redirectsNowhere(_ location: String) throws {
    let here = try #require(WebAddress("https://example.org/a"))
    #expect(here.redirected(to: location) == nil)
  }

  @Test("a description has no query, as there may be a signature in it")
  func description() throws {
    let address = try #require(WebAddress("https://example.org:8443/a/b?signature=secret"))
    #expect(address.description == "https://example.org:8443/a/b")
  }
}
