/// One version of a file on OSF. It never changes: another upload is another version.
public struct OSFVersion: Hashable, Sendable {
  /// From 1.
  public let number: Int
  /// What its bytes are, as OSF says.
  public let checksums: Checksums

  /// Nil for a number that no version has.
  package init?(number: Int, checksums: Checksums) {
    guard number >= 1 else { return nil }
    self.number = number
    self.checksums = checksums
  }
}
