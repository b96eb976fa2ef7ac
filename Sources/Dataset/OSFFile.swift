/// A file on OSF: the project it belongs to, its id there, and which version of it.
public struct OSFFile: Hashable, Sendable {
  /// Five letters and digits: `4mw3a`.
  public let project: String
  /// 24 hexadecimal digits: `60c2290118f70b01fca797eb`.
  public let file: String
  /// From 1; nil for whatever is newest.
  public let version: Int?

  /// Nil unless both ids are made of letters and digits, as they become parts of an address.
  public init?(project: String, file: String, version: Int? = nil) {
    guard Self.isID(project), Self.isID(file), version ?? 1 >= 1 else { return nil }
    self.project = project
    self.file = file
    self.version = version
  }

  /// Reads `project/file`.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    self.init(project: String(parts[0]), file: String(parts[1]))
  }

  /// `project/file`.
  public var text: String { "\(project)/\(file)" }

  private static func isID(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: false
        }
      }
  }
}
