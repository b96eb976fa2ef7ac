package import Catalog
internal import Dataset
internal import Diagnostics

/// What a person probably meant, looked up in the catalogs when something matched nothing.
package enum ResolverHints {
  /// For a value that no catalog has.
  package static func unknown(_ word: String, of key: MapQuery.Key, in set: CatalogSet) -> String {
    let words = set.vocabulary(key)
    if key == .space, let space = words.first(where: { word.hasPrefix($0) && word != $0 }) {
      let rest = String(word.dropFirst(space.count))
      if let sampling = Sampling(rest), set.vocabulary(.den).contains(rest) {
        let name = sampling.entity == "den" ? "density" : "resolution"
        return "did you mean `\(space)`? \(name) is its own key: `\(sampling.entity): \(rest)`"
      }
    }
    return hint(for: word, among: words)
  }

  /// For a name that no atlas has.
  package static func atlas(_ text: String, among names: [String]) -> String {
    if names.isEmpty { return "no catalog with atlases is in use; see `catalogs` and `builtin`" }
    let densities = names.filter { $0.hasPrefix("\(text.prefix { $0 != "/" })/") }
    if !densities.isEmpty {
      let near = text.contains("/") ? Suggestion.nearest(to: text, among: names) : nil
      let guess = near.map { "did you mean `\($0)`? there are" } ?? "say which:"
      return "\(guess) \(densities.map { "`\($0)`" }.joined(separator: ", "))"
    }
    if let near = Suggestion.nearest(to: text, among: names) { return "did you mean `\(near)`?" }
    return "there are \(names.map { "`\($0)`" }.joined(separator: ", "))"
  }

  /// Which part of a tuple, read from the left, is the first that leaves no map; with what to say.
  static func firstWrongPart(of pattern: MapPattern, in set: CatalogSet) -> (part: Int, note: String, hint: String) {
    let names = ["source", "desc", "space", "density or resolution"]
    var left = set.catalogs.flatMap { $0.maps.map(\.id) }
    for (index, glob) in pattern.parts.enumerated() {
      let next = left.filter { glob.matches($0.parts[index]) }
      if next.isEmpty {
        let there = Set(left.map { $0.parts[index] }).sorted(by: precedes)
        let before = pattern.parts[..<index].map(\.text).joined(separator: "/")
        let note =
          index == 0
          ? "no map has the source `\(glob)`" : "no map of `\(before)` has the \(names[index]) `\(glob)`"
        return (index, note, hint(for: glob.text, among: there))
      }
      left = next
    }
    return (0, "no map has all four parts", "`neuromaps list` shows what there is")
  }

  private static func hint(for word: String, among words: [String]) -> String {
    if words.isEmpty { return "no catalog with maps is in use; see `catalogs` and `builtin`" }
    if let near = Suggestion.nearest(to: word, among: words) { return "did you mean `\(near)`?" }
    if words.count <= 12 { return "there are \(words.map { "`\($0)`" }.joined(separator: ", "))" }
    return "`neuromaps list` shows what there is"
  }

  /// The map whose name is most like the pattern.
  static func nearest(to pattern: MapPattern, in set: CatalogSet) -> String? {
    let wrong = firstWrongPart(of: pattern, in: set).part
    var parts = pattern.parts.map(\.text)
    let words = Set(set.catalogs.flatMap { $0.maps.map { $0.id.parts[wrong] } })
    guard let near = Suggestion.nearest(to: parts[wrong], among: words) else { return nil }
    parts[wrong] = near
    return parts.joined(separator: "/")
  }
}
