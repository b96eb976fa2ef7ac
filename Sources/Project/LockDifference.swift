public import Dataset

/// Which maps and atlases a lock has that another has not, or has otherwise.
public struct LockDifference: Hashable, Sendable {
  /// Only in the newer lock, sorted.
  public let added: [DatasetItem]
  /// Only in the older lock, sorted.
  public let removed: [DatasetItem]
  /// In both, with other bytes, origins or files, sorted. Checksums that were merely learned do not count.
  public let changed: [DatasetItem]

  /// Compares; without an older lock everything is added.
  public init(from older: Lockfile?, to newer: Lockfile) {
    let (before, after) = (Self.pins(older), Self.pins(newer))
    added = after.keys.filter { before[$0] == nil }.sorted()
    removed = before.keys.filter { after[$0] == nil }.sorted()
    changed = after.keys.filter { item in before[item].map { Self.differ($0, after[item] ?? []) } ?? false }.sorted()
  }

  /// Whether the locks hold the same alike.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// What binds bytes: a file with its origin and checksums, or an archive.
  private struct Pin {
    let path: String
    let origin: Origin?
    let checksums: Checksums?
  }

  private static func pins(_ lock: Lockfile?) -> [DatasetItem: [Pin]] {
    guard let lock else { return [:] }
    var pins: [DatasetItem: [Pin]] = [:]
    for atlas in lock.atlases {
      pins[.atlas(atlas.id)] = [Pin(path: atlas.archive, origin: atlas.origin, checksums: atlas.checksums)]
    }
    for file in lock.files {
      pins[file.item, default: []].append(
        Pin(path: file.path.text, origin: file.origin, checksums: file.checksums))
    }
    return pins
  }

  private static func differ(_ a: [Pin], _ b: [Pin]) -> Bool {
    a.count != b.count
      || zip(a, b).contains { a, b in
        guard a.path == b.path, a.origin == b.origin else { return true }
        guard let x = a.checksums, let y = b.checksums else { return false }
        return !x.agrees(with: y)
      }
  }
}
