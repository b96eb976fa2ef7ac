import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal of any width, seen from the side of its screen.
struct PseudoTerminal {
  /// The end that a program takes for its terminal.
  let user: FileHandle
  private let screen: FileHandle

  init(columns: UInt16) throws {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var (screen, user): (Int32, Int32) = (-1, -1)
    guard openpty(&screen, &user, nil, nil, &size) == 0 else { throw POSIXError(.ENOTTY) }
    // What another test starts meanwhile must not hold the terminal open.
    for end in [screen, user] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.screen = FileHandle(fileDescriptor: screen, closeOnDealloc: true)
    self.user = FileHandle(fileDescriptor: user, closeOnDealloc: true)
  }

  /// What comes on the screen until the last program that has the other end is gone. To be called when
  /// it has started.
  func read() throws -> String {
    try user.close()
    var (text, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
    while true {
      let count = Self.readBytes(screen.fileDescriptor, &buffer)
      // On Linux the end is EIO, on a Mac it is 0.
      guard count > 0 else { return String(decoding: text, as: UTF8.self) }
      text += buffer[..<count]
    }
  }

  private static func readBytes(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
    buffer.withUnsafeMutableBytes { bytes in
      #if canImport(Glibc)
        Glibc.read(file, bytes.baseAddress, bytes.count)
      #else
        Darwin.read(file, bytes.baseAddress, bytes.count)
      #endif
    }
  }
}
