import CPNG

/// A PNG file as libpng reads it, four bytes a pixel.
struct DecodedPNG {
  let width: Int
  let height: Int
  private let bytes: [UInt8]

  /// Nil where libpng will not have it.
  init?(_ png: [UInt8]) {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, png, png.count) != 0 else { return nil }
    image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
    var bytes = [UInt8](repeating: 0, count: Int(image.width * image.height) * 4)
    guard png_image_finish_read(&image, nil, &bytes, png_int_32(image.width * 4), nil) != 0 else { return nil }
    (width, height) = (Int(image.width), Int(image.height))
    self.bytes = bytes
  }

  /// Red, green, blue and cover of a pixel.
  subscript(x: Int, y: Int) -> [UInt8] { Array(bytes[(y * width + x) * 4..<(y * width + x + 1) * 4]) }

  /// Whether a pixel has a color of a scale or the gray of no value: covered whole, and no letter.
  func isDrawn(_ x: Int, _ y: Int) -> Bool { bytes[(y * width + x) * 4 + 3] == 255 }

  /// Whether a pixel is gray.
  func isGray(_ x: Int, _ y: Int) -> Bool { Set(self[x, y].prefix(3)).count == 1 }
}
