private import CZlib
private import Tarballs

/// Bytes compressed by zlib.
package enum Packed {
  /// A gzip file of them.
  package static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, windowBits: 31) }

  /// A stream of zlib's own format.
  package static func zlib(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, windowBits: 15) }

  /// A gzip file that says them without compressing, so that each byte can be found and changed.
  package static func gzipStored(_ bytes: [UInt8]) -> [UInt8] { Tarball.gzip(bytes) }

  /// A gzip file of these bytes, the last of which is zero, and so many zeros more: 1 GiB in 1 MB.
  package static func gzipBomb(_ head: [UInt8], zeros: Int64) -> [UInt8] { Tarball.gzip(head, zeros: zeros) }

  private static func deflated(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1000 + 1024)
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        withUnsafeMutablePointer(to: &stream) { stream in
          let size = Int32(MemoryLayout<z_stream>.size)
          deflateInit2_(stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
          stream.pointee.next_in = source.baseAddress
          stream.pointee.avail_in = UInt32(source.count)
          stream.pointee.next_out = target.baseAddress
          stream.pointee.avail_out = UInt32(target.count)
          let status = deflate(stream, Z_FINISH)
          precondition(status == Z_STREAM_END, "zlib did not finish")
          defer { deflateEnd(stream) }
          return target.count - Int(stream.pointee.avail_out)
        }
      }
    }
    return Array(output.prefix(count))
  }
}
