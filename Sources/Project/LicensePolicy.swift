internal import Catalog
public import Diagnostics

/// Which licenses a project allows its maps to have.
public struct LicensePolicy: Sendable {
  /// What becomes of maps whose license nobody stated.
  public enum Unknown: String, CaseIterable, Hashable, Sendable {
    /// They are locked like any other.
    case allow
    /// They are locked, and told of.
    case warn
    /// They are not locked.
    case deny
  }

  /// Names of licenses, or patterns of them, that no map may have.
  public let denied: [ManifestValue]
  /// What becomes of maps whose license nobody stated.
  public let unknown: Unknown
  /// Where the manifest says `unknown`; nil where it does not.
  public let unknownSpan: SourceSpan?

  /// What a manifest without `licenses` says.
  package static let none = LicensePolicy(denied: [], unknown: .allow, unknownSpan: nil)

  /// The rule that a license breaks; nil for one that is allowed.
  package func rule(against license: String) -> ManifestValue? { denied.first { $0.glob.matches(license) } }

  /// One line a rule that may refuse a map, as a lock has them.
  var declarations: [String] {
    denied.map { "license deny \(NormalForm.word($0.glob.text))" }
      + (unknown == .allow ? [] : ["license unknown \(unknown.rawValue)"])
  }
}
