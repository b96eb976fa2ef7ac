internal import Diagnostics
internal import YAML

/// Whether an edited manifest wants exactly what it should, and says all else as before.
struct ManifestCheck {
  private let before: Manifest
  private let group: String?
  private let expected: [ManifestList: [String]]

  /// A check against the manifest as it was.
  ///
  /// - Parameters:
  ///   - group: the set that was changed; nil for the main one.
  ///   - expected: what that set shall want, in normal form and in order.
  init(_ before: Manifest, _ group: String?, _ expected: [ManifestList: [String]]) {
    self.before = before
    self.group = group
    self.expected = expected
  }

  /// Throws unless the text is as it should be.
  func check(_ text: SourceText) throws(ManifestObstacle) {
    let after: Manifest
    do throws(Findings) { after = try ManifestReader.read(text) } catch {
      throw obstacle("the result could not be read", causes: error.diagnostics.map(\.message))
    }
    let names = Set(before.groups.map(\.name))
    guard Set(after.groups.map(\.name)) == (group.map { names.union([$0]) } ?? names) else {
      throw obstacle("the groups would be others")
    }
    let sets: [String?] = after.groups.map { $0.name }
    for name in sets + [nil] {
      let (old, new) = (ManifestSet(before, group: name), ManifestSet(after, group: name))
      for list in ManifestList.allCases {
        let wanted = name == group ? expected[list] ?? [] : old?.normalForms(list) ?? []
        guard new?.normalForms(list) == wanted else { throw obstacle("`\(list.rawValue)` would not be as it should") }
      }
    }
    let (old, new) = (others(before.source), others(text))
    guard old.map(\.name) == new.map(\.name) else { throw obstacle("the keys would be others") }
    for (field, now) in zip(old, new) where !field.value.hasContent(of: now.value) {
      throw obstacle("`\(field.name)` would change")
    }
  }

  /// What is said besides the lists.
  private func others(_ text: SourceText) -> [YAMLField] {
    var problems = YAMLProblems(text, ManifestReader.dialect)
    let edited = ManifestList.allCases.map(\.rawValue) + ["groups"]
    return (YAMLReader.read(&problems)?.fields ?? []).filter { !edited.contains($0.name) }
  }

  private func obstacle(_ reason: String, causes: [String] = []) -> ManifestObstacle {
    let place = ManifestSet(before, group: group).flatMap { set in
      ManifestList.allCases.lazy.compactMap { set[$0].first?.span }.first
    }
    let span = place ?? SourceSpan(line: 1, column: 1)
    return ManifestObstacle(reason: reason, location: before.source.location(span), causes: causes)
  }
}
