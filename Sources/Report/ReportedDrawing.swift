/// A picture of a map, or why there is none.
package enum ReportedDrawing: Sendable {
  /// With the meaning of its colors.
  case picture(ReportedPicture, ReportedLegend)
  /// A phrase without a full stop: `its files are missing`.
  case missing(because: String)

  var legend: ReportedLegend? {
    guard case .picture(_, let legend) = self else { return nil }
    return legend
  }
}
