/// A story file: what is there, what a person types, and what the program answers.
///
/// ```
/// # A line on what the story tells.
/// === file neuromaps.yaml         a file of the project
/// version: 1
/// === osf abcde/0123 name.gii     a file that the origin serves under that id
/// some bytes
/// === archive lab/a.tar.gz        a file of the project: a tar.gz of these members, a name and its text a line
/// atlases/a/one.txt some text
/// === osf-archive abcde/0123 a.tar.gz
/// atlases/a/one.txt some text
/// === run
/// $ neuromaps sync                 a command; or one of the story's own verbs, see StoryRunner
/// > what it printed on standard output
/// ! what it printed on standard error
/// = 1                              its exit code, where it is not 0
/// ```
/// `[project]` and `[origin]` stand for the project's folder and the origin's address.
struct Story: Equatable {
  /// Something that is there from the start.
  struct Given: Equatable {
    let kind: String
    let name: String
    let text: String
  }

  /// A command with everything it answers.
  struct Step: Equatable {
    let command: String
    var output: [String]
    var errors: [String]
    var exitCode: Int32
  }

  let comment: [String]
  let given: [Given]
  var steps: [Step]

  init(_ text: String) throws {
    var comment: [String] = []
    var given: [Given] = []
    var steps: [Step] = []
    var section: (kind: String, name: String, lines: [String])?
    func close() {
      guard let section, section.kind != "run" else { return }
      given.append(Given(kind: section.kind, name: section.name, text: section.lines.map { $0 + "\n" }.joined()))
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    for line in lines {
      if line.hasPrefix("=== ") {
        close()
        let words = line.dropFirst(4).split(separator: " ", maxSplits: 1).map(String.init)
        section = (words[0], words.count > 1 ? words[1] : "", [])
      } else if section?.kind == "run" {
        try Self.add(line, to: &steps)
      } else if section != nil {
        section?.lines.append(line)
      } else {
        comment.append(line)
      }
    }
    close()
    self.comment = comment
    self.given = given
    self.steps = steps
  }

  private static func add(_ line: String, to steps: inout [Step]) throws {
    if line.hasPrefix("$ ") {
      return steps.append(Step(command: String(line.dropFirst(2)), output: [], errors: [], exitCode: 0))
    }
    guard let last = steps.indices.last else { throw StoryError.textBeforeCommand(line) }
    let rest = String(line.dropFirst(2))
    switch line.first {
    case ">": steps[last].output.append(rest)
    case "!": steps[last].errors.append(rest)
    case "=": steps[last].exitCode = Int32(rest) ?? -1
    case nil: return
    default: throw StoryError.textBeforeCommand(line)
    }
  }

  /// The file; reading it gives the story again.
  var text: String {
    var lines = comment
    for given in given {
      lines.append("=== \(given.kind) \(given.name)")
      lines += given.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
    lines.append("=== run")
    for (index, step) in steps.enumerated() {
      if index > 0 { lines.append("") }
      lines.append("$ \(step.command)")
      lines += step.output.map { $0.isEmpty ? ">" : "> \($0)" }
      lines += step.errors.map { $0.isEmpty ? "!" : "! \($0)" }
      if step.exitCode != 0 { lines.append("= \(step.exitCode)") }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// A story file that cannot be read or told.
enum StoryError: Error {
  case textBeforeCommand(String)
  case notAMember(String)
  case unknownVerb(String)
  case noProgram(String)
}
