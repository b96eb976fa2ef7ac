private import CPNG

/// Writes pictures as PNG through libpng, into memory.
///
/// Indexed colors, all filters (the colors of a scale stand in order, so that neighbors differ by little), zlib's level
/// 6, and no chunk but those a picture needs, so that the same picture gives the same bytes wherever zlib is the same.
enum PNGEncoder {
  /// The bytes of a PNG file.
  static func encode(_ canvas: Canvas) throws(PictureFailure) -> [UInt8] {
    let colors = canvas.palette.colors.map { png_color(red: $0.red, green: $0.green, blue: $0.blue) }
    let alphas = canvas.palette.colors.map { $0.alpha }
    // What is not opaque comes first in a palette; the rest need not be told.
    let told = (alphas.lastIndex { $0 < 255 } ?? -1) + 1
    // Deflate adds a little to what it cannot make smaller.
    let capacity = (canvas.width + 1) * canvas.height * 9 / 8 + 16_384
    var output = cpng_output()
    var isWritten = false
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      output.bytes = buffer.baseAddress
      output.capacity = capacity
      let code = cpng_write(
        &output, UInt32(clamping: canvas.width), UInt32(clamping: canvas.height), canvas.pixels, colors, alphas,
        Int32(clamping: colors.count), Int32(clamping: told))
      isWritten = code == 1
      count = isWritten ? output.count : 0
    }
    guard isWritten else { throw .notWritten(words(output)) }
    return bytes
  }

  /// What libpng says of its failure.
  private static func words(_ output: cpng_output) -> String {
    withUnsafeBytes(of: output.problem) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
