private import CSystemCalls
internal import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// A program that has been started. Whoever lets go of it before its end ends it.
struct RunningProgram: ~Copyable {
  private let process: Int32
  private let output: Int32
  private let errors: Int32
  private var isOver = false

  /// How long it may be until somebody sees that the program is to be ended, in milliseconds.
  private static let patience: Int32 = 50

  /// Starts the program of an absolute path.
  ///
  /// - Parameters:
  ///   - words: its name and its arguments.
  ///   - variables: its whole environment, each as `NAME=value`.
  init(_ path: String, _ words: [String], variables: [String]) throws(ProgramFailure) {
    var process: Int32 = 0
    var output: Int32 = 0
    var errors: Int32 = 0
    let reason: Int32 = withCStrings(words) { words in
      withCStrings(variables) { variables in
        nm_start_program(path, words, variables, &process, &output, &errors) == 0 ? 0 : errno
      }
    }
    guard reason == 0 else { throw .refused(Errno(rawValue: reason)) }
    self.process = process
    self.output = output
    self.errors = errors
  }

  deinit {
    close(output)
    close(errors)
    guard !isOver else { return }
    kill(process, SIGKILL)
    var code: Int32 = 0
    nm_end_of_program(process, 1, &code)
  }

  /// Takes in all that it writes and waits for its end; to be called once.
  ///
  /// Both streams are read as they come: a program that waits until one is read writes nothing to the other.
  mutating func finish(outputLimit limit: Int, isCancelled: () -> Bool) throws(ProgramFailure) -> ProgramOutcome {
    var streams = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0), pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
    ]
    var texts: [[UInt8]] = [[], []]
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while streams.contains(where: { $0.fd >= 0 }) {
      guard !isCancelled() else { throw .cancelled }
      let ready = poll(&streams, nfds_t(streams.count), Self.patience)
      guard ready >= 0 || errno == EINTR else { throw .refused(Errno(rawValue: errno)) }
      guard ready > 0 else { continue }
      for index in streams.indices where streams[index].revents != 0 {
        let count = read(streams[index].fd, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count >= 0 else { throw .refused(Errno(rawValue: errno)) }
        // The kernel passes over a stream with no descriptor.
        if count == 0 { streams[index].fd = -1 }
        guard texts[index].count + count <= limit else { throw .tooMuchOutput(limit: limit) }
        texts[index].append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      }
    }
    return ProgramOutcome(exitCode: try exitCode(isCancelled), output: texts[0], errors: texts[1])
  }

  /// Who has closed both streams is as good as over, but need not be.
  private mutating func exitCode(_ isCancelled: () -> Bool) throws(ProgramFailure) -> Int32 {
    var code: Int32 = 0
    var pause: Int32 = 1
    while true {
      let ended = nm_end_of_program(process, 0, &code)
      guard ended == 0 else {
        isOver = true
        guard ended > 0 else { throw .refused(Errno(rawValue: errno)) }
        return code
      }
      guard !isCancelled() else { throw .cancelled }
      poll(nil, 0, pause)
      pause = min(2 * pause, Self.patience)
    }
  }
}

/// Hands texts over as C takes them: each with a zero behind it, and a null behind the last.
private func withCStrings<Result>(
  _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  var copies: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
  copies.append(nil)
  defer { for copy in copies { free(copy) } }
  return body(copies)
}
