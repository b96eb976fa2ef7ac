private import CReportAssets
internal import Dataset

/// The page's style and its script, as kept in Sources/CReportAssets.
struct ReportAsset: Sendable {
  /// The file as it is.
  let bytes: [UInt8]

  /// report.css.
  static var style: ReportAsset {
    var count = 0
    let start: UnsafePointer<UInt8>? = neuromaps_report_style(&count)
    return ReportAsset(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
  }

  /// report.js.
  static var script: ReportAsset {
    var count = 0
    let start: UnsafePointer<UInt8>? = neuromaps_report_script(&count)
    return ReportAsset(bytes: Array(UnsafeBufferPointer(start: start, count: count)))
  }

  /// How a Content-Security-Policy names it: `'sha256-…'`.
  var policySource: String {
    let digits = Array(ContentHasher.sha256(bytes).hex)
    let digest = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0..<$0 + 2]), radix: 16) }
    return "'sha256-\(Base64.text(digest))'"
  }
}
