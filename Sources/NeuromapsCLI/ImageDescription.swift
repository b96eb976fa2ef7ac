internal import Dataset
internal import Images
internal import JSON
internal import Neuromaps

/// An image in a file, as `info` tells of it.
struct ImageDescription {
  private let image: ImageFacts

  init(_ image: ImageFacts) { self.image = image }

  /// The file, as a person would write its path.
  var path: String { image.path }

  /// All there is, for a program; numbers in full.
  var json: JSONValue {
    let summary = image.summary
    let values = summary.values
    let kind: [(String, JSONValue)] = [
      ("path", .text(image.path)), ("format", .text(summary.format.rawValue)),
      ("shape", .list(summary.shape.map { .number(Int64($0)) })), ("data_type", .text(summary.dataType.rawValue)),
      ("byte_order", .optional(summary.byteOrder?.rawValue)), ("units", .optional(summary.units)),
      ("voxel_size", summary.voxelSize.isEmpty ? .null : .list(summary.voxelSize.map { .decimal($0) })),
      ("hemisphere", .optional(summary.hemisphere?.rawValue)),
    ]
    let numbers: [(String, JSONValue)] = [
      ("minimum", .optional(decimal: values.minimum)), ("maximum", .optional(decimal: values.maximum)),
      ("mean", .optional(decimal: values.mean)),
      ("zeros", .number(values.zeros)), ("non_finite", .number(values.nonFinite)), ("count", .number(values.count)),
    ]
    let findings = image.findings.map { JSONValue.object($0.diagnostic.found(known: $0.known)) }
    return .object(kind + numbers + [("findings", .list(findings))])
  }

  /// All there is, for a person: what it is called, and what is known of that.
  var facts: [(String, String?)] {
    let summary = image.summary
    let order = summary.byteOrder.map { ", \($0.rawValue)-endian" } ?? ""
    let values = summary.values
    let half: [Hemisphere: String] = [.left: "left", .right: "right"]
    return [
      ("format", summary.format.rawValue + (summary.isCompressed ? ", compressed" : "")),
      ("shape", Self.shape(summary.shape) + (summary.arrays.isEmpty ? " voxels" : " vertices")),
      ("arrays", summary.arrays.count > 1 ? Self.arrays(summary.arrays) : nil),
      ("data type", summary.dataType.rawValue + order), ("voxel size", voxelSize),
      ("hemisphere", summary.hemisphere.flatMap { half[$0] }), ("range", range),
      ("mean", values.mean.map { $0.text() }), ("zeros", zeros),
      ("non-finite", values.nonFinite == 0 ? "none" : "\(values.nonFinite) of \(values.count)"),
    ]
  }

  /// How the values are spread that are not zero, a block for each bin; nil where nobody asked, or there are none.
  var histogram: String? {
    guard let counts = image.histogram?.counts, let most = counts.max(), most > 0 else { return nil }
    let blocks = Array("▁▂▃▄▅▆▇█")
    return String(
      counts.map { count in
        // Eight steps up to the fullest bin; what is in a bin is seen, however little it is.
        count == 0 ? " " : blocks[max(0, Int((Double(count) / Double(most) * 8).rounded()) - 1)]
      })
  }

  private var range: String {
    guard let low = image.summary.values.minimum, let high = image.summary.values.maximum else {
      return "no value is a finite number"
    }
    return "\(low.text()) to \(high.text())"
  }

  private var zeros: String {
    let values = image.summary.values
    guard values.zeros > 0 else { return "none" }
    let share = (Double(values.zeros) / Double(values.count) * 100).text(digits: 3)
    return "\(share) % (\(values.zeros) of \(values.count))"
  }

  private var voxelSize: String? {
    let sizes = image.summary.voxelSize
    guard !sizes.isEmpty else { return nil }
    let units = image.summary.units.map { " \($0)" } ?? ", of a unit that the file does not tell"
    return sizes.map { $0.text() }.joined(separator: " × ") + units
  }

  private static func shape(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: " × ") }

  private static func arrays(_ arrays: [DataArraySummary]) -> String {
    let shown = arrays.prefix(4).map { "\($0.intent) \(shape($0.shape))" }
    let rest = arrays.count - shown.count
    return "\(arrays.count): \(shown.joined(separator: ", "))\(rest > 0 ? ", and \(rest) more" : "")"
  }
}
