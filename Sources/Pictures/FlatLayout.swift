/// A surface map without a surface: its values in the order of the vertices, row by row. It shows how they are spread,
/// and says nothing of where.
enum FlatLayout {
  /// Fills a frame with values: each over its share of the pixels, or several a pixel, as their mean.
  static func draw(_ values: [Float], _ scale: ColorScale, in frame: Frame, on canvas: inout Canvas) {
    let pixels = frame.width * frame.height
    guard !values.isEmpty, pixels > 0 else { return }
    for pixel in 0..<pixels {
      let first = pixel * values.count / pixels
      let end = max((pixel + 1) * values.count / pixels, first + 1)
      var (sum, count) = (0.0, 0)
      for index in first..<end {
        guard let place = scale.place(of: values[index]) else { continue }
        sum += place
        count += 1
      }
      let mean = count * 2 >= end - first ? sum / Double(count) : nil
      canvas[frame.x + pixel % frame.width, frame.y + pixel / frame.width] = canvas.palette.index(mean)
    }
  }
}
