package import Catalog
package import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import SystemPackage

/// What can be told at once, for who only offers names to choose from: no request, no write, no error, and nothing
/// large is read.
extension Workspace {
  /// The built-in catalog, if the project uses it, and those among the project's files that can be read.
  ///
  /// A manifest that is wrong counts as none.
  package func catalogsAtHand() -> CatalogSet {
    let manifest = manifestAtHand()
    var catalogs: [MapCatalog] = []
    if manifest?.usesBuiltin ?? true { catalogs.append(LoadedCatalog.builtin.catalog) }
    for case .path(let path) in manifest?.catalogs.map(\.place) ?? [] {
      guard let catalog = catalogAtHand(path), !catalogs.contains(where: { $0.name == catalog.name }) else { continue }
      catalogs.append(catalog)
    }
    return CatalogSet(catalogs)
  }

  /// What is locked; nothing without a lock that can be read.
  package func lockedAtHand() -> [DatasetItem] {
    guard let project, isSmallFile(project.appending(Self.lockName)) else { return [] }
    do throws(NeuromapsFailure) {
      return try lock()?.items ?? []
    } catch {
      // The next command tells what is wrong with it.
      return []
    }
  }

  /// The files of what is locked, as a person would write their paths.
  package func lockedFilesAtHand() -> [String] {
    guard let project, isSmallFile(project.appending(Self.lockName)) else { return [] }
    do throws(NeuromapsFailure) {
      let folder = try dataPath(manifestAtHand())
      return try lock()?.files.map { shown(folder.pushing(FilePath($0.path.text))) } ?? []
    } catch {
      return []
    }
  }

  /// The folders beside what is being typed, with a slash behind each, and the images.
  ///
  /// - Parameter word: what is typed of a path.
  package func imagesAtHand(_ word: String) -> [String] {
    let parent = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
    guard let folder = world.environment.absolute(parent.isEmpty ? "." : parent) else { return [] }
    do throws(FileError) {
      return try world.files.entries(in: folder).filter { !$0.name.hasPrefix(".") }
        .filter { $0.isFolder || isNamedAsImage($0.name) }.map { "\(parent)\($0.name)\($0.isFolder ? "/" : "")" }
    } catch {
      // There is nothing to choose from.
      return []
    }
  }

  /// The names of the manifest's groups, in order.
  package func groupsAtHand() -> [String] { manifestAtHand()?.groups.map(\.name) ?? [] }

  private func manifestAtHand() -> Manifest? {
    guard let project, isSmallFile(project.appending(Self.manifestName)) else { return nil }
    do throws(NeuromapsFailure) {
      return try optionalManifest()
    } catch {
      // It may be half written; the next command tells what is wrong with it.
      return nil
    }
  }

  private func catalogAtHand(_ path: String) -> MapCatalog? {
    guard let place = project?.pushing(FilePath(path)).lexicallyNormalized(), isSmallFile(place) else { return nil }
    do {
      return try CatalogReader.read(
        SourceText(name: path, bytes: try world.files.read(place, limit: Self.sizeAtHand)))
    } catch {
      // As with the manifest.
      return nil
    }
  }

  /// Whether it is a file, no pipe say, that is read in no time.
  private func isSmallFile(_ path: FilePath) -> Bool {
    do throws(FileError) {
      guard let status = try world.files.status(path) else { return false }
      return status.kind == .file && status.size <= Int64(Self.sizeAtHand)
    } catch {
      return false
    }
  }

  /// 80 times the built-in catalog.
  private static let sizeAtHand = 8 << 20
}
