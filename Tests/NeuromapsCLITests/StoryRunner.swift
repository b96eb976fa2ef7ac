import Dataset
import Foundation
import LoopbackOSF
import Tarballs

/// Tells a story: makes its project and origin, types its commands, and writes down the answers.
///
/// Verbs besides `neuromaps`, for what a person does between commands:
/// `write PATH TEXT`, `move PATH PATH`, `remove PATH`, `tree` (the files of the data directory), `show PATH`,
/// `requests` (how many the origin got since last asked), `lie KIND`, `honest`,
/// `with NAME=VALUE neuromaps …`, `git …` (in the project, by nobody's settings, always at the same time).
struct StoryRunner {
  /// The story with the answers that the program really gave.
  static func tell(_ story: Story) async throws -> Story {
    let project = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("story-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: project, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: project) }
    let files = try story.given.filter { $0.kind == "osf" || $0.kind == "osf-archive" }.compactMap { try served($0) }
    return try await LoopbackOSF.serving(files, token: "right-token") { origin in
      let runner = StoryRunner(project: project, origin: origin)
      for given in story.given where given.kind == "file" { try runner.write(given.text, to: given.name) }
      for given in story.given where given.kind == "archive" { try runner.write(given.archive(), to: given.name) }
      var told = story
      told.steps = []
      for step in story.steps { told.steps.append(try await runner.type(step.command)) }
      return told
    }
  }

  private let project: URL
  private let origin: LoopbackOSF

  private static func served(_ given: Story.Given) throws -> ServedFile? {
    let words = given.name.split(whereSeparator: { $0 == " " || $0 == "/" }).map(String.init)
    let bytes = given.kind == "osf-archive" ? try given.archive() : Array(given.text.utf8)
    var hasher = ContentHasher(md5: true)
    bytes.withUnsafeBytes { hasher.update($0) }
    let sums = hasher.finish()
    guard words.count >= 3, let md5 = sums.md5, let sha256 = sums.sha256 else { return nil }
    return ServedFile(
      project: words[0], file: words[1], name: words[2],
      versions: [ServedVersion(bytes: bytes, md5: md5.hex, sha256: sha256.hex)],
      isRestricted: words.count > 3 && words[3] == "restricted")
  }

  private func type(_ command: String) async throws -> Story.Step {
    var words = command.split(separator: " ").map(String.init)
    var variables: [String: String] = [:]
    while words.first == "with" {
      let pair = words[1].split(separator: "=", maxSplits: 1).map(String.init)
      variables[pair[0]] = pair.count > 1 ? filled(pair[1]) : ""
      words.removeFirst(2)
    }
    switch words[0] {
    case "neuromaps": return try await run(command, words.dropFirst().map(unquoted), variables)
    case "git": return try await git(command, words.dropFirst().map(unquoted))
    case "write": try write(words[2...].joined(separator: " ") + "\n", to: words[1])
    case "move":
      let target = project.appendingPathComponent(words[2])
      try FileManager.default.removeItem(at: target)
      try FileManager.default.moveItem(at: project.appendingPathComponent(words[1]), to: target)
    case "remove": try FileManager.default.removeItem(at: project.appendingPathComponent(words[1]))
    case "tree": return Story.Step(command: command, output: try tree(), errors: [], exitCode: 0)
    case "show":
      let text = try String(contentsOf: project.appendingPathComponent(words[1]), encoding: .utf8)
      return Story.Step(command: command, output: lines(text), errors: [], exitCode: 0)
    case "requests":
      let count = origin.requests().count
      origin.forgetRequests()
      return Story.Step(command: command, output: ["\(count)"], errors: [], exitCode: 0)
    case "lie": origin.lie(try fault(words[1]))
    case "honest": origin.stopLying()
    default: throw StoryError.unknownVerb(words[0])
    }
    return Story.Step(command: command, output: [], errors: [], exitCode: 0)
  }

  private func fault(_ name: String) throws -> Fault {
    switch name {
    case "flip": .flipByte(at: 3)
    case "cut": .cut(after: 3)
    case "cut-quietly": .cutQuietly(after: 3)
    case "page": .errorPage
    case "404": .status(404, on: .front)
    case "503": .status(503)
    case "long": .tooLong(by: 10)
    case "loop": .redirectLoop
    default: throw StoryError.unknownVerb(name)
    }
  }

  private func run(_ command: String, _ arguments: [String], _ variables: [String: String]) async throws -> Story.Step {
    var environment = ["HOME": project.path + "/home", "PATH": "/usr/bin:/bin", "NEUROMAPS_OSF_URL": origin.url]
    environment["NEUROMAPS_CACHE_DIR"] = project.path + "/store"
    environment["GIT_CEILING_DIRECTORIES"] = project.deletingLastPathComponent().path
    environment.merge(variables) { _, new in new }
    let outcome = try await Program(folder: project, environment: environment).run(arguments.map(filled))
    return Story.Step(
      command: command, output: lines(outcome.output), errors: lines(outcome.errors), exitCode: outcome.exitCode)
  }

  private func git(_ command: String, _ arguments: [String]) async throws -> Story.Step {
    let (name, mail, date) = ("A", "a@example.org", "2026-01-02T03:04:05Z")
    let environment = [
      "HOME": project.path + "/home", "PATH": "/usr/bin:/bin", "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_AUTHOR_DATE": date,
      "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_COMMITTER_DATE": date,
    ]
    let program = Program(folder: project, environment: environment, executable: URL(fileURLWithPath: "/usr/bin/env"))
    let outcome = try await program.run(["git"] + arguments)
    return Story.Step(
      command: command, output: lines(outcome.output), errors: lines(outcome.errors), exitCode: outcome.exitCode)
  }

  private func write(_ text: String, to name: String) throws { try write(Array(filled(text).utf8), to: name) }

  private func write(_ bytes: [UInt8], to name: String) throws {
    let file = project.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  private func tree() throws -> [String] {
    let data = project.appendingPathComponent("data")
    let names = FileManager.default.enumerator(atPath: data.path)?.compactMap { $0 as? String } ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: data.appendingPathComponent(name).path, isDirectory: &isFolder)
      return !isFolder.boolValue && !name.hasPrefix(".neuromaps/projects") && name != ".neuromaps/lock"
    }.sorted().flatMap(lines)
  }

  private func unquoted(_ word: String) -> String { word.replacingOccurrences(of: "'", with: "") }

  private func filled(_ text: String) -> String {
    text.replacingOccurrences(of: "[project]", with: project.path).replacingOccurrences(
      of: "[origin]", with: origin.url)
  }

  private func lines(_ text: String) -> [String] {
    let named = text.replacingOccurrences(of: project.path, with: "[project]")
      .replacingOccurrences(of: origin.url, with: "[origin]")
      .replacing(#/replaced\/\d+-/#, with: "replaced/[time]-")
    let lines = named.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    return lines.last == "" ? lines.dropLast() : lines
  }
}

extension Story.Given {
  /// The tar.gz of its lines, each a member: its name, a space, its text.
  fileprivate func archive() throws -> [UInt8] {
    Tarball.tarGz(
      try text.split(separator: "\n").map { line in
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2 else { throw StoryError.notAMember(String(line)) }
        return .file(words[0], words[1] + "\n")
      })
  }
}
