import Catalog
import MarkedText
import Project

/// A manifest made up from a seed: lists in any style, comments anywhere, one of the usual ends of lines.
struct RandomManifest {
  /// An entry as it is written.
  struct Entry {
    let item: ManifestItem
    let list: ManifestList
    let group: String?
    /// Its lines, if nothing else is on them.
    let lines: [String]
  }

  private(set) var text = ""
  private(set) var entries: [Entry] = []
  /// Lines that no edit may change.
  private(set) var fixed: [String] = []

  private var generator: SeededGenerator
  private var comments = 0
  private var items = 0

  init(seed: Int) {
    generator = SeededGenerator(seed: UInt64(seed))
    var parts = [line("data_dir: \"dä\""), line("mirrors: [https://h, file:///x]"), line("prefer: {space: [fsLR]}")]
    parts.append(line("metadata: \(pick("true", "false"))"))
    parts += ManifestList.allCases.map { list($0, indent: 0, group: nil) }
    if chance(0.6) { parts.append(groups()) }
    parts.shuffle(using: &generator)
    var lines = line("version: 1")
    for part in parts { lines += gap(0) + part }
    lines += gap(0)
    if chance(0.15) { lines.insert("---", at: 0) }
    if chance(0.15) { lines += ["..."] + gap(0) }
    let lineBreak = pick("\n", "\n", "\r\n", "\r")
    text = lines.joined(separator: lineBreak) + (chance(0.2) ? "" : lineBreak)
    if chance(0.1) { text = "\u{feff}" + text }
  }

  // MARK: Chance

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }

  private mutating func pick(_ choices: String...) -> String { choices.randomElement(using: &generator) ?? "" }

  private mutating func count() -> Int { [0, 0, 1, 1, 2, 3, 5].randomElement(using: &generator) ?? 0 }

  // MARK: Pieces

  private mutating func comment() -> String {
    comments += 1
    return "# c\(comments) "
      + pick("why", "größe 日本", "- a/b/c/1k", "[x, y]", "a\ttab", "annotations: []", "\"q", "...")
  }

  /// A comment behind something, or blanks, or nothing.
  private mutating func tail() -> String {
    if chance(0.3) { return pick(" ", "   ") + comment() }
    return chance(0.1) ? " " : ""
  }

  /// Comments and blank lines.
  private mutating func gap(_ indent: Int) -> [String] {
    var lines: [String] = []
    while chance(0.3) {
      guard chance(0.7) else {
        lines.append("")
        continue
      }
      let line =
        String(repeating: " ", count: [0, indent, indent + 1, indent + 4].randomElement(using: &generator) ?? 0)
        + comment()
      fixed.append(line)
      lines.append(line)
    }
    return lines
  }

  private mutating func line(_ text: String) -> [String] {
    let line = text + tail()
    fixed.append(line)
    return [line]
  }

  // MARK: Lists

  private mutating func groups() -> [String] {
    guard chance(0.7) else {
      return [pick("groups:", "groups: {}", "groups: {figures: {}}", "groups: {other: {atlases: [q/1k]}}") + tail()]
    }
    var lines = line("groups:")
    for name in ["figures", "other", "third"].shuffled(using: &generator).prefix(
      Int.random(in: 1...3, using: &generator))
    {
      let lists = ManifestList.allCases.flatMap { list($0, indent: 4, group: name) }
      lines += gap(2)
      lines += lists.isEmpty ? ["  \(name): {}" + tail()] : line("  \(name):") + lists
    }
    return lines
  }

  private mutating func list(_ list: ManifestList, indent: Int, group: String?) -> [String] {
    let (margin, count) = (String(repeating: " ", count: indent), count())
    let key = "\(margin)\(list.rawValue):"
    guard count > 0 else {
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: return [key + tail()]
      case 1: return [key + " []" + tail()]
      case 2: return [key + " ~" + tail()]
      case 3:
        let within = "\(margin)  \(comment())"
        fixed.append(within)
        return [key + " [" + tail(), within, "\(margin) ]" + tail()]
      default: return []
      }
    }
    let written = (0..<count).map { _ in list == .atlases ? atlas() : annotation() }
    func add(_ index: Int, _ lines: [String]) {
      entries.append(Entry(item: written[index].item, list: list, group: group, lines: lines))
    }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let inner = indent + ([0, 2, 2, 4].randomElement(using: &generator) ?? 0)
      var lines = line(key)
      // A key that loses its last item gets brackets.
      fixed.removeLast()
      for index in written.indices {
        lines += gap(inner)
        let own = block(written[index], indent: inner)
        add(index, own)
        lines += own
      }
      return lines + gap(inner)
    case 1:
      for index in written.indices { add(index, []) }
      let (open, close) =
        [("[", "]"), ("[ ", " ]"), ("[", ",]"), ("[", ", ]")].randomElement(using: &generator) ?? ("[", "]")
      return ["\(key) \(open)\(written.map(\.inline).joined(separator: pick(", ", ",")))\(close)" + tail()]
    default:
      var lines = [key + " [" + tail()]
      let endsInComma = chance(0.5)
      for index in written.indices {
        add(index, [])
        lines += gap(indent + 2)
        let comma = endsInComma || index < count - 1 ? "," : ""
        lines.append("\(margin)  \(written[index].inline)\(comma)" + tail())
      }
      return lines + gap(indent + 2) + [margin + pick("]", " ]") + tail()]
    }
  }

  /// An item with its texts.
  private struct Written {
    let item: ManifestItem
    let inline: String
    /// The fields of a selector.
    var fields: [String] = []
  }

  private mutating func atlas() -> Written {
    items += 1
    let name = "atlas\(items)/1k"
    return Written(item: .atlas(Glob(name)), inline: pick(name, name, "'\(name)'"))
  }

  private mutating func annotation() -> Written {
    items += 1
    guard chance(0.7) else {
      let spaces = ["MNI152", "fsLR", "civet"].prefix(Int.random(in: 1...3, using: &generator))
      let query = MapQuery([.desc: [Glob("map\(items)")], .space: spaces.map { Glob($0) }])
      let list = spaces.joined(separator: ", ")
      let fields = [
        pick("desc: map\(items)", "desc: [map\(items)]"), "space: " + pick("[\(list)]", "[ \(list) ]", "[\(list),]"),
      ]
      return Written(
        item: .selector(query, exclude: []), inline: "{\(fields.joined(separator: ", "))}", fields: fields)
    }
    let (source, quote) = (pick("s", "s", "ü", "*"), pick("'", "\""))
    let name = "\(source)/map\(items)/x/1k"
    let quoted = "\(quote)\(name)\(quote)"
    let inline = source == "*" ? quoted : pick(name, name, quoted, "[\(source), map\(items), x, 1k]")
    return Written(item: EditDesk.item(name), inline: inline)
  }

  private mutating func block(_ written: Written, indent: Int) -> [String] {
    let (margin, dash) = (String(repeating: " ", count: indent), pick("- ", "- ", "-   "))
    guard !written.fields.isEmpty, chance(0.7) else { return ["\(margin)\(dash)\(written.inline)" + tail()] }
    let rest = margin + String(repeating: " ", count: dash.utf8.count)
    var lines = ["\(margin)\(dash)\(written.fields[0])" + tail()]
    for field in written.fields.dropFirst() {
      if chance(0.2) {
        let within = rest + comment()
        fixed.append(within)
        lines.append(within)
      }
      lines.append("\(rest)\(field)" + tail())
    }
    return lines
  }
}
