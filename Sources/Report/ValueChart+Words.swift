/// What a chart says in words.
extension ValueChart {
  /// `BPnd, in 40 bins, the tallest of 1,204 values; viridis, symmetric about zero`.
  var caption: String {
    let bins = histogram.map { histogram in
      "\(counted(histogram.counts.count, "bin", "bins")), the tallest of "
        + counted(histogram.counts.max().map { Int($0) } ?? 0, "value", "values")
    }
    let colors = [legend?.palette, legend.map(\.isSymmetric) == true ? "symmetric about zero" : nil]
    return [legend?.quantity, bins, colors.compactMap { $0 }.joined(separator: ", ")].compactMap { $0 }
      .filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The same for who does not see it.
  var description: String {
    let shape = histogram == nil ? "Color scale" : legend == nil ? "Histogram" : "Histogram and color scale"
    let ticks = (legend?.ticks ?? []).map(\.text)
    let range = ticks.isEmpty ? "" : ", marked \(ticks.joined(separator: ", "))"
    return "\(shape) of the values\(range)" + (peak.map { "; most lie \($0)" } ?? "")
  }

  /// Where the tallest bar stands.
  private var peak: String? {
    guard let counts = histogram?.counts, let most = counts.max(), most > 0, let index = counts.firstIndex(of: most)
    else { return nil }
    switch Double(index) + 0.5 {
    case ..<(Double(counts.count) / 3): return "in the lowest third"
    case (Double(counts.count) * 2 / 3)...: return "in the highest third"
    default: return "in the middle third"
    }
  }
}
