internal import Catalog
internal import Diagnostics

/// What one set of a manifest wants, main or group, with the place of each item.
struct ManifestSet {
  /// An item where it is written.
  struct Entry {
    let item: ManifestItem
    let span: SourceSpan
  }

  private let annotations: [Entry]
  private let atlases: [Entry]

  /// A set of a manifest; nil if there is no such group.
  init?(_ manifest: Manifest, group: String?) {
    guard let name = group else {
      self.init(manifest.entries, manifest.atlases)
      return
    }
    guard let group = manifest.groups.first(where: { $0.name == name }) else { return nil }
    self.init(group.entries, group.atlases)
  }

  private init(_ entries: [ManifestEntry], _ atlases: [ManifestValue]) {
    annotations = entries.map { Entry(item: ManifestItem($0), span: $0.span) }
    self.atlases = atlases.map { Entry(item: .atlas($0.glob), span: $0.span) }
  }

  /// The items of a list, in order.
  subscript(list: ManifestList) -> [Entry] {
    switch list {
    case .annotations: annotations
    case .atlases: atlases
    }
  }

  /// The items of a list in normal form, in order.
  func normalForms(_ list: ManifestList) -> [String] { self[list].map(\.item.normalForm) }

  /// The first entry that wants just the same.
  func entry(for item: ManifestItem) -> Entry? { self[item.list].first { $0.item.normalForm == item.normalForm } }

  /// The first entry that matches an item that is written out.
  func pattern(for item: ManifestItem) -> Entry? { self[item.list].first { $0.item.covers(item) } }

  /// Which of a list go with an item: those that want just the same, else what it matches of what is written out.
  func indices(of item: ManifestItem) -> [Int] {
    let entries = self[item.list]
    let same = entries.indices.filter { entries[$0].item.normalForm == item.normalForm }
    return same.isEmpty ? entries.indices.filter { item.covers(entries[$0].item) } : same
  }
}
