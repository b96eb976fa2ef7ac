package import Dataset
package import Diagnostics
internal import Effects
package import Project
internal import SystemPackage

/// Which line of a manifest brings in what.
package struct ProjectTree: Sendable {
  /// An entry of the manifest with what it brings in.
  package struct Branch: Sendable {
    /// The named set that it is part of; nil for the main one.
    package let group: String?
    /// Where it stands.
    package let location: SourceLocation
    /// The entry in normal form.
    package let text: String
    /// Maps or atlases, sorted.
    package let items: [DatasetItem]
  }

  /// In the order of the manifest.
  package let branches: [Branch]
  /// What the manifest comes to now, with the pins of the lock that still answer.
  package let lock: Lockfile
  /// What the person should know.
  package let warnings: [Diagnostic]

  init(_ manifest: Manifest, _ resolution: Resolution, _ warnings: [Diagnostic]) {
    var items: [ManifestDemand: [DatasetItem]] = [:]
    for (item, demands) in resolution.demands {
      for demand in demands { items[demand, default: []].append(item) }
    }
    branches = manifest.demands.map { demand, text in
      Branch(
        group: demand.group, location: manifest.source.location(demand.span), text: text,
        items: (items[demand] ?? []).sorted())
    }
    lock = resolution.lock
    self.warnings = warnings
  }

  /// The branches that bring in a map or an atlas.
  package func branches(with item: DatasetItem) -> [Branch] { branches.filter { $0.items.contains(item) } }
}

extension Workspace {
  /// Which line of the manifest brings in what; reads catalogs, asks OSF nothing, writes nothing.
  package func tree() async throws(NeuromapsFailure) -> ProjectTree {
    let source = try requiredManifest()
    var options = LockOptions()
    options.asksOrigins = false
    var warnings: [Diagnostic] = []
    let earlier = try lock()
    let resolution = try await resolve(source, previous: earlier, options) { _ in }
    let manifest = try manifest()
    if let earlier, var stale = staleness(of: earlier, manifest) {
      stale.severity = .warning
      warnings.append(stale)
    }
    return ProjectTree(manifest, resolution, warnings + resolution.warnings)
  }

  /// The maps or atlases that a person means: by name, by a pattern of names, or by one of their files, which may be
  /// named below the data directory or as it lies on disk.
  package func items(_ text: String, in tree: ProjectTree) throws(NeuromapsFailure) -> [DatasetItem] {
    let root = try dataPath(try manifest()).string
    let place = try Self.place(text, world.environment).string
    let path = place.hasPrefix("\(root)/") ? String(place.dropFirst(root.utf8.count + 1)) : text
    if let file = tree.lock.files.first(where: { $0.path.text == path || $0.path.fileName == text }) {
      return [file.item]
    }
    let described = tree.lock.maps.map(\.id).first { map in
      let sidecar = DatasetPath(sidecarOf: map)
      return sidecar.text == path || sidecar.fileName == text
    }
    if let described { return [.map(described)] }
    guard !DatasetPath.wholeMetadata.contains(where: { $0.text == path }) else {
      throw broughtByNone(text, "it describes the whole data directory; `metadata` says whether such files are written")
    }
    guard let pattern = ItemPattern(text) else {
      throw broughtByNone(text, "name a map, an atlas, or one of their files; `neuromaps tree` shows them all")
    }
    let items = tree.lock.items.filter { pattern.matches($0) }
    guard !items.isEmpty else { throw NeuromapsFailure(.couldNot, [notLocked(pattern, tree.lock.items)]) }
    return items
  }

  private func broughtByNone(_ text: String, _ hint: String) -> NeuromapsFailure {
    NeuromapsFailure(
      .couldNot, [Diagnostic(.noSuchMap, "no line of the manifest brings in `\(text)`", hints: [hint])])
  }
}
