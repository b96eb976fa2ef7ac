internal import Diagnostics
internal import Effects
internal import SystemPackage

/// A revision in the repository that a folder lies in, looked up by running `git`, which changes nothing for it.
struct GitRevision {
  private let name: String
  private let folder: FilePath
  private let programs: any Programs
  private let isOffline: Bool

  /// What git answers is no longer, but for the content of files.
  private static let answerLimit = 1 << 20

  /// The revision that a user calls so.
  init(_ name: String, of folder: FilePath, _ programs: any Programs, isOffline: Bool) {
    self.name = name
    self.folder = folder
    self.programs = programs
    self.isOffline = isOffline
  }

  /// The content of a file of the folder, as it was committed; nil when the revision has no such file.
  func bytes(of file: String, limit: Int) async throws(NeuromapsFailure) -> [UInt8]? {
    let tree = try await commit()
    let listing = try await content(["ls-tree", "-z", tree, file], of: file, limit: Self.answerLimit)
    // Mode, type, object and path.
    let words = text(listing).split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count >= 3, words[1] == "blob" else { return nil }
    return try await content(["cat-file", "blob", String(words[2])], of: file, limit: limit)
  }

  /// The digest of the commit that is meant.
  private func commit() async throws(NeuromapsFailure) -> String {
    // Git would take it for an option.
    guard !name.hasPrefix("-") else { throw NeuromapsFailure(.couldNot, [unknown]) }
    if let object = try await digest(of: name), let commit = try await digest(of: "\(object)^{commit}") {
      return commit
    }
    let repository = try await answer(["rev-parse", "--git-dir"], limit: Self.answerLimit)
    throw NeuromapsFailure(.couldNot, [repository.exitCode == 0 ? unknown : withoutRepository(repository)])
  }

  /// The digest of the object that a revision stands for; nil if it stands for none, or for several.
  private func digest(of revision: String) async throws(NeuromapsFailure) -> String? {
    let outcome = try await answer(["rev-parse", "--verify", revision], limit: Self.answerLimit)
    let digest = text(outcome.output).split(separator: "\n").first.map(String.init) ?? ""
    guard outcome.exitCode == 0, !digest.isEmpty, digest.utf8.allSatisfy(isHexadecimal) else { return nil }
    return digest
  }

  private func content(
    _ arguments: [String], of file: String, limit: Int
  ) async throws(NeuromapsFailure) -> [UInt8] {
    let outcome = try await answer(arguments, limit: limit)
    guard outcome.exitCode == 0 else {
      throw NeuromapsFailure(
        .couldNot,
        [Diagnostic(.revisionUnavailable, "git cannot read `\(name):\(file)`", causes: reason(outcome))])
    }
    return outcome.output
  }

  private func answer(_ arguments: [String], limit: Int) async throws(NeuromapsFailure) -> ProgramOutcome {
    let call = ProgramCall("git", ["-C", folder.string] + arguments, variables: variables, outputLimit: limit)
    do throws(ProgramFailure) {
      return try await programs.run(call)
    } catch {
      throw error == .cancelled ? NeuromapsFailure(error) : NeuromapsFailure(.couldNot, [unasked(error)])
    }
  }

  /// A hook of git names its own repository to all that it starts; what counts here is where the folder lies.
  private var variables: [String: String?] {
    var variables: [String: String?] = [
      "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_DIR": nil, "GIT_WORK_TREE": nil,
      "GIT_COMMON_DIR": nil, "GIT_PREFIX": nil,
    ]
    // A partial clone would fetch what it lacks.
    if isOffline { variables["GIT_NO_LAZY_FETCH"] = "1" }
    return variables
  }

  // MARK: Words

  private static let otherWay = "two files need no git: `neuromaps diff OLD.lock NEW.lock`"

  private var unknown: Diagnostic {
    guard name != "HEAD" else {
      return Diagnostic(
        .revisionUnavailable, "nothing has been committed yet, so there is no `HEAD`",
        hints: ["commit `\(Workspace.lockName)` first"])
    }
    return Diagnostic(
      .revisionUnavailable, "`\(name)` is neither a file nor a commit",
      hints: ["`git branch --all` and `git tag` list names; a shallow clone has to fetch them first"])
  }

  private func withoutRepository(_ outcome: ProgramOutcome) -> Diagnostic {
    Diagnostic(
      .revisionUnavailable, "there is no git repository to look up `\(name)` in", causes: reason(outcome),
      hints: [Self.otherWay])
  }

  private func unasked(_ failure: ProgramFailure) -> Diagnostic {
    let cause =
      switch failure {
      case .notFound: "git is not installed, or not in a folder of PATH"
      case .refused(let reason): "\(reason)"
      case .tooMuchOutput(let limit): "the answer has more than \(limit >> 20) MiB"
      case .cancelled: "interrupted"
      }
    return Diagnostic(
      .revisionUnavailable, "git cannot be asked for `\(name)`", causes: [cause], hints: [Self.otherWay])
  }

  /// What git itself says, without its first word.
  private func reason(_ outcome: ProgramOutcome) -> [String] {
    let line = text(outcome.errors).split(separator: "\n").first.map(String.init) ?? ""
    let words = line.hasPrefix("fatal: ") ? String(line.dropFirst("fatal: ".count)) : line
    return words.isEmpty ? [] : [words]
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

private func isHexadecimal(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
  default: false
  }
}
