import Effects
import SystemPackage
import Testing

@Suite("Proxies that the environment names")
struct ProxySettingsTests {
  private func proxy(_ variables: [String: String], _ url: String) throws -> ProxySettings.Proxy? {
    try ProxySettings(Environment(variables, currentFolder: "/")).proxy(for: #require(WebAddress(url)).server)
  }

  @Test("each scheme has its own, in lower case first")
  func schemes() throws {
    let variables = ["HTTPS_PROXY": "http://secure:3128", "http_proxy": "plain:81", "HTTP_PROXY": "http://no"]
    #expect(try proxy(variables, "https://files.osf.io/x")?.host == "secure")
    #expect(try proxy(variables, "https://files.osf.io/x")?.port == 3128)
    #expect(try proxy(variables, "http://example.org")?.host == "plain")
    #expect(try proxy(variables, "http://example.org")?.port == 81)
    #expect(try proxy([:], "https://files.osf.io/x") == nil)
    #expect(try proxy(["HTTPS_PROXY": ""], "https://files.osf.io/x") == nil)
    #expect(try proxy(["HTTPS_PROXY": "http://[::1]:8080/"], "https://files.osf.io/x")?.host == "::1")
  }

  @Test("user and password are percent-decoded")
  func credentials() throws {
    let found = try proxy(["HTTPS_PROXY": "http://a%40b:c%3Ad@p:1/"], "https://x.org")
    #expect(found?.credentials?.user == "a@b")
    #expect(found?.credentials?.password == "c:d")
    #expect(found?.host == "p")
    #expect(try proxy(["HTTPS_PROXY": "http://only@p:1"], "https://x.org")?.credentials?.password == "")
  }

  @Test(
    "this machine never goes through one", arguments: ["https://127.0.0.1:1", "https://localhost", "https://[::1]"])
  func loopback(_ url: String) throws {
    #expect(try proxy(["HTTPS_PROXY": "http://p:1"], url) == nil)
  }

  @Test(
    "NO_PROXY names hosts with what is below them, ports and blocks",
    arguments: [
      ("*", "https://files.osf.io", true), ("osf.io", "https://files.osf.io", true),
      (".osf.io", "https://osf.io", true),
      ("*.osf.io", "https://files.osf.io", true), ("osf.io", "https://evilosf.io", false),
      ("OSF.IO", "https://files.osf.io", true), ("a.org, osf.io", "https://files.osf.io", true),
      ("a.org osf.io", "https://files.osf.io", true), ("osf.io:443", "https://files.osf.io", true),
      ("osf.io:8443", "https://files.osf.io", false), ("10.0.0.0/8", "https://10.2.3.4", true),
      ("10.0.0.0/8", "https://11.2.3.4", false), ("10.1.2.3/32", "https://10.1.2.3", true),
      ("0.0.0.0/0", "https://10.1.2.3", true), ("10.0.0.0/40", "https://10.1.2.3", false),
      ("10.0.0.0/8", "https://example.org", false), ("", "https://files.osf.io", false),
    ])
  func exceptions(_ list: String, _ url: String, _ isException: Bool) throws {
    for name in ["NO_PROXY", "no_proxy"] {
      #expect((try proxy(["HTTPS_PROXY": "http://p:1", name: list], url) == nil) == isException)
    }
  }

  @Test(
    "what is no address of a proxy is told, without what it holds",
    arguments: ["socks5://p:1080", "https://p", "http://", "http://a b", "http://u%zz:s3cret@p", "http://p:99999"])
  func wrong(_ value: String) throws {
    #expect {
      try proxy(["HTTPS_PROXY": value], "https://x.org")
    } throws: { error in
      guard case TransportFailure.misconfigured("HTTPS_PROXY", let reason)? = error as? TransportFailure else {
        return false
      }
      return !reason.contains("s3cret")
    }
  }
}
