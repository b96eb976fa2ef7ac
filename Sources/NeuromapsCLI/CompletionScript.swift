internal import ArgumentParser

/// A script with which a shell completes the program's command lines: the one that the parser makes, and what it
/// leaves out.
enum CompletionScript: String, CaseIterable, ExpressibleByArgument, Sendable {
  case bash
  case zsh
  case fish

  /// The script.
  var text: String {
    switch self {
    case .bash: NeuromapsCommand.completionScript(for: .bash) + Self.bashAddition
    case .zsh: Self.completed(zsh: NeuromapsCommand.completionScript(for: .zsh))
    case .fish: NeuromapsCommand.completionScript(for: .fish) + Self.fishAddition
    }
  }

  /// What the parser's functions do too much: they leave a trap behind that turns the shell's options back whenever a
  /// file is sourced; what the program prints on standard error would land on the line that is being typed; and every
  /// word that is also a folder's name would get a slash, `cache` say.
  private static let bashAddition = """

    __neuromaps_add_completions() {
        local completion
        [[ "${1}" = -W ]] || are_files=true
        while IFS='' read -r completion; do
            COMPREPLY+=("${completion}")
        done < <(IFS=$'\\n' compgen "${@}" -- "${cur}")
    }

    __neuromaps_complete() {
        local are_files=false
        local -i index
        _neuromaps "${@}" 2>/dev/null
        trap - RETURN
        if "${are_files}" || [[ "${COMPREPLY[*]}" = */* ]]; then
            compopt -o filenames 2>/dev/null
        elif [[ "${COMP_WORDS[COMP_CWORD]}" != [\\'\\"]* ]]; then
            for index in "${!COMPREPLY[@]}"; do
                printf -v "COMPREPLY[index]" %q "${COMPREPLY[index]}"
            done
        fi
        # A part of a name is not a word yet.
        if [[ "${#COMPREPLY[@]}" -eq 1 && "${COMPREPLY[0]}" = */ ]]; then
            compopt -o nospace 2>/dev/null
        fi
        return 0
    }

    complete -r neuromaps
    if type compopt >/dev/null 2>&1; then
        complete -F __neuromaps_complete neuromaps
    else
        complete -o filenames -F __neuromaps_complete neuromaps
    fi
    """

  /// The parser's function of that name, but no space follows a part of a name, and errors are not shown.
  private static let zshAddition = """
    __neuromaps_custom_complete() {
        local -a completions parts
        completions=("${(@f)"$(${~command_name} "${@}" "${command_line[@]}" 2>/dev/null)"}")
        # The last one is there so that empty ones before it are not lost.
        completions=("${(@)completions[1,-2]}")
        parts=("${(@M)completions:#*/}")
        completions=("${(@)completions:#*/}")
        (( ${#parts} )) && compadd -V neuromaps -S '' -a parts
        (( ${#completions} )) && compadd -V neuromaps -a completions
        return 0
    }


    """

  /// What is not known is guessed, and errors are not shown; fish itself knows that no space follows a slash.
  private static let fishAddition = """

    functions --erase __neuromaps_parser_tokens __neuromaps_parser_custom_completion
    functions --copy __neuromaps_tokens __neuromaps_parser_tokens
    functions --copy __neuromaps_custom_completion __neuromaps_parser_custom_completion
    function __neuromaps_tokens
        # `complete -C` does not know where in the word the cursor is: at its end.
        if not __neuromaps_parser_tokens $argv 2>/dev/null; and test "$argv" = -tC
            string length -- (commandline -t)
        end
    end
    function __neuromaps_custom_completion
        # Of a program that is not there, fish itself would tell.
        command --query (__neuromaps_tokens -p)[1]; or return
        __neuromaps_parser_custom_completion $argv 2>/dev/null
    end
    """

  /// When zsh loads the script from a file it runs the last lines at once, so all functions must stand before them.
  private static func completed(zsh script: String) -> String {
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false)
    let end = lines.lastIndex { $0.hasPrefix("if ") } ?? lines.endIndex
    lines.insert(contentsOf: zshAddition.split(separator: "\n", omittingEmptySubsequences: false).dropLast(), at: end)
    return lines.joined(separator: "\n")
  }
}
