import SampleImages
import Testing

@testable import Images

@Suite("Unpacking, piece by piece")
struct InflaterTests {
  private let text = Array(String(repeating: "voxels and vertices, ", count: 500).utf8)

  /// All that comes out, with so many bytes of input and room for so much output at a time.
  private func unpacked(
    _ wrapping: Inflater.Wrapping, _ bytes: [UInt8], input: Int, room: Int
  ) throws(ImageFailure) -> (bytes: [UInt8], consumed: Int, isAtEnd: Bool) {
    var inflater = Inflater(wrapping)
    var (result, position) = ([UInt8](), 0)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
    defer { buffer.deallocate() }
    while true {
      let piece = Array(bytes[position...].prefix(input))
      var outcome: Result<Inflater.Step, ImageFailure> = .failure(.interrupted)
      piece.withUnsafeBytes { source in
        do throws(ImageFailure) { outcome = .success(try inflater.inflate(source, into: buffer)) } catch {
          outcome = .failure(error)
        }
      }
      let step = try outcome.get()
      result += buffer[..<step.produced]
      position += step.consumed
      if step.isAtEnd || step.consumed + step.produced == 0 { return (result, position, step.isAtEnd) }
    }
  }

  @Test("whatever the pieces", arguments: [1, 10, 100_000], [1, 17, 100_000])
  func pieces(_ input: Int, _ room: Int) throws {
    for (wrapping, packed) in [
      (Inflater.Wrapping.gzip, Packed.gzip(text)), (.zlib, Packed.zlib(text)), (.either, Packed.gzip(text)),
      (.either, Packed.zlib(text)),
    ] {
      let result = try unpacked(wrapping, packed + [1, 2, 3], input: input, room: room)
      #expect(result.bytes == text)
      #expect(result.consumed == packed.count)
      #expect(result.isAtEnd)
    }
  }

  @Test("what ends too early is not at its end")
  func truncated() throws {
    let packed = Packed.zlib(text)
    #expect(try unpacked(.zlib, Array(packed.dropLast()), input: 100, room: 100).isAtEnd == false)
    #expect(try unpacked(.zlib, [], input: 100, room: 100).isAtEnd == false)
  }

  @Test("one wrapping is not the other")
  func wrongWrapping() {
    let wrong = ImageFailure.broken("the header of its compressed data is wrong")
    #expect(throws: wrong) { try unpacked(.zlib, Packed.gzip(text), input: 100, room: 100) }
    #expect(throws: wrong) { try unpacked(.gzip, Packed.zlib(text), input: 100, room: 100) }
    #expect(throws: wrong) { try unpacked(.either, text, input: 100, room: 100) }
  }

  @Test("damage is told in zlib's words")
  func damage() {
    // A block of the type that is reserved.
    #expect(throws: ImageFailure.broken("its compressed data are damaged (invalid block type)")) {
      try unpacked(.zlib, [0x78, 0x9c, 0x07, 0, 0, 0, 0], input: 100, room: 100)
    }
  }
}
