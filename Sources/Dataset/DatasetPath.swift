/// A path below a data directory that cannot leave it.
///
/// Relative, `/`-separated, without empty, `.` or `..` parts, without control characters or
/// backslashes, and never into `.neuromaps`, which is the tool's own.
public struct DatasetPath: Hashable, Sendable {
  /// The path as written: `annotations/abagen/…`.
  public let text: String

  /// Nil for a path that is absolute, could leave the folder, or names what belongs to the tool.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    guard !text.isEmpty, text.utf8.count <= 1024 else { return nil }
    guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else { return nil }
    // By bytes: to Swift a slash with a combining mark behind it is no slash, to the kernel it is one.
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard
      parts.allSatisfy({
        !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) && $0.count <= 255
      })
    else { return nil }
    // Case does not count on a Mac.
    guard let first = parts.first, String(Substring(first)).lowercased() != ".neuromaps" else { return nil }
    self.text = text
  }

  /// Where a file of a map belongs: the Python toolbox's own tree.
  ///
  /// `annotations/<source>/<desc>/<space>/source-…_desc-…_space-…_(den|res)-…[_hemi-…]_feature.<ext>`
  public init(_ map: AnnotationID, hemi: Hemisphere?) {
    let entities = FileEntities(map: map, hemi: hemi)
    text = "annotations/\(map.source)/\(map.desc)/\(map.space)/\(entities.fileName)"
  }

  /// Where a file belongs that describes others.
  init(metadata text: String) {
    self.text = text
  }

  /// Where a file of an atlas belongs: `atlases/<atlas>/<file>`; nil unless the name is one part of a path.
  public init?(_ atlas: AtlasID, member: String) {
    guard !member.utf8.contains(UInt8(ascii: "/")) else { return nil }
    self.init("atlases/\(atlas.name)/\(member)")
  }

  /// Whether it lies in the data directory itself, and in no folder of it.
  package var isTopLevel: Bool { !text.utf8.contains(UInt8(ascii: "/")) }

  /// The last part.
  public var fileName: String {
    text.split(separator: "/").last.map(String.init) ?? text
  }
}

extension DatasetPath: CustomStringConvertible {
  /// The path as written.
  public var description: String { text }
}

extension DatasetPath: Comparable {
  /// Order of the UTF-8 bytes.
  public static func < (a: DatasetPath, b: DatasetPath) -> Bool { precedes(a.text, b.text) }
}
