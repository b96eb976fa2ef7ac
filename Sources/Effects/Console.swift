private import Synchronization
package import SystemPackage

#if canImport(Glibc)
  private import Glibc
#elseif canImport(Musl)
  private import Musl
#else
  private import Darwin
#endif

/// Standard output for results, standard error for everything else.
package final class Console: Sendable {
  /// One of the two.
  package enum Stream: Int32, Sendable {
    /// Results.
    case output = 1
    /// Messages and progress.
    case error = 2
  }

  private let failed = Mutex<Errno?>(nil)

  /// The process's own. One that is closed is opened on nothing, so that no file or socket of the
  /// program can get its number and then its text.
  package init() {
    for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
  }

  /// Why results could not be written, if they could not: a full disk, but not a reader who has
  /// seen enough.
  package var failure: Errno? { failed.withLock { $0 } }

  /// Writes a text as it is.
  package func write(_ text: String, to stream: Stream) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, !rest.isEmpty {
        let count = writeBytes(stream.rawValue, start, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          let reason = Errno(rawValue: errno)
          if stream == .output, reason != .brokenPipe { failed.withLock { $0 = reason } }
          return
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }

  /// Whether a person is looking.
  package func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }

  /// Columns of the terminal; nil when there is none.
  package func width(_ stream: Stream) -> Int? {
    var size = winsize()
    guard isTerminal(stream), ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

private func writeBytes(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int { write(file, bytes, count) }
