private import CZlib

/// zlib's inflate, behind a handle; no zlib beyond this file.
struct Inflater: ~Copyable {
  /// What stands around the compressed bytes.
  enum Wrapping: Int32 {
    /// A header and a checksum of zlib (RFC 1950).
    case zlib = 15
    /// A header and a checksum of gzip (RFC 1952).
    case gzip = 31
    /// Either of the two, told by the first bytes.
    case either = 47
  }

  /// What a call has done.
  struct Step: Hashable {
    /// Bytes of the input that are done with.
    var consumed: Int
    /// Bytes that were written to the output.
    var produced: Int
    /// Whether the end was reached, and all checksums are right.
    var isAtEnd: Bool
  }

  // zlib remembers where its stream lies, so it must not move.
  private let stream: UnsafeMutablePointer<z_stream>

  /// Begins to unpack.
  init(_ wrapping: Wrapping) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = inflateInit2_(stream, wrapping.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { preconditionFailure("no memory to unpack with") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Goes on as far as there is input, and room for output. A step that does nothing wants more of either.
  mutating func inflate(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) throws(ImageFailure) -> Step {
    let limit = 1 << 30
    let (available, room) = (min(input.count, limit), min(output.count, limit))
    // zlib only reads from it.
    stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(available)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    guard room > 0 else { return Step(consumed: 0, produced: 0, isAtEnd: false) }
    let status = CZlib.inflate(stream, Z_NO_FLUSH)
    switch status {
    case Z_OK, Z_BUF_ERROR, Z_STREAM_END:
      return Step(
        consumed: available - Int(stream.pointee.avail_in), produced: room - Int(stream.pointee.avail_out),
        isAtEnd: status == Z_STREAM_END)
    default: throw .broken(phrase)
    }
  }

  /// Begins anew, for what follows the end.
  mutating func reset() { inflateReset(stream) }

  private var phrase: String {
    switch stream.pointee.msg.map({ String(cString: $0) }) {
    case "incorrect data check": "the checksum of its compressed data is wrong"
    case "incorrect length check": "the length of its compressed data is wrong"
    case "incorrect header check", "unknown header flags set", "unknown compression method", "header crc mismatch":
      "the header of its compressed data is wrong"
    case let reason?: "its compressed data are damaged (\(reason))"
    case nil: "its compressed data are damaged"
    }
  }
}
