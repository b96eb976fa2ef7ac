import Foundation
import LoopbackOSF
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real binary, many at once: one writes to a data directory at a time, and one downloads a file.
@Suite("Many syncs at once", .serialized, .timeLimit(.minutes(3))) struct CrowdTests {
  /// So many processes.
  private static let crowd = 32

  /// Each file was asked for at the storage once, by whomever.
  private func expectEachAskedForOnce(_ origin: LoopbackOSF, _ files: [ServedFile]) {
    let asked = origin.requests(to: .storage).map(\.uri)
    #expect(asked.count == files.count)
    for file in files { #expect(asked.count { $0.contains(file.versions[0].sha256) } == 1, "\(file.file)") }
  }

  @Test("Thirty-two in one project, from nothing: all end well, and each file is downloaded once in all")
  func oneProject() async throws {
    let lab = try Lab(Freight.twelve.get())
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      let running = try (0..<Self.crowd).map { _ in try lab.program(origin).start(["sync"]) }
      for one in running {
        let outcome = try await one.outcome()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      expectEachAskedForOnce(origin, lab.served)
      try lab.expectNothingWrong()
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Thirty-two projects with one store, from nothing: all end well, and each file is downloaded once in all")
  func oneStore() async throws {
    let lab = try Lab(Freight.six.get())
    defer { lab.remove() }
    let projects = (0..<Self.crowd).map { "project\($0)" }
    for project in projects { try lab.addProject(project) }
    try await LoopbackOSF.serving(lab.served) { origin in
      let running = try projects.map { try lab.program(origin, in: $0).start(["sync"]) }
      for one in running {
        let outcome = try await one.outcome()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
      }
      expectEachAskedForOnce(origin, lab.served)
      for project in projects {
        try lab.expectNothingWrong(in: project)
        try lab.expectThere(Set(lab.freight.contents.keys), in: project)
        let next = try await lab.program(origin, in: project).run(["sync", "--locked"])
        #expect(next.output.hasPrefix("nothing to do"), "\(next.output)\(next.errors)")
      }
    }
  }

  /// A sync that has the data directory, and gets no further.
  private func startHolding(_ lab: Lab, _ origin: LoopbackOSF) async throws -> Program.Running {
    let holder = try lab.program(origin).start(["sync"])
    _ = await origin.firstRequest { $0.origin == .storage && $0.bodyBytes > 0 }
    return holder
  }

  @Test("Who is killed while it has the data directory does not have it any more")
  func killedHolder() async throws {
    let lab = try Lab(files: 3, seed: 1)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      origin.lie(.stall(after: 1000))
      let holder = try await startHolding(lab, origin)
      // That it is held: otherwise nothing would be shown.
      let impatient = lab.program(origin, ["NEUROMAPS_LOCK_TIMEOUT": "0"])
      #expect(try await impatient.run(["sync"]).exitCode == 1)
      kill(holder.process.processIdentifier, SIGKILL)
      _ = try await holder.outcome()
      origin.stopLying()
      let next = try await impatient.run(["sync"])
      #expect(next.exitCode == 0, "\(next.errors)")
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Who has to wait says for whom after a second, and ends well when the other has")
  func waits() async throws {
    let lab = try Lab(files: 3, seed: 2)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      // Some five seconds for the smallest.
      origin.lie(.slow(bytesPerSecond: 10_000), about: lab.served[0].file, times: 1)
      let holder = try await startHolding(lab, origin)
      let start = ContinuousClock.now
      let second = try lab.program(origin).start(["sync"])
      var told = ""
      // What is waited for here is a process's own second.
      for _ in 0..<4000 where !told.contains("\n") {
        try await Task.sleep(for: .milliseconds(5))
        told = String(decoding: try Data(contentsOf: second.scratch.appendingPathComponent("err")), as: UTF8.self)
      }
      #expect(told.contains("waiting for process \(holder.process.processIdentifier) "), "\(told)")
      #expect(ContinuousClock.now - start >= .seconds(1))
      #expect(second.process.isRunning)
      let (first, other) = (try await holder.outcome(), try await second.outcome())
      #expect(first.exitCode == 0, "\(first.errors)")
      #expect(other.exitCode == 0, "\(other.errors)")
      expectEachAskedForOnce(origin, lab.served)
      try await lab.expectNextSyncEndsRight(origin)
    }
  }

  @Test("Who has waited long enough gives up, and says for whom it was")
  func givesUp() async throws {
    let lab = try Lab(files: 3, seed: 3)
    defer { lab.remove() }
    try await LoopbackOSF.serving(lab.served) { origin in
      origin.lie(.stall(after: 1000))
      let holder = try await startHolding(lab, origin)
      let second = try await lab.program(origin, ["NEUROMAPS_LOCK_TIMEOUT": "1"]).run(["sync"])
      #expect(second.exitCode == 1)
      #expect(second.errors.contains("error[NM0408]"), "\(second.errors)")
      #expect(second.errors.contains("process \(holder.process.processIdentifier) "), "\(second.errors)")
      #expect(holder.process.isRunning)
      kill(holder.process.processIdentifier, SIGKILL)
      _ = try await holder.outcome()
      origin.stopLying()
      try await lab.expectNextSyncEndsRight(origin)
    }
  }
}
