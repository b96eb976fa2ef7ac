import Effects
import Neuromaps
import SystemPackage
import TestWorld
import Testing

/// A project in a git repository of a test's own, on the disk of the machine.
struct GitProject {
  /// The top of the repository.
  let top: FilePath
  /// The folder of neuromaps.yaml.
  let folder: FilePath
  /// The variables that both git and the program get: nobody's settings.
  let variables: [String: String]
  private let git: MachinePrograms

  /// An empty repository with an empty manifest in a folder of it, or at its top.
  init(_ top: FilePath, project: String = "") async throws {
    self.top = top
    folder = project.isEmpty ? top : top.pushing(FilePath(project))
    let path = try Environment.ofProcess()["PATH"] ?? "/usr/bin:/bin"
    variables = [
      "PATH": path, "HOME": "/nowhere", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CEILING_DIRECTORIES": top.removingLastComponent().string,
    ]
    git = MachinePrograms(Environment(variables, currentFolder: top))
    try Disk().createFolder(folder)
    try write("version: 1\n", at: "neuromaps.yaml")
    try await run("init", "-q")
    try await run("symbolic-ref", "HEAD", "refs/heads/main")
  }

  /// Runs git at the top.
  func run(_ arguments: String...) async throws {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    let call = ProgramCall("git", ["-C", top.string] + identity + arguments, outputLimit: 1 << 20)
    let outcome = try await git.run(call)
    try #require(outcome.exitCode == 0, "git \(arguments): \(String(decoding: outcome.errors, as: UTF8.self))")
  }

  /// Writes a file of the project.
  func write(_ text: String, at path: String = "neuromaps.lock") throws {
    try Disk().write(Array(text.utf8), to: folder.pushing(FilePath(path)))
  }

  /// Commits all that is there.
  func commit(tag: String? = nil) async throws {
    try await run("add", "-A")
    try await run("commit", "-q", "--allow-empty", "-m", "a state")
    if let tag { try await run("tag", tag) }
  }

  /// Commits a lock.
  func commit(_ lock: String, tag: String? = nil) async throws {
    try write(lock)
    try await commit(tag: tag)
  }

  /// The program in the project, or in another folder.
  func workspace(
    at current: FilePath? = nil, _ changes: [String: String] = [:], _ settings: Settings = Settings()
  ) throws -> Workspace {
    let environment = Environment(
      variables.merging(changes) { _, new in new }, currentFolder: current ?? folder)
    let world = World(
      files: Disk(), transport: ScriptedTransport.silent(), clock: ContinuousClock(), environment: environment)
    return try Workspace(world, settings)
  }
}
