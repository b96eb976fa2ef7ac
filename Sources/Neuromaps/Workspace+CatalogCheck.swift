internal import Catalog
internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store
package import Sync
internal import SystemPackage

extension Workspace {
  /// The catalogs at hand: those that the project uses, or the built-in one without a project.
  package func surveys() async throws(NeuromapsFailure) -> [CatalogSurvey] {
    let manifest = try optionalManifest()
    let loaded = try await catalogs(manifest)
    let named = (manifest?.catalogs ?? []).map { source -> String? in
      switch source.place {
      case .path(let path): project.map { shown($0.pushing(FilePath(path)).lexicallyNormalized()) }
      case .url(let url, _): url
      }
    }
    let builtin: [String?] = manifest?.usesBuiltin ?? true ? [nil] : []
    return zip(loaded, builtin + named).map { CatalogSurvey(loaded: $0, place: $1) }
  }

  /// The catalog at hand of that name, or that of a file.
  ///
  /// - Parameter name: a name, or a path; what is no name of a catalog at hand is taken for a path.
  package func survey(_ name: String) async throws(NeuromapsFailure) -> CatalogSurvey {
    let place = try Self.place(name, world.environment)
    guard CatalogReader.isName(name), try !isFile(place) else { return try survey(ofFileAt: name) }
    let all = try await surveys()
    if let found = all.first(where: { $0.catalog.name == name }) { return found }
    let near = Suggestion.nearest(to: name, among: all.map(\.catalog.name))
    throw NeuromapsFailure(
      .couldNot,
      [
        Diagnostic(
          .noSuchCatalog, "no catalog here is called `\(name)`, and no file either",
          hints: [near.map { "did you mean `\($0)`?" } ?? "`neuromaps catalog show` lists the catalogs"])
      ])
  }

  /// The catalogs of some files; without any those that the project names, and if it names none, all at hand.
  ///
  /// - Throws: everything that is wrong with any of them.
  package func surveys(ofFilesAt paths: [String]) async throws(NeuromapsFailure) -> [CatalogSurvey] {
    guard !paths.isEmpty else {
      let all = try await surveys()
      let own = all.filter { $0.place != nil }
      return own.isEmpty ? all : own
    }
    var found: [CatalogSurvey] = []
    var problems: [Diagnostic] = []
    var reason = NeuromapsFailure.Reason.wrongInput
    for path in paths {
      do throws(NeuromapsFailure) {
        found.append(try survey(ofFileAt: path))
      } catch {
        problems += error.diagnostics
        if error.reason != .wrongInput { reason = error.reason }
      }
    }
    guard problems.isEmpty else { throw NeuromapsFailure(reason, problems) }
    return found
  }

  /// The catalog of a file, which no project need name.
  func survey(ofFileAt path: String) throws(NeuromapsFailure) -> CatalogSurvey {
    let place = try Self.place(path, world.environment)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try world.files.read(place, limit: 512 << 20)
    } catch {
      throw NeuromapsFailure(error)
    }
    let catalog = try read(bytes, name: shown(place))
    return CatalogSurvey(
      loaded: LoadedCatalog(catalog, folder: place.removingLastComponent().string), place: shown(place))
  }

  private func isFile(_ path: FilePath) throws(NeuromapsFailure) -> Bool {
    do throws(FileError) {
      return try world.files.status(path)?.kind == .file
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  // MARK: Origins

  /// What the origins of a catalog say of its files and archives, in its order.
  ///
  /// - Parameters:
  ///   - survey: the catalog.
  ///   - observer: told what is asked.
  package func askOrigins(
    of survey: CatalogSurvey, observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> [OriginFinding] {
    let wanted = survey.files(in: survey.loaded.folder)
    do {
      let check = OriginCheck(world, store: try store(), origins: try origins(nil))
      let answers = try await check.answers(to: wanted.map(\.question), jobs: settings.jobs, observer: observer)
      return zip(wanted, answers).map { file, answer in
        OriginFinding(
          item: file.item, name: file.name, origin: file.origin, isRestricted: file.isRestricted, answer: answer)
      }
    } catch {
      throw NeuromapsFailure(error)
    }
  }
}

/// A file that an origin is asked for.
private struct AskedFile {
  let item: DatasetItem
  let name: String
  let origin: Origin
  let isRestricted: Bool
  let question: OriginCheck.Question
}

extension CatalogSurvey {
  /// The files of maps, and the archives of atlases.
  fileprivate func files(in folder: String) -> [AskedFile] {
    func question(_ origin: Origin, _ checksums: Checksums) -> OriginCheck.Question {
      OriginCheck.Question(origin.moved(into: folder), wanted: checksums)
    }
    let maps = catalog.maps.flatMap { map in
      map.files.map { file in
        AskedFile(
          item: .map(map.id), name: DatasetPath(map.id, hemi: file.hemi).fileName, origin: file.origin,
          isRestricted: map.isRestricted, question: question(file.origin, file.checksums))
      }
    }
    let atlases = catalog.atlases.map { atlas in
      AskedFile(
        item: .atlas(atlas.id), name: atlas.archive, origin: atlas.origin, isRestricted: false,
        question: question(atlas.origin, atlas.checksums))
    }
    return maps + atlases
  }
}
