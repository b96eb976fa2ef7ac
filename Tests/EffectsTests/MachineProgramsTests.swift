import Effects
import SystemPackage
import TestWorld
import Testing

@Suite("Running other programs")
struct MachineProgramsTests {
  private static let environment = Environment(
    ["PATH": "bin:/usr/bin:/bin", "KEPT": "k e p t", "REPLACED": "old", "TAKEN": "taken"], currentFolder: "/")

  private let programs = MachinePrograms(MachineProgramsTests.environment)

  /// What a shell does with a script.
  private func shell(
    _ script: String, variables: [String: String?] = [:], limit: Int = 1 << 20
  ) async throws(ProgramFailure) -> ProgramOutcome {
    try await programs.run(ProgramCall("sh", ["-c", script], variables: variables, outputLimit: limit))
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test("what it writes and its exit code come back", arguments: [0, 1, 3, 255])
  func outcome(_ code: Int32) async throws {
    let outcome = try await shell("echo out; echo err >&2; exit \(code)")
    #expect(outcome == ProgramOutcome(exitCode: code, output: Array("out\n".utf8), errors: Array("err\n".utf8)))
  }

  @Test("the end by a signal is told as a shell would")
  func signal() async throws {
    #expect(try await shell("kill -9 $$").exitCode == 137)
  }

  @Test("arguments arrive as they are")
  func arguments() async throws {
    let words = ["a b", "", "'\"$HOME`", "größe", "-x"]
    let call = ProgramCall("/bin/sh", ["-c", "for x; do echo \"$x\"; done", "sh"] + words, outputLimit: 1 << 10)
    #expect(text(try await programs.run(call).output) == words.map { $0 + "\n" }.joined())
  }

  @Test(
    "much on both streams comes whole, whichever it writes first",
    arguments: [
      "head -c 300000 /dev/zero; head -c 200000 /dev/zero >&2",
      "head -c 200000 /dev/zero >&2; head -c 300000 /dev/zero",
    ])
  func much(_ script: String) async throws {
    let outcome = try await shell(script)
    #expect(outcome.exitCode == 0)
    #expect(outcome.output == [UInt8](repeating: 0, count: 300_000))
    #expect(outcome.errors == [UInt8](repeating: 0, count: 200_000))
  }

  @Test("there is nothing for it to read")
  func input() async throws {
    #expect(try await shell("cat; echo end").output == Array("end\n".utf8))
  }

  @Test("it gets the variables of the environment, but for those that the call changes")
  func variables() async throws {
    let outcome = try await shell(
      "echo \"$KEPT,$REPLACED,${TAKEN-none},$NEW\"", variables: ["REPLACED": "new", "TAKEN": nil, "NEW": "n"])
    #expect(text(outcome.output) == "k e p t,new,none,n\n")
  }

  @Test("one that no folder of PATH has is not there; nor is what is no program")
  func missing() async throws {
    try await TemporaryFolder.with { folder in
      try Disk().createFolder(folder.appending("folder"))
      try Disk().write([], to: folder.appending("text"))
      for path in [folder.string, "", "/nowhere"] {
        let programs = MachinePrograms(Environment(["PATH": path], currentFolder: "/"))
        for name in ["sh", "folder", "text"] {
          await #expect(throws: ProgramFailure.notFound) {
            try await programs.run(ProgramCall(name, [], outputLimit: 1))
          }
        }
      }
    }
  }

  @Test("a relative folder of PATH is passed over")
  func relative() async throws {
    let up = String(repeating: "../", count: 40)
    let call = ProgramCall("sh", ["-c", ":"], outputLimit: 1)
    let relative = MachinePrograms(Environment(["PATH": "\(up)bin"], currentFolder: "/"))
    await #expect(throws: ProgramFailure.notFound) { try await relative.run(call) }
    let both = MachinePrograms(Environment(["PATH": "\(up)bin:/bin"], currentFolder: "/"))
    #expect(try await both.run(call).exitCode == 0)
  }

  @Test("what cannot be started is told with the reason")
  func refused() async throws {
    let call = ProgramCall("/nowhere/at/all", [], outputLimit: 1)
    await #expect(throws: ProgramFailure.refused(.noSuchFileOrDirectory)) { try await programs.run(call) }
  }

  @Test("one that writes too much is ended, on whichever stream", arguments: ["yes", "yes >&2", "yes & yes >&2"])
  func tooMuch(_ script: String) async throws {
    await #expect(throws: ProgramFailure.tooMuchOutput(limit: 100_000)) { try await shell(script, limit: 100_000) }
  }

  @Test("what it may write just so is not too much")
  func justEnough() async throws {
    #expect(try await shell("head -c 1000 /dev/zero", limit: 1000).output.count == 1000)
    await #expect(throws: ProgramFailure.tooMuchOutput(limit: 999)) {
      try await shell("head -c 1000 /dev/zero", limit: 999)
    }
  }

  @Test(
    "a task that is cancelled ends it, also when it has closed its streams",
    arguments: ["exec sleep 1000", "exec sleep 1000 >/dev/null 2>&1"])
  func cancelled(_ wait: String) async throws {
    try await TemporaryFolder.with { folder in
      let file = folder.appending("id")
      let failure = try await withThrowingTaskGroup(of: ProgramFailure?.self) { group in
        group.addTask {
          do throws(ProgramFailure) {
            _ = try await shell("echo $$ >\(file).new; mv \(file).new \(file); \(wait)")
            return nil
          } catch {
            return error
          }
        }
        while try Disk().status(file) == nil { await Task.yield() }
        group.cancelAll()
        return try await group.next() ?? nil
      }
      #expect(failure == .cancelled)
      let id = text(try Disk().read(file, limit: 100)).split(separator: "\n").first ?? ""
      #expect(try await shell("kill -0 \(id) 2>/dev/null").exitCode != 0)
    }
  }

  @Test("many at once do not get into each other's way")
  func many() async throws {
    let outputs = try await withThrowingTaskGroup(of: (Int, String).self) { group in
      for number in 0..<30 {
        group.addTask {
          let outcome = try await shell("echo \(number)")
          return (number, text(outcome.output))
        }
      }
      return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
    }
    #expect(outputs.count == 30)
    #expect(outputs.allSatisfy { $0.value == "\($0.key)\n" })
  }
}
