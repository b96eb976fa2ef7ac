internal import Catalog
internal import Dataset
public import Diagnostics

/// What a project wants: the contents of its neuromaps.yaml.
public struct Manifest: Sendable {
  /// Where the files go, relative to the manifest's folder unless absolute; nil when it does not say.
  public let dataDir: String?
  /// Whether what is known of the maps is locked with them, as the manifest says in words; nil when it does not say.
  public let metadata: Bool?
  /// Whether the built-in catalog is one of the catalogs.
  public let usesBuiltin: Bool
  /// Catalogs of the lab, in order.
  public let catalogs: [CatalogSource]
  /// Where to look before the origin, in order: `https:`, `http:` or `file:` addresses.
  public let mirrors: [String]
  /// What is wanted, in order.
  public let entries: [ManifestEntry]
  /// Atlases that are wanted, in order: `fsLR/32k`, or a pattern of such names.
  public let atlases: [ManifestValue]
  /// Sets that are brought only when they are asked for, in order.
  public let groups: [ManifestGroup]
  /// Which licenses maps may have.
  public let licenses: LicensePolicy
  /// Of a map that an entry matches in several spaces, the first listed here is kept.
  public let preferredSpaces: [ManifestValue]
  /// The file, for diagnostics about its entries.
  public let source: SourceText

  /// The entries in normal form, one text each, sorted, without repeats: what a lock answers.
  ///
  /// Comments, layout, the order of keys, values and entries, `data_dir` and `mirrors` leave no
  /// trace in it, as they do not change which files are wanted. So does `metadata` where the manifest does not say it
  /// in words: an older lock stays one that answers.
  public var declarations: [String] {
    var lines = Set(entries.map { $0.declaration(in: nil) } + atlases.map { $0.atlasDeclaration(in: nil) })
    for group in groups {
      lines.formUnion(group.entries.map { $0.declaration(in: group.name) })
      lines.formUnion(group.atlases.map { $0.atlasDeclaration(in: group.name) })
    }
    lines.formUnion(licenses.declarations)
    for catalog in catalogs { lines.insert("catalog \(catalog.normalForm)") }
    if !usesBuiltin { lines.insert("builtin false") }
    if let metadata { lines.insert("metadata \(metadata)") }
    if !preferredSpaces.isEmpty {
      lines.insert("prefer space " + preferredSpaces.map { NormalForm.word($0.glob.text) }.joined(separator: " "))
    }
    return lines.sorted(by: precedes)
  }
}

extension ManifestEntry {
  /// The entry as a line of a lock; `group` is nil for the main set.
  func declaration(in group: String?) -> String { "\(group.map { "group \($0) " } ?? "")annotation \(normalForm)" }
}

extension ManifestValue {
  /// The name of an atlas as a line of a lock; `group` is nil for the main set.
  func atlasDeclaration(in group: String?) -> String {
    "\(group.map { "group \($0) " } ?? "")atlas \(NormalForm.word(glob.text))"
  }
}

extension Manifest {
  /// Whether what is known of the maps is locked with them: as it says, else in a data directory of its own.
  public var wantsMetadata: Bool { metadata ?? (dataDir != nil) }

  /// Every entry, of maps and of atlases, with its text in normal form; the main set's first.
  package var demands: [(demand: ManifestDemand, text: String)] {
    func all(_ entries: [ManifestEntry], _ atlases: [ManifestValue], _ group: String?) -> [(ManifestDemand, String)] {
      entries.map { (ManifestDemand(group: group, span: $0.span), $0.normalForm) }
        + atlases.map { (ManifestDemand(group: group, span: $0.span), $0.glob.text) }
    }
    return all(entries, atlases, nil) + groups.flatMap { all($0.entries, $0.atlases, $0.name) }
  }
}
