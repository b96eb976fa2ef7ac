import Foundation

/// The real binary: the one that `NEUROMAPS_TEST_BINARY` names, a release build say, or that of the tests' own build.
struct Program {
  let folder: URL
  let environment: [String: String]
  var executable: URL?

  /// What a run of the program came to.
  struct Outcome {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  /// Beside the test bundle, unless another is named.
  static var path: URL {
    get throws {
      if let named = ProcessInfo.processInfo.environment["NEUROMAPS_TEST_BINARY"] {
        return URL(fileURLWithPath: named)
      }
      let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      for folder in [
        tests, tests.deletingLastPathComponent(), tests.deletingLastPathComponent().deletingLastPathComponent(),
      ] {
        for name in ["neuromaps", "NeuromapsMain"] {
          let file = folder.appendingPathComponent(name)
          if FileManager.default.isExecutableFile(atPath: file.path) { return file }
        }
      }
      throw StoryError.noProgram(tests.path)
    }
  }

  /// A process that runs, with the files that its output goes to, so that no pipe can fill up.
  struct Running {
    let process: Process
    let scratch: URL
    private let ended: AsyncStream<Void>

    fileprivate init(_ program: Program, _ arguments: [String]) throws {
      scratch = FileManager.default.temporaryDirectory.appendingPathComponent("neuromaps-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      let process = Process()
      process.executableURL = try program.executable ?? Program.path
      process.arguments = arguments
      process.currentDirectoryURL = program.folder
      process.environment = program.environment
      process.standardInput = FileHandle.nullDevice
      for name in ["out", "err"] { try Data().write(to: scratch.appendingPathComponent(name)) }
      process.standardOutput = try FileHandle(forWritingTo: scratch.appendingPathComponent("out"))
      process.standardError = try FileHandle(forWritingTo: scratch.appendingPathComponent("err"))
      let (stream, continuation) = AsyncStream<Void>.makeStream()
      // Waiting must not block a thread: the origin that the program speaks to runs on the same few.
      process.terminationHandler = { _ in continuation.finish() }
      self.process = process
      ended = stream
      try process.run()
    }

    /// Waits for the end.
    func outcome() async throws -> Outcome {
      for await _ in ended {}
      defer { try? FileManager.default.removeItem(at: scratch) }
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: scratch.appendingPathComponent(name)), as: UTF8.self)
      }
      let isExit = process.terminationReason == .exit
      return Outcome(
        output: try text("out"), errors: try text("err"),
        exitCode: isExit ? process.terminationStatus : 128 + process.terminationStatus)
    }
  }

  /// Starts it.
  func start(_ arguments: [String]) throws -> Running { try Running(self, arguments) }

  /// Runs it to its end.
  func run(_ arguments: [String]) async throws -> Outcome { try await start(arguments).outcome() }
}
