import Dataset
import Report
import Testing

@Suite("The chart of a map's values")
struct ValueChartTests {
  private func chart(_ change: (inout ReportedMap) -> Void) throws -> String {
    var contents = ReportContents(title: "T")
    var map = ReportedMap(id: try #require(AnnotationID("lab/one/fsLR/32k")), catalog: "lab", state: .there)
    change(&map)
    contents.maps = [map]
    let text = PageMarkup(contents).text
    guard let start = text.firstRange(of: "<figure class=\"chart\">"),
      let end = text[start.upperBound...].firstRange(of: "</figure>")
    else { return "" }
    return String(text[start.upperBound..<end.lowerBound])
  }

  private func legend(_ lowest: Double, _ highest: Double, ticks: [Double] = []) -> ReportedDrawing {
    let picture = ReportedPicture(png: SampleReport.png, width: 1, height: 1, alternative: "a map")
    let colors = [ReportedColor(red: 0, green: 9, blue: 255), ReportedColor(red: 16, green: 171, blue: 205)]
    return .picture(
      picture,
      ReportedLegend(
        colors: colors, lowest: lowest, highest: highest, ticks: ticks.map { .init(value: $0, text: "t\(Int($0))") },
        isSymmetric: lowest == -highest, palette: "vik"))
  }

  @Test("bars and colors share an axis that holds both")
  func axis() throws {
    let chart = try chart { map in
      map.drawing = legend(-2, 2, ticks: [-2, 0, 2])
      map.histogram = ReportedHistogram(lowest: 0, highest: 1, counts: [2, 0, 4])
    }
    #expect(chart.contains("x1=\"12\" x2=\"268\""))
    #expect(
      chart.contains("<stop offset=\"0\" stop-color=\"#0009ff\"></stop><stop offset=\"1\" stop-color=\"#10abcd\">"))
    #expect(chart.contains("d=\"M140 84V44H161.33V84ZM182.67 84V4H204V84Z\""))
    #expect(chart.contains("3 bins, the tallest of 4 values; vik, symmetric about zero"))
    #expect(chart.contains(">t-2</text>") && chart.contains(">t0</text>") && chart.contains(">t2</text>"))
  }

  @Test("numbers that have no room beside each other are left out, the first and last last")
  func ticks() throws {
    let chart = try chart { $0.drawing = legend(0, 100, ticks: (0...50).map { Double($0 * 2) }) }
    let shown = chart.ranges(of: "</text>").count
    #expect(shown > 4 && shown < 15)
    #expect(chart.contains(">t0</text>") && chart.contains(">t100</text>"))
  }

  @Test("what cannot be drawn is not", arguments: [(1.0, 1.0), (2, 1), (.nan, 1), (0, .infinity), (-1e308, 1.7e308)])
  func undrawable(_ lowest: Double, _ highest: Double) throws {
    let chart = try chart { map in
      map.histogram = ReportedHistogram(lowest: lowest, highest: highest, counts: [1, 2])
    }
    #expect(!chart.contains("nan") && !chart.contains("inf"))
    #expect(chart.isEmpty)
  }

  @Test("a histogram without a picture has no colors, and an empty one no bars")
  func partial() throws {
    let plain = try chart { $0.histogram = ReportedHistogram(lowest: 0, highest: 1, counts: [1]) }
    #expect(plain.contains("fill=\"currentColor\"") && !plain.contains("linearGradient"))
    let empty = try chart { $0.histogram = ReportedHistogram(lowest: 0, highest: 1, counts: []) }
    #expect(!empty.contains("<path"))
  }

  @Test("shares are never told as nothing or all when they are not")
  func shares() throws {
    var image = ReportedImage(name: "left")
    image.count = 1_000_000
    for (zeros, told) in [
      (0, ">0<"), (1, ">1 (&lt; 0.1 %)<"), (999_999, ">999,999 (&gt; 99.9 %)<"), (1_000_000, ">1,000,000 (100.0 %)<"),
      (37_000, ">37,000 (3.7 %)<"),
    ] {
      image.zeros = Int64(zeros)
      var contents = ReportContents(title: "T")
      var map = ReportedMap(id: try #require(AnnotationID("lab/one/fsLR/32k")), catalog: "lab", state: .there)
      map.images = [image]
      contents.maps = [map]
      #expect(PageMarkup(contents).text.contains(told), "\(told)")
    }
  }
}
