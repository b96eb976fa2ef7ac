package import Dataset

/// The exact files that answer a manifest: the contents of its neuromaps.lock.
///
/// Self-contained: bringing the files about needs nothing else, neither manifest nor catalog.
public struct Lockfile: Hashable, Sendable {
  /// The version of what is written about the maps from a lock, beside them: the same lock and version give the same
  /// bytes.
  public static let metadataVersion: Int64 = 1

  /// The version of what is to be written about the maps; nil for a lock that knows nothing of them.
  public var metadata: Int64?
  /// The manifest's declarations in normal form, sorted.
  public var declarations: [String]
  /// The catalogs behind the maps and atlases, sorted by name.
  public var catalogs: [LockedCatalog]
  /// The papers that maps and catalogs cite, sorted by catalog and key; none in a lock that knows nothing of its maps.
  public var references: [LockedReference]
  /// Sorted by name.
  public var maps: [LockedMap]
  /// Sorted by name.
  public var atlases: [LockedAtlas]
  /// Sorted by path; no path twice.
  public var files: [LockedFile]

  /// A lock; sorts what it is given.
  ///
  /// - Parameters:
  ///   - declarations: those of the manifest, in normal form.
  ///   - catalogs: those behind maps and atlases.
  ///   - maps: what is locked of maps.
  ///   - atlases: what is locked of atlases.
  ///   - files: those of all maps and atlases.
  ///   - metadata: the version of what is to be written about the maps; nil if nothing is known of them.
  ///   - references: the papers that maps and catalogs cite.
  public init(
    declarations: [String], catalogs: [LockedCatalog], maps: [LockedMap], atlases: [LockedAtlas] = [],
    files: [LockedFile], metadata: Int64? = nil, references: [LockedReference] = []
  ) {
    self.metadata = metadata
    self.references = references.sorted { $0.precedes($1) }
    self.declarations = declarations.sorted(by: precedes)
    self.catalogs = catalogs.sorted { precedes($0.name, $1.name) }
    self.maps = maps.sorted { $0.id < $1.id }
    self.atlases = atlases.sorted { $0.id < $1.id }
    self.files = files.sorted { $0.path < $1.path }
  }

  /// The least revision of the format that can say it.
  var revision: Int64 {
    let usesGroups = maps.contains { !$0.groups.isEmpty } || atlases.contains { !$0.groups.isEmpty }
    let isOfSeveral = maps.contains { $0.revision != nil } || atlases.contains { $0.revision != nil }
    return metadata != nil ? 3 : usesGroups || isOfSeveral ? 2 : 1
  }

  /// Every group that something is locked for.
  package var groups: Set<String> { Set(maps.flatMap(\.groups) + atlases.flatMap(\.groups)) }

  /// Whether it answers these declarations.
  public func answers(_ manifest: Manifest) -> Bool { declarations == manifest.declarations }

  /// The maps and atlases, in order.
  package var items: [DatasetItem] { maps.map { .map($0.id) } + atlases.map { .atlas($0.id) } }

  /// The maps whose origins ask for a token.
  package var restricted: Set<DatasetItem> { Set(maps.filter(\.isRestricted).map { .map($0.id) }) }

  /// The same lock in which files and archives carry what has been learned of their bytes.
  package func completed(
    with learned: [DatasetPath: Checksums], archives: [AtlasID: Checksums] = [:]
  ) -> Lockfile {
    var copy = self
    copy.files = files.map { file in learned[file.path].map { file.completed(by: $0) } ?? file }
    copy.atlases = atlases.map { atlas in archives[atlas.id].map { atlas.completed(by: $0) } ?? atlas }
    return copy
  }

  /// The same lock in which files and archives are pinned to these versions on OSF.
  package func pinned(files versions: [DatasetPath: OSFVersion], atlases: [AtlasID: OSFVersion]) -> Lockfile {
    var copy = self
    copy.files = files.map { file in versions[file.path].map { file.pinned(to: $0) } ?? file }
    copy.atlases = self.atlases.map { atlas in atlases[atlas.id].map { atlas.pinned(to: $0) } ?? atlas }
    return copy
  }
}
