import Catalog
import Diagnostics
import MarkedText
import Project
import Testing

@Suite("Any edits of any manifest")
struct ManifestEditorPropertyTests {
  /// What one set wants at some moment, by list.
  private struct Place: Hashable {
    let list: ManifestList
    let group: String?
  }

  private static let lists: [ManifestList] = [.annotations, .annotations, .atlases]
  private static let groups: [String?] = [nil, nil, "figures", "other", "new"]

  @Test(
    "keep every comment and every line of the others, and give exactly what is wanted", .timeLimit(.minutes(2)),
    arguments: 0..<200)
  func anySequence(seed: Int) throws {
    let manifest = RandomManifest(seed: seed)
    var generator = SeededGenerator(seed: UInt64(seed) &+ 1_000_000)
    var text = manifest.text
    var wanted: [Place: [ManifestItem]] = [:]
    for entry in manifest.entries {
      wanted[Place(list: entry.list, group: entry.group), default: []].append(entry.item)
    }
    let comments = Self.commentLines(text)
    var made = 0
    for step in 0..<10 {
      let place = Place(
        list: Self.lists.randomElement(using: &generator) ?? .annotations,
        group: Self.groups.randomElement(using: &generator) ?? nil)
      let there = wanted[place] ?? []
      let before = text
      if there.isEmpty || Bool.random(using: &generator) {
        let items = (0..<Int.random(in: 1...3, using: &generator)).map { _ -> ManifestItem in
          made += 1
          return Self.fresh(made, place.list, &generator)
        }
        text = try Self.edit(text, .add, items, place)
        wanted[place] = there + items
        // What came can go, and nothing has happened; but there are many ways to write nothing.
        if !there.isEmpty {
          #expect(try Self.edit(text, .remove, items, place) == before, "seed \(seed), step \(step):\n\(before)")
        }
      } else {
        let going = there[Int.random(in: 0..<there.count, using: &generator)]
        text = try Self.edit(text, .remove, [going], place)
        wanted[place] = there.filter { $0 != going }
      }
      let story = "seed \(seed), step \(step):\n\(before)\nbecame:\n\(text)"
      #expect(Self.commentLines(text) == comments, "\(story)")
      #expect(Self.missing(from: text, of: manifest, wanted) == [], "\(story)")
      #expect(try Self.declarations(text) == Self.expected(wanted), "\(story)")
    }
  }

  private static func fresh(_ number: Int, _ list: ManifestList, _ generator: inout SeededGenerator) -> ManifestItem {
    guard list == .annotations else { return EditDesk.item("fresh\(number)/1k") }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: return EditDesk.item("new/fresh\(number)/x/1k")
    case 1: return EditDesk.item("*/fresh\(number)/x/1k")
    default:
      return .selector(
        MapQuery([.desc: [Glob("fresh\(number)")], .tags: [Glob("a, b"), Glob("c")]]),
        exclude: [MapPattern("a/*/*/*")].compactMap { $0 })
    }
  }

  private static func edit(
    _ text: String, _ action: ManifestChange.Action, _ items: [ManifestItem], _ place: Place
  ) throws -> String {
    try EditDesk.edit(text, ManifestChange(action, items, in: place.group)).text.text
  }

  // MARK: What must stay

  private static func lines(_ text: String) -> [String] {
    text.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
  }

  private static func commentLines(_ text: String) -> [String] {
    lines(text).filter { $0.drop { $0 == " " || $0 == "\u{feff}" }.hasPrefix("#") }
  }

  /// Lines of the original that should be there and are not.
  private static func missing(
    from text: String, of manifest: RandomManifest, _ wanted: [Place: [ManifestItem]]
  ) -> [String] {
    let there = Set(lines(text))
    let kept = manifest.entries.filter { entry in
      wanted[Place(list: entry.list, group: entry.group)]?.contains(entry.item) == true
    }
    return (manifest.fixed + kept.flatMap(\.lines)).filter { !there.contains($0) && !there.contains("\u{feff}\($0)") }
  }

  // MARK: What must be wanted

  /// What the text says, but for what no edit touches.
  private static func declarations(_ text: String) throws -> Set<String> {
    let others = ["prefer ", "metadata "]
    return Set(
      try Desk.manifest(text).declarations.filter { line in
        !others.contains { line.hasPrefix($0) } && !line.hasSuffix("atlas q/1k")
      })
  }

  private static func expected(_ wanted: [Place: [ManifestItem]]) -> Set<String> {
    Set(
      wanted.flatMap { place, items in
        items.map { item in
          let group = place.group.map { "group \($0) " } ?? ""
          return switch item {
          case .map(let pattern) where pattern.source.text == "ü":
            "\(group)annotation \"ü\"/\(pattern.desc)/\(pattern.space)/\(pattern.sampling)"
          case .map(let pattern): "\(group)annotation \(pattern)"
          case .atlas(let name): "\(group)atlas \(name)"
          case .selector(let query, let exclude): "\(group)annotation \(normalForm(query, exclude))"
          }
        }
      })
  }

  private static func normalForm(_ query: MapQuery, _ exclude: [MapPattern]) -> String {
    var fields = query.patterns.map { key, globs in
      let words = globs.map { $0.text.contains(" ") ? "\"\($0)\"" : $0.text }
      return "\(key.rawValue): [\(words.sorted().joined(separator: ", "))]"
    }
    if !exclude.isEmpty { fields.append("exclude: [\(exclude.map(\.description).joined(separator: ", "))]") }
    return "{\(fields.sorted().joined(separator: ", "))}"
  }
}
