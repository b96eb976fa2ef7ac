internal import Dataset
internal import Diagnostics
internal import Effects
package import Store
internal import Sync
package import SystemPackage

/// What making the store smaller came to.
package struct CacheCleaning: Sendable {
  /// Objects that were, or would be, removed.
  package let objects: [ObjectStore.Item]
  /// Bytes of unfinished downloads that were removed.
  package let partialBytes: Int64

  /// Bytes in all.
  package var bytes: Int64 { objects.reduce(partialBytes) { $0 + $1.size } }
}

/// The store, as a person sees it.
extension Workspace {
  /// The folder of the store.
  package func cachePath() throws(NeuromapsFailure) -> FilePath { try store().folder }

  /// What the store holds.
  package func cacheSize() throws(NeuromapsFailure) -> ObjectStore.Size {
    let store = try store()
    do throws(FileError) { return try store.size() } catch { throw NeuromapsFailure(error) }
  }

  /// Hashes every object; takes out those that are damaged, and gives them with the number of all.
  package func verifyCache() async throws(NeuromapsFailure) -> (damaged: [ObjectStore.Item], count: Int) {
    let store = try store()
    do {
      let items = try store.items()
      let verdicts = try await boundedMap(items, limit: settings.jobs) { try store.isWhole($0) }
      let damaged = zip(items, verdicts).filter { $0.1 == false }.map(\.0)
      for item in damaged { try store.remove(item) }
      return (damaged, items.count)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Removes what no data directory holds that this store knows of.
  package func pruneCache(isDryRun: Bool) throws(NeuromapsFailure) -> CacheCleaning {
    let store = try store()
    do {
      var held: Set<SHA256Digest> = []
      var problems: [Diagnostic] = []
      for root in try store.users() {
        let (digests, unreadable) = DataFolder.held(in: root, world.files)
        held.formUnion(digests)
        problems += unreadable.map { Self.unknown($0, in: root) }
      }
      guard problems.isEmpty else { throw NeuromapsFailure(.couldNot, problems) }
      return try clean(store, isDryRun: isDryRun, all: false) { !held.contains($0.digest) }
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Removes everything that no process is writing.
  package func cleanCache() throws(NeuromapsFailure) -> CacheCleaning {
    let store = try store()
    do throws(FileError) {
      return try clean(store, isDryRun: false, all: true) { _ in true }
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func clean(
    _ store: ObjectStore, isDryRun: Bool, all: Bool, _ goes: (ObjectStore.Item) -> Bool
  ) throws(FileError) -> CacheCleaning {
    let objects = try store.items().filter(goes)
    guard !isDryRun else { return CacheCleaning(objects: objects, partialBytes: 0) }
    for object in objects { try store.remove(object) }
    return CacheCleaning(objects: objects, partialBytes: try store.tidy(all: all))
  }

  private static func unknown(_ file: FilePath, in root: FilePath) -> Diagnostic {
    Diagnostic(
      .fileFailed, "what `\(root)` holds cannot be told", causes: ["`\(file)` is damaged or cannot be read"],
      hints: ["a sync of its project writes it anew; remove it if there is no such project any more"])
  }
}
