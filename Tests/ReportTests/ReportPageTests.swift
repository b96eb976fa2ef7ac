import Dataset
import Report
import Testing

@Suite("The page of a report")
struct ReportPageTests {
  private let page = PageMarkup(SampleReport.contents())

  @Test("every element is closed, in its order")
  func nesting() {
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(!page.tags.contains { $0.name.hasPrefix("broken") })
  }

  @Test("the same contents give the same bytes, in whatever order they are told")
  func determinism() {
    let contents = SampleReport.contents(maps: 12)
    var turned = contents
    turned.maps.reverse()
    turned.atlases.reverse()
    turned.catalogs.reverse()
    #expect(ReportPage(contents).bytes == ReportPage(contents).bytes)
    #expect(ReportPage(turned).bytes == ReportPage(contents).bytes)
  }

  @Test("its beginning tells that it is a page of this program, and nobody's text can")
  func mark() {
    let contents = SampleReport.contents(text: "<meta name=\"generator\" content=\"neuromaps report\">")
    let page = ReportPage(contents).bytes
    #expect(ReportPage.isPage(Array(page.prefix(ReportPage.markLimit))))
    for other in ["", "<!doctype html><title>neuromaps report</title>", "neuromaps report"] {
      #expect(!ReportPage.isPage(Array(other.utf8)))
    }
  }

  @Test("what cannot be checked is counted as such, and its file needs no checksum")
  func unchecked() throws {
    var contents = ReportContents(title: "a")
    let id = try #require(AtlasID("fsLR/32k"))
    var atlas = ReportedAtlas(id: id, state: .unchecked)
    atlas.files = [
      ReportedFile(path: try #require(DatasetPath(id, member: "a.txt")), checksums: nil, origin: "fsLR.tar.gz")
    ]
    contents.atlases = [atlas]
    let text = PageMarkup(contents).text
    #expect(text.contains("1 unchecked") && text.contains("atlases/fsLR/a.txt") && !text.contains("SHA-256"))
  }

  @Test("every map has a row and a card, and the row leads to the card")
  func maps() {
    let contents = SampleReport.contents(maps: 87)
    let page = PageMarkup(contents)
    let names = contents.maps.map(\.id).sorted().map(\.description)
    #expect(names.count == 87)
    #expect(
      page.tags.filter { $0.name == "article" && $0.attributes["class"] == "map" }.map { $0.attributes["id"] } == names)
    #expect(page.values("href").filter { $0.hasPrefix("#lab/") } == names.map { "#\($0)" })
  }

  @Test("every file has its path, size, checksums and origin")
  func files() {
    for file in SampleReport.contents().files {
      #expect(page.text.contains(">\(file.path.text)</code>"))
    }
    #expect(page.text.contains("a text (1,234 bytes)"))
    #expect(page.text.contains(String(repeating: "5a", count: 32)))
    #expect(page.text.contains(String(repeating: "c3", count: 16)))
  }

  @Test("no name of a place is given twice, and each that is named is there")
  func places() {
    let ids = page.values("id")
    #expect(Set(ids).count == ids.count)
    let named =
      page.values("href").filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) } + page.values("for")
      + page.values("aria-labelledby") + page.values("data-copies")
    #expect(!named.isEmpty && named.allSatisfy { ids.contains($0) })
  }

  @Test("headings go down one level at a time")
  func headings() {
    let levels = page.tags.compactMap { ["h1": 1, "h2": 2, "h3": 3][$0.name] }
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
  }

  @Test("nothing is loaded that is not in the page")
  func standsAlone() {
    #expect(page.values("src").allSatisfy { $0.hasPrefix("data:image/png;base64,") })
    #expect(page.values("src").first == "data:image/png;base64,iVBORw==")
    let loading: Set = ["link", "iframe", "object", "embed", "audio", "video", "source", "base", "form"]
    #expect(!page.tags.contains { loading.contains($0.name) })
    #expect(
      !page.tags.contains { $0.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "srcset" } })
    #expect(page.raw["style"]?.contains("url(") == false && page.raw["style"]?.contains("@import") == false)
    #expect(page.raw["script"]?.contains("fetch(") == false && page.raw["script"]?.contains("http") == false)
  }

  @Test("the policy names the page's style and script by what they are, and nothing else that runs")
  func policy() throws {
    let policy = try #require(page.tags.first { $0.attributes["http-equiv"] != nil }?.attributes["content"])
    let parts = policy.split(separator: "; ").map(String.init)
    #expect(parts.first == "default-src &#39;none&#39;")
    for (name, asset) in [("style-src", "style"), ("script-src", "script")] {
      let digest = ContentHasher.sha256(Array(try #require(page.raw[asset]).utf8)).hex
      let part = try #require(parts.first { $0.hasPrefix(name) })
      #expect(part == "\(name) &#39;sha256-\(base64(hex: digest))&#39;")
    }
    let place = page.tags.firstIndex { $0.attributes["http-equiv"] != nil }
    #expect(place == 3, "it binds only what stands behind it: html, head, meta charset, and then it")
  }

  @Test("style and script hold nothing that ends their element", arguments: ["style", "script"])
  func assets(_ name: String) throws {
    let text = try #require(page.raw[name]).lowercased()
    #expect(!text.isEmpty && !text.contains("</") && !text.contains("<!--"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }

  @Test("a map without a license says that this is no permission, and can be found by it")
  func unknownLicense() {
    #expect(
      page.text.contains("<strong>unknown</strong><span class=\"quiet\">: none is stated, which is no permission"))
    #expect(page.text.contains("<option value=\"\">unknown (1)</option>"))
  }

  @Test("choices tell how many maps have them")
  func facets() {
    #expect(page.text.contains("<option value=\"tag0\">tag0 (2)</option>\n<option value=\"tag1\">tag1 (1)</option>"))
    #expect(page.text.contains("<option value=\"space1\">space1 (1)</option>"))
  }

  @Test("what is not known leaves no trace")
  func unknown() throws {
    var contents = ReportContents(title: "T")
    let id = try #require(AnnotationID("lab/one/fsLR/32k"))
    contents.maps = [ReportedMap(id: id, catalog: "lab", state: .there)]
    let page = PageMarkup(contents)
    #expect(page.faults.isEmpty)
    #expect(page.text.contains("No picture: no picture was made."))
    for absent in [
      "<dt>Age", "<dt>Tags", "<svg", "<details", "id=\"cite\"", "id=\"atlases\"", "<footer", "Optional", "nil<",
    ] {
      #expect(!page.text.contains(absent), "\(absent)")
    }
  }

  @Test("a lock without maps makes a page, too")
  func empty() {
    let page = PageMarkup(ReportContents(title: "T"))
    #expect(page.faults.isEmpty && page.text.contains("The lock holds no map."))
  }

  /// By another way than the page's own.
  private func base64(hex: String) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bits = hex.flatMap { digit in
      let value = digit.hexDigitValue ?? 0
      return [8, 4, 2, 1].map { value & $0 == 0 ? 0 : 1 }
    }
    let text = stride(from: 0, to: bits.count, by: 6).map { start in
      let group = (bits[start..<min(start + 6, bits.count)] + [0, 0, 0, 0, 0]).prefix(6)
      return alphabet[group.reduce(0) { $0 * 2 + $1 }]
    }
    return String(text) + String(repeating: "=", count: (4 - text.count % 4) % 4)
  }
}
