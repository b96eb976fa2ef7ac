/// How finely a map is sampled: BIDS `den-` for surfaces, `res-` for volumes.
public enum Sampling: Hashable, Sendable {
  /// Vertices per hemisphere, in thousands: `10k`.
  case density(String)
  /// Edge of a voxel: `2mm`.
  case resolution(String)

  /// Tells the two apart by the unit: a number with `mm` or `um` is a resolution.
  ///
  /// Nil unless the text is a BIDS label.
  public init?(_ text: some StringProtocol) {
    let label = String(text)
    guard isLabel(label) else { return nil }
    let isLength = label.hasSuffix("mm") || label.hasSuffix("um")
    let startsWithDigit = label.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    self = isLength && startsWithDigit == true ? .resolution(label) : .density(label)
  }

  /// The value alone: `10k`, `2mm`.
  public var label: String {
    switch self {
    case .density(let label), .resolution(let label): label
    }
  }

  /// The BIDS entity that carries it: `den` or `res`.
  public var entity: String {
    switch self {
    case .density: "den"
    case .resolution: "res"
    }
  }

  /// What a map sampled so is drawn on.
  public var format: MapFormat {
    switch self {
    case .density: .surface
    case .resolution: .volume
    }
  }
}

extension Sampling: CustomStringConvertible {
  /// The value alone, as in a tuple.
  public var description: String { label }
}
