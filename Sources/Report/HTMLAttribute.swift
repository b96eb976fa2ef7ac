/// A name and a value of an element.
///
/// There is no way to make one that runs a script, and an address is one of the page, of the web or of bytes that are
/// in the page.
struct HTMLAttribute {
  /// Attributes whose value is a text, whatever it is.
  enum Name: String {
    case alt, `class`, content, d, decoding, download, fill, `for`, height, id, lang, name, offset, rel, role
    case scope, tabindex, type, value, viewBox, width, x, x1, x2, y, y1, y2
    case ariaLabel = "aria-label"
    case ariaLabelledBy = "aria-labelledby"
    case ariaLive = "aria-live"
    case charset
    case copies = "data-copies"
    case facet = "data-facet"
    case gradientUnits
    case httpEquiv = "http-equiv"
    case license = "data-license"
    case sortKey = "data-key"
    case space = "data-space"
    case spellcheck
    case stopColor = "stop-color"
    case tags = "data-tags"
    case textAnchor = "text-anchor"
    case autocomplete
    case placeholder
  }

  /// What stands between the quotes.
  enum Value {
    case none
    case text(String)
    case data(DataURL)
  }

  let name: String
  let value: Value

  private init(name: String, value: Value) {
    self.name = name
    self.value = value
  }

  /// Any attribute that is no address.
  init(_ name: Name, _ value: String) { self.init(name: name.rawValue, value: .text(value)) }

  /// Not shown until the script shows it.
  static let hidden = HTMLAttribute(name: "hidden", value: .none)

  /// For the styles.
  static func `class`(_ names: String) -> HTMLAttribute { HTMLAttribute(.class, names) }

  /// The name of a place of the page.
  static func id(_ id: String) -> HTMLAttribute { HTMLAttribute(.id, id) }

  /// A link to a place of the page.
  static func href(id: String) -> HTMLAttribute { HTMLAttribute(name: "href", value: .text("#\(id)")) }

  /// A link to the web.
  static func href(_ link: WebLink) -> HTMLAttribute { HTMLAttribute(name: "href", value: .text(link.address)) }

  /// A link to what is in the page.
  static func href(_ data: DataURL) -> HTMLAttribute { HTMLAttribute(name: "href", value: .data(data)) }

  /// A picture that is in the page.
  static func src(_ data: DataURL) -> HTMLAttribute { HTMLAttribute(name: "src", value: .data(data)) }
}
