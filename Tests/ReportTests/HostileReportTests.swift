import Report
import Testing

@Suite("A page of hostile contents")
struct HostileReportTests {
  private static let honest = PageMarkup(SampleReport.contents(text: "honest"))
  private static let texts = [
    "</script><img src=x onerror=alert(1)>", "</title></style></pre></option></textarea>", "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)", "<!-- ", "]]>", "<svg onload=alert(1)>", "&lt;b&gt;&#x3c;", "javascript:alert(1)",
    "a\u{0}b\u{1b}c\u{7f}\u{85}", "\u{202e}gpj.exe\u{2066}", "a\nb\r\nc\td", "e\u{301}\u{200d}🧠", "\u{fffe}\u{feff}",
  ]

  @Test("it has the tags and attributes of an honest one, whatever a field says", arguments: texts)
  func isText(_ text: String) {
    let page = PageMarkup(SampleReport.contents(text: text))
    #expect(page.faults.isEmpty, "\(page.faults)")
    // Told by the first that differs, as the whole would fill pages.
    let difference = zip(page.tags, Self.honest.tags).first { $0.name != $1.name || $0.names != $1.names }
    #expect(difference == nil, "\(difference as Any)")
    #expect(page.tags.count == Self.honest.tags.count)
    let hasOwnAssets = page.raw == Self.honest.raw
    #expect(hasOwnAssets)
    let isControl = { (scalar: Unicode.Scalar) in
      scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
        || ("\u{202a}"..."\u{202e}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar)
    }
    #expect(!page.text.unicodeScalars.contains(where: isControl))
  }

  @Test("every field is told, and told escaped")
  func isTold() {
    let told = PageMarkup(SampleReport.contents(text: "<&>")).text
    #expect(told.components("&lt;&amp;&gt;") == Self.honest.text.components("honest"))
    #expect(told.components("&lt;&amp;&gt;") > 150)
    #expect(!told.contains("<&>"))
  }

  @Test(
    "an address that is none of the web is a text",
    arguments: [
      "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,<script>",
      "file:///etc/passwd",
      "vbscript:x", "//evil.example", "https:", "https://", "http:///x", "https://me:secret@example.org/", "doi:",
      "doi:x",
      "ht\ntps://example.org", "https://example.org/a b", "https://exa\u{202e}mple.org", "https://example.org/\u{0}",
      "ftp://example.org", "osf", "",
    ])
  func addresses(_ address: String) {
    let page = PageMarkup(SampleReport.contents(address: address))
    let links = page.values("href").filter { !$0.hasPrefix("#") && !$0.hasPrefix("data:") }
    #expect(links.allSatisfy { $0.hasPrefix("https://doi.org/10.1/") } && links.count == 3)
    #expect(page.faults.isEmpty)
  }

  @Test(
    "an address of the web is a link that tells nobody where it was followed",
    arguments: [
      ("https://example.org/a?b=c&d=e", "https://example.org/a?b=c&amp;d=e"),
      ("HTTP://example.org", "HTTP://example.org"),
      ("doi:10.1038/s41592-022-01625-w", "https://doi.org/10.1038/s41592-022-01625-w"),
      ("DOI:10.1/\"><script>", "https://doi.org/10.1/&quot;&gt;&lt;script&gt;"),
      ("https://exämple.org/ü", "https://exämple.org/ü"),
    ])
  func links(_ address: String, _ href: String) {
    let page = PageMarkup(SampleReport.contents(address: address))
    let links = page.tags.filter { $0.attributes["href"] == href }
    #expect(links.count > 10)
    #expect(
      links.allSatisfy { $0.attributes["rel"] == "noopener noreferrer external" && $0.attributes["target"] == nil })
    #expect(page.faults.isEmpty)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
