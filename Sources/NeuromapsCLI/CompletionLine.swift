/// A command line that is still being typed, as a shell hands it over.
struct CompletionLine: Hashable, Sendable {
  /// What has been typed of the word at the cursor, without quotes, and without the option of `--tag=PE`.
  let word: String
  private let words: [String]
  private let place: Int

  /// A line.
  ///
  /// - Parameters:
  ///   - words: all words with the quotes that were typed, the program's name first.
  ///   - place: which of them the cursor is at; one that does not exist counts as an empty one.
  ///   - beginning: what is before the cursor if that is the last word. Of another word the parser does not know
  ///     it, and the whole word is taken; the shell compares it once more.
  init(_ words: [String], at place: Int, _ beginning: String) {
    self.words = words.map(\.unquoted)
    self.place = place
    let isThere = words.indices.contains(place)
    let typed = !isThere ? "" : place == words.count - 1 ? beginning.unquoted : self.words[place]
    let value = typed.hasPrefix("--") ? typed.firstIndex(of: "=").map { typed[$0...].dropFirst() } : nil
    word = value.map(String.init) ?? typed
  }

  /// Whether a flag is on the line.
  func has(_ flag: String) -> Bool { words.contains(flag) }

  /// The values that an option has on the line, but for the one at the cursor.
  func values(of option: String) -> [String] {
    words.indices.compactMap { index in
      if words[index].hasPrefix("\(option)="), index != place {
        return String(words[index].dropFirst(option.utf8.count + 1))
      }
      guard words[index] == option else { return nil }
      // bash makes three words of `--space=MNI152`.
      let value = words.dropFirst(index + 1).first == "=" ? index + 2 : index + 1
      return value != place && words.indices.contains(value) ? words[value] : nil
    }
  }
}

extension String {
  /// Without quotes and backslashes. What they would have protected, no name has.
  fileprivate var unquoted: String { filter { !["'", "\"", "\\"].contains($0) } }
}
