/// Writes HTML of which every text and every value is escaped, so that nothing that is told can become markup.
struct HTMLWriter {
  /// What has been written.
  private(set) var bytes: [UInt8] = Array("<!DOCTYPE html>\n".utf8)

  /// An element with what `content` writes into it.
  mutating func element(
    _ element: HTMLElement, _ attributes: HTMLAttribute..., content: (inout HTMLWriter) -> Void
  ) {
    open(element, attributes)
    content(&self)
    close(element)
  }

  /// An element with a text in it.
  mutating func element(_ element: HTMLElement, _ attributes: HTMLAttribute..., text: String) {
    open(element, attributes)
    self.text(text)
    close(element)
  }

  /// An element without content.
  mutating func element(_ element: HTMLElement, _ attributes: HTMLAttribute...) {
    open(element, attributes)
    close(element)
  }

  /// A text, as it is to be read.
  mutating func text(_ text: String) {
    for scalar in text.unicodeScalars { append(scalar) }
  }

  /// A style or script of the program's own; only there are bytes taken as they are.
  mutating func asset(_ element: HTMLElement, _ asset: ReportAsset) {
    open(element, [])
    bytes += asset.bytes
    close(element)
  }

  private mutating func open(_ element: HTMLElement, _ attributes: [HTMLAttribute]) {
    bytes += "<\(element.rawValue)".utf8
    for attribute in attributes {
      bytes += " \(attribute.name)".utf8
      switch attribute.value {
      case .none: continue
      case .text(let value):
        bytes += "=\"".utf8
        text(value)
      case .data(let url):
        bytes += "=\"".utf8
        url.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ element: HTMLElement) {
    if !element.isVoid { bytes += "</\(element.rawValue)>".utf8 }
    if element.endsLine { bytes.append(UInt8(ascii: "\n")) }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "&": bytes += "&amp;".utf8
    case "<": bytes += "&lt;".utf8
    case ">": bytes += "&gt;".utf8
    case "\"": bytes += "&quot;".utf8
    case "'": bytes += "&#39;".utf8
    case "\t", "\n": bytes.append(UInt8(scalar.value))
    // HTML has no other control characters, and those of direction would turn what stands behind them.
    case _ where scalar.properties.generalCategory == .control, "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}":
      bytes += "\u{fffd}".utf8
    default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
  }
}
