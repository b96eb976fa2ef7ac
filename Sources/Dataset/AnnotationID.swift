/// The name of one brain map: source, desc, space, and how it is sampled.
///
/// Written `abagen/genepc1/fsaverage/10k`; this is the tuple
/// `('abagen', 'genepc1', 'fsaverage', '10k')` of the Python toolbox.
public struct AnnotationID: Hashable, Sendable {
  /// Who made it: a publication (`beliveau2017`) or a resource (`abagen`).
  public let source: String
  /// What it shows, in short: `genepc1`, `cimbi36`.
  public let desc: String
  /// The coordinate system: `MNI152`, `fsaverage`, `fsLR`, `civet`.
  public let space: String
  /// Vertices per hemisphere of a surface, or voxel size of a volume.
  public let sampling: Sampling

  /// Nil unless every part is a BIDS label.
  public init?(source: String, desc: String, space: String, sampling: Sampling) {
    guard isLabel(source), isLabel(desc), isLabel(space), Sampling(sampling.label) == sampling else { return nil }
    self.source = source
    self.desc = desc
    self.space = space
    self.sampling = sampling
  }

  /// Reads `source/desc/space/den-or-res`; nil for anything else, patterns included.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 4, let sampling = Sampling(parts[3]) else { return nil }
    self.init(
      source: String(parts[0]), desc: String(parts[1]), space: String(parts[2]), sampling: sampling)
  }

  /// The same map name with another source and desc, as when a catalog renames it.
  package func renamed(source: String, desc: String) -> AnnotationID? {
    AnnotationID(source: source, desc: desc, space: space, sampling: sampling)
  }

  /// The four parts as text, in order.
  public var parts: [String] { [source, desc, space, sampling.label] }
}

extension AnnotationID: CustomStringConvertible {
  /// `source/desc/space/den-or-res`.
  public var description: String { "\(source)/\(desc)/\(space)/\(sampling)" }
}

extension AnnotationID: Comparable {
  /// Order of the UTF-8 bytes, part by part.
  public static func < (a: AnnotationID, b: AnnotationID) -> Bool {
    for (x, y) in zip(a.parts, b.parts) where x != y { return precedes(x, y) }
    return false
  }
}

/// Whether `a` comes before `b` by their UTF-8 bytes: the one order of everything that is written.
public func precedes(_ a: String, _ b: String) -> Bool {
  a.utf8.lexicographicallyPrecedes(b.utf8)
}

/// Whether a text can stand as the value of an entity in a file name: ASCII letters, digits, `.` and `+`.
///
/// BIDS allows letters and digits alone; the toolbox's names stay within that, and a lab's
/// `v1.2` does no harm, as nothing here splits at a dot before the suffix.
package func isLabel(_ text: String) -> Bool {
  guard let first = text.utf8.first, first != UInt8(ascii: "."), text.utf8.count <= 50 else { return false }
  return text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
