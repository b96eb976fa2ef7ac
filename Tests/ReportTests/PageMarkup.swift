import Report

/// A page taken apart into its tags, by the rules that a browser has for what is well formed.
struct PageMarkup {
  /// A start tag with its attributes, or the text of one element of the program's own.
  struct Tag {
    let name: String
    let attributes: [String: String]

    /// Of its attributes, sorted.
    var names: [String] { attributes.keys.sorted() }
  }

  let text: String
  private(set) var tags: [Tag] = []
  /// What is wrong with the nesting of its elements.
  private(set) var faults: [String] = []
  /// What stands in the elements `style` and `script`.
  private(set) var raw: [String: String] = [:]

  init(_ contents: ReportContents) {
    text = String(decoding: ReportPage(contents).bytes, as: UTF8.self)
    read()
  }

  func values(_ attribute: String) -> [String] { tags.compactMap { $0.attributes[attribute] } }

  private mutating func read() {
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { return faults.append("a tag without an end") }
      let inside = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if inside.hasPrefix("!") { continue }
      if inside.hasPrefix("/") {
        if open.popLast() != String(inside.dropFirst()) { faults.append("</\(inside)> closes something else") }
        continue
      }
      let tag = Self.tag(inside)
      tags.append(tag)
      if ["style", "script"].contains(tag.name), let close = rest.firstRange(of: "</\(tag.name)>") {
        raw[tag.name] = String(rest[..<close.lowerBound])
        rest = rest[close.upperBound...]
      } else if !["meta", "img", "input"].contains(tag.name) {
        open.append(tag.name)
      }
    }
    if !open.isEmpty { faults.append("never closed: \(open)") }
  }

  private static func tag(_ inside: Substring) -> Tag {
    let name = inside.prefix { $0 != " " }
    var attributes: [String: String] = [:]
    var rest = inside.dropFirst(name.count)
    while let first = rest.first {
      guard first == " " else { return Tag(name: "broken: \(inside)", attributes: [:]) }
      rest = rest.dropFirst()
      let attribute = rest.prefix { $0 != "=" && $0 != " " }
      rest = rest.dropFirst(attribute.count)
      guard rest.hasPrefix("=\"") else {
        attributes[String(attribute)] = ""
        continue
      }
      let value = rest.dropFirst(2).prefix { $0 != "\"" }
      rest = rest.dropFirst(value.count + 3)
      attributes[String(attribute)] = String(value)
    }
    return Tag(name: String(name), attributes: attributes)
  }
}
