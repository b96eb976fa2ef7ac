import NIOCore

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file on disk, open for reading as long as the value lives. Its calls block.
final class DiskFile: Sendable {
  /// Why a file could not be opened or read.
  struct Failure: Error {
    /// The `errno` of the call.
    let code: CInt
  }

  private let descriptor: CInt

  /// Opens `path`, links followed.
  init(_ path: String) throws(Failure) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Failure(code: errno) }
  }

  deinit {
    // The descriptor is -1 when opening failed: closing that changes nothing.
    _ = close(descriptor)
  }

  /// The size in bytes and a tag of size and time; nil for what is no regular file.
  func shape() throws(Failure) -> (size: Int, tag: String)? {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return (Int(status.st_size), "\(status.st_size)-\(time.tv_sec).\(time.tv_nsec)")
  }

  /// Reads at most `count` bytes from `offset`; nothing at the end of the file.
  func read(at offset: Int, count: Int) throws(Failure) -> ByteBuffer {
    var buffer = ByteBufferAllocator().buffer(capacity: count)
    var failure: CInt?
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { memory in
      let length = pread(descriptor, memory.baseAddress, count, off_t(offset))
      if length < 0 { failure = errno }
      return max(length, 0)
    }
    if let failure { throw Failure(code: failure) }
    return buffer
  }
}
