internal import ArgumentParser
internal import Diagnostics
internal import Effects
internal import Neuromaps

/// `neuromaps completions`.
struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a script with which bash, zsh or fish completes commands.",
    discussion: """
      Options, and names of maps and atlases, keywords, tags and groups, from the catalogs and the project around. \
      Nothing is downloaded or written for that.

      Examples:
        neuromaps completions bash > ~/.local/share/bash-completion/completions/neuromaps
        neuromaps completions zsh > ~/.zfunc/_neuromaps    # a folder of $fpath
        neuromaps completions fish > ~/.config/fish/completions/neuromaps.fish
      """)

  @Argument(help: "bash, zsh or fish.")
  var shell: CompletionScript

  mutating func run() throws {
    let console = Console()
    console.write("\(shell.text)\n", to: .output)
    guard let reason = console.failure else { return }
    let problem = Diagnostic(.fileFailed, "cannot write the script", causes: ["\(reason)"])
    console.write(DiagnosticRenderer(isColored: false).render(problem), to: .error)
    throw ExitCode(NeuromapsFailure.Reason.couldNot.exitCode)
  }
}
