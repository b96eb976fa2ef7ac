internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Effects
package import Project
internal import Store
internal import Sync
internal import SystemPackage

extension Workspace {
  /// The catalogs that a manifest names, or the built-in one alone without a project.
  package func catalogs(_ manifest: Manifest?) async throws(NeuromapsFailure) -> [LoadedCatalog] {
    var loaded: [LoadedCatalog] = []
    if manifest?.usesBuiltin ?? true { loaded.append(.builtin) }
    guard let manifest else { return loaded }
    var findings: [Diagnostic] = []
    var reason = NeuromapsFailure.Reason.wrongInput
    for source in manifest.catalogs {
      do {
        let catalog = try await load(source, of: manifest)
        if loaded.contains(where: { $0.catalog.name == catalog.catalog.name }) {
          findings.append(
            unavailable(source, of: manifest, "two catalogs are called `\(catalog.catalog.name)`", cause: nil))
        }
        loaded.append(catalog)
      } catch {
        findings += error.diagnostics
        if error.reason != .wrongInput { reason = error.reason }
      }
    }
    guard findings.isEmpty else { throw NeuromapsFailure(reason, findings) }
    return loaded
  }

  /// Those catalogs of a manifest that can be read without a network.
  func catalogsAtHand(_ manifest: Manifest) async -> [LoadedCatalog] {
    var workspace = self
    workspace.settings.isOffline = true
    var loaded: [LoadedCatalog] = manifest.usesBuiltin ? [.builtin] : []
    for source in manifest.catalogs {
      do throws(NeuromapsFailure) {
        loaded.append(try await workspace.load(source, of: manifest))
      } catch {
        // What is not here cannot be compared with; whoever needs it tells of it.
        continue
      }
    }
    return loaded
  }

  /// The catalogs of the project around, if there is one.
  package func catalogs() async throws(NeuromapsFailure) -> [LoadedCatalog] {
    try await catalogs(optionalManifest())
  }

  private func load(_ source: CatalogSource, of manifest: Manifest) async throws(NeuromapsFailure) -> LoadedCatalog {
    switch source.place {
    case .path(let path): try load(path, source, of: manifest)
    case .url(let url, let digest): try await load(url, digest, source, of: manifest)
    }
  }

  private func load(
    _ path: String, _ source: CatalogSource, of manifest: Manifest
  ) throws(NeuromapsFailure) -> LoadedCatalog {
    let place = try requiredProject().pushing(FilePath(path)).lexicallyNormalized()
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try world.files.read(place, limit: 512 << 20)
    } catch {
      throw NeuromapsFailure(
        .wrongInput,
        [unavailable(source, of: manifest, "cannot read the catalog `\(path)`", cause: "\(error.reason)")])
    }
    return LoadedCatalog(try read(bytes, name: shown(place)), folder: FilePath(path).removingLastComponent().string)
  }

  private func load(
    _ url: String, _ digest: SHA256Digest, _ source: CatalogSource, of manifest: Manifest
  ) async throws(NeuromapsFailure) -> LoadedCatalog {
    guard let wanted = Checksums(sha256: digest) else { preconditionFailure("a digest is given") }
    do {
      let store = try store()
      var object = try store.object(wanted)
      if object == nil, settings.isOffline, !url.hasPrefix("file:") {
        throw NeuromapsFailure(
          .couldNot,
          [unavailable(source, of: manifest, "the catalog is not in the store, and downloads are off", cause: nil)])
      }
      if object == nil {
        let origins = try origins(nil)
        object = try await downloader(origins).fetch(wanted, from: origins.place(of: .url(url)).map { [$0] } ?? [])
      }
      guard let object else { preconditionFailure("a download gives an object or throws") }
      let bytes = try world.files.read(object.path, limit: 512 << 20)
      guard ContentHasher.sha256(bytes) == digest else {
        try store.remove(object)
        throw NeuromapsFailure(
          .couldNot,
          [unavailable(source, of: manifest, "the stored copy of the catalog is damaged; run again", cause: nil)])
      }
      return LoadedCatalog(try read(bytes, name: url), folder: Self.folder(of: url))
    } catch let trouble as DownloadTrouble {
      var hint: String?
      if case .wrongBytes = trouble.failure {
        hint = "if it was changed on purpose, `sha256` must be that of the new one"
      }
      throw NeuromapsFailure(
        .couldNot,
        [
          unavailable(
            source, of: manifest, "cannot download the catalog `\(url)`", cause: trouble.failure.summary, hint: hint)
        ])
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Relative origins of a catalog on the web or of a `file:` address start from its own address.
  private static func folder(of url: String) -> String {
    url.prefix { $0 != "?" }.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// The catalog of some bytes, or everything that is wrong with them.
  func read(_ bytes: [UInt8], name: String) throws(NeuromapsFailure) -> MapCatalog {
    do throws(Findings) {
      return try CatalogReader.read(SourceText(name: name, bytes: bytes))
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func unavailable(
    _ source: CatalogSource, of manifest: Manifest, _ message: String, cause: String?, hint: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .catalogUnavailable, message, at: manifest.source.location(source.span), causes: cause.map { [$0] } ?? [],
      hints: cause == nil ? [] : [hint ?? "a `path` starts from the manifest's folder; a `url` must be reachable"])
  }
}
