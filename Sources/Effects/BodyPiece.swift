internal import NIOCore

/// Some bytes of an answer's body, as they came: read in place, never copied on the way.
package struct BodyPiece: Sendable {
  private let buffer: ByteBuffer

  /// A piece with these bytes.
  package init(_ bytes: [UInt8]) { buffer = ByteBuffer(bytes: bytes) }

  init(_ buffer: ByteBuffer) { self.buffer = buffer }

  /// How many there are.
  package var count: Int { buffer.readableBytes }

  /// Hands the bytes over, for the time of the call.
  package func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let outcome = buffer.withUnsafeReadableBytes { bytes in
      Swift.Result { () throws(Failure) in try body(bytes) }
    }
    return try outcome.get()
  }

  /// A copy of the bytes.
  package var bytes: [UInt8] { Array(buffer.readableBytesView) }
}
