internal import Dataset
internal import Diagnostics
internal import YAML

/// Reads meta.json.
struct ToolboxFactReader {
  var problems: YAMLProblems
  var omissions = ToolboxOmissions()

  private static let known: Set<String> = ["annot", "full_desc", "refs", "demographics", "warning", "license"]

  init(_ source: SourceText) {
    problems = YAMLProblems(ToolboxReader.source(source), ToolboxReader.dialect)
  }

  mutating func read(_ result: inout ToolboxFiles) {
    guard let (root, items) = ToolboxReader.root(&problems, hint: "osf.json comes first, then meta.json") else {
      return
    }
    for field in root.others(than: ["annotations"]) {
      omissions.note("`\(field.name)`", at: field.key, in: problems.source)
    }
    for item in items {
      guard let entry = ToolboxEntry(item, of: "an annotation", &problems) else { continue }
      guard let annot = entry["annot"] else {
        problems.wrongValue(
          "an annotation of meta.json has `annot`", at: item, hints: ["osf.json comes first, then meta.json"])
        continue
      }
      guard let name = ToolboxEntry(annot, of: "`annot`", &problems) else { continue }
      guard let id = ToolboxReader.id(name, &problems) else {
        omissions.note("an annotation that a catalog cannot name", at: item, in: problems.source)
        continue
      }
      let location = problems.source.location(SourceSpan(annot.span.start, annot.span.start))
      if let first = result.places[id] {
        problems.add(
          .toolboxFileWrong, "`\(id)` stands twice", at: annot.span, notes: ["first on line \(first.span.start.line)"])
        continue
      }
      result.places[id] = location
      result.facts[id] = facts(entry)
    }
  }

  private mutating func facts(_ entry: ToolboxEntry) -> ToolboxFiles.Facts {
    for field in entry.others(than: Self.known) {
      omissions.note("`\(field.name)` of annotations", at: field.key, in: problems.source)
    }
    let refs = object(entry, "refs", known: ["primary", "secondary"])
    let people = object(entry, "demographics", known: ["N", "age"])
    let license = object(entry, "license", known: ["type", "url"])
    let title = entry.text("full_desc", &problems)
    return ToolboxFiles.Facts(
      title: title, primary: refs.map { citations($0, "primary") } ?? [],
      secondary: refs.map { citations($0, "secondary") } ?? [], n: people.flatMap { $0.text("N", &problems) },
      age: people.flatMap { $0.text("age", &problems) }, note: entry.text("warning", &problems),
      license: license.flatMap { $0.text("type", &problems) }, licenseURL: license.flatMap { $0.text("url", &problems) }
    )
  }

  private mutating func object(_ entry: ToolboxEntry, _ key: String, known: Set<String>) -> ToolboxEntry? {
    guard let node = entry[key], let object = ToolboxEntry(node, of: "`\(key)`", &problems) else { return nil }
    for field in object.others(than: known) {
      omissions.note("`\(field.name)` of `\(key)`", at: field.key, in: problems.source)
    }
    return object
  }

  /// The papers; an empty one is how the toolbox says that there is none.
  private mutating func citations(_ refs: ToolboxEntry, _ key: String) -> [ToolboxFiles.Citation] {
    guard let node = refs[key], let items = problems.list(node, for: "`\(key)`") else { return [] }
    var found: [ToolboxFiles.Citation] = []
    for item in items {
      guard let entry = ToolboxEntry(item, of: "a paper", &problems) else { continue }
      for field in entry.others(than: ["bibkey", "citation"]) {
        omissions.note("`\(field.name)` of papers", at: field.key, in: problems.source)
      }
      let text = entry.text("citation", &problems)
      guard let key = entry.text("bibkey", &problems) else {
        if text != nil { omissions.note("a paper without `bibkey`", at: item, in: problems.source) }
        continue
      }
      if !found.contains(where: { $0.key == key }) { found.append(ToolboxFiles.Citation(key: key, text: text ?? "")) }
    }
    return found
  }
}
