public import Diagnostics

/// A named set of a manifest that is brought only when it is asked for.
public struct ManifestGroup: Sendable {
  /// Letters, digits, hyphens and underscores.
  public let name: String
  /// What is wanted, in order.
  public let entries: [ManifestEntry]
  /// Atlases that are wanted, in order.
  public let atlases: [ManifestValue]
  /// Where its name stands.
  public let span: SourceSpan

  /// The most characters of a name.
  package static let nameLimit = 64

  /// Whether a text can be the name of a group.
  package static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, bytes.count <= nameLimit, isAlphanumeric(first) else { return false }
    return bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
