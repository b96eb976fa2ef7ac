internal import Catalog
internal import Dataset
public import Diagnostics

/// What a project wants: the contents of its neuromaps.yaml.
public struct Manifest: Sendable {
  /// Where the files go, relative to the manifest's folder unless absolute; nil when it does not say.
  public let dataDir: String?
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
  /// Of a map that an entry matches in several spaces, the first listed here is kept.
  public let preferredSpaces: [ManifestValue]
  /// The file, for diagnostics about its entries.
  public let source: SourceText

  /// The entries in normal form, one text each, sorted, without repeats: what a lock answers.
  ///
  /// Comments, layout, the order of keys, values and entries, `data_dir` and `mirrors` leave no
  /// trace in it, as they do not change which files are wanted.
  public var declarations: [String] {
    var lines = Set(entries.map { "annotation \($0.normalForm)" })
    for atlas in atlases { lines.insert("atlas \(NormalForm.word(atlas.glob.text))") }
    for catalog in catalogs { lines.insert("catalog \(catalog.normalForm)") }
    if !usesBuiltin { lines.insert("builtin false") }
    if !preferredSpaces.isEmpty {
      lines.insert("prefer space " + preferredSpaces.map { NormalForm.word($0.glob.text) }.joined(separator: " "))
    }
    return lines.sorted(by: precedes)
  }
}
