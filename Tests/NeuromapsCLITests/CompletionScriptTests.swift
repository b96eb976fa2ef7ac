import Testing

@testable import NeuromapsCLI

@Suite("A completion script") struct CompletionScriptTests {
  private func lines(_ script: CompletionScript) -> [String] {
    script.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Where each of these lines stands first.
  private func places(_ beginnings: [String], in lines: [String]) -> [Int?] {
    beginnings.map { beginning in lines.firstIndex { $0.hasPrefix(beginning) } }
  }

  @Test("asks the program for names, by the parser's own protocol", arguments: CompletionScript.allCases)
  func asks(_ script: CompletionScript) {
    let text = script.text
    for argument in [
      "info -- positional@0", "path -- positional@0", "list -- --tag", "fetch -- --source", "fetch -- --atlas",
      "lock -- --upgrade-map",
    ] {
      #expect(text.contains("---completion \(argument) "), "nobody asks for \(argument)")
    }
  }

  @Test("names every command and ends its last line", arguments: CompletionScript.allCases)
  func commands(_ script: CompletionScript) {
    for command in ["init", "sync", "cache", "completions"] { #expect(script.text.contains(command)) }
    #expect(script.text.last != "\n")
  }

  @Test("of bash has the additions behind what they replace, and completes with them") func bash() {
    let lines = lines(.bash)
    #expect(lines.filter { $0 == "__neuromaps_add_completions() {" }.count == 2)
    let replaced = lines.firstIndex(of: "complete -o filenames -F _neuromaps neuromaps")
    let removed = lines.firstIndex(of: "complete -r neuromaps")
    #expect(replaced != nil && removed != nil)
    if let replaced, let removed { #expect(replaced < removed) }
    let names = lines.filter { $0.contains("complete ") && $0.contains(" -F ") }
    #expect(names.dropFirst().allSatisfy { $0.hasSuffix("-F __neuromaps_complete neuromaps") })
    #expect(lines.contains("_neuromaps() {"))
  }

  @Test("of zsh has the addition behind the function that it replaces, and before the lines that zsh runs at once")
  func zsh() {
    let lines = lines(.zsh)
    #expect(lines.first == "#compdef neuromaps")
    let functions = lines.indices.filter { lines[$0] == "__neuromaps_custom_complete() {" }
    let end = lines.firstIndex { $0.hasPrefix("if [[ \"${funcstack[1]}\" = _neuromaps ]]") } ?? -1
    #expect(functions.count == 2)
    #expect(functions.allSatisfy { $0 < end })
    #expect(lines.last == "fi")
    #expect(lines.filter { $0.hasPrefix("if ") }.count == 1)
  }

  @Test("of fish wraps functions that the parser has made") func fish() {
    let lines = lines(.fish)
    for name in ["__neuromaps_tokens", "__neuromaps_custom_completion"] {
      let places = places(["function \(name)", "functions --copy \(name) "], in: lines)
      #expect(places.allSatisfy { $0 != nil })
      #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
      #expect(lines.filter { $0 == "function \(name)" }.count == 2)
    }
  }
}
