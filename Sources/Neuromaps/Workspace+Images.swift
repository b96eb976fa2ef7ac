package import Dataset
internal import Diagnostics
package import Effects
internal import Images
internal import Project
internal import Store
internal import Sync
internal import SystemPackage

/// Looking into images, of the project or not.
extension Workspace {
  /// Whether a word that a person has typed means a file: it ends as images do, or there is such a file.
  ///
  /// - Parameters:
  ///   - text: the word.
  ///   - world: where the file may be.
  package static func meansFile(_ text: String, in world: World) -> Bool {
    if isNamedAsImage(text) { return true }
    guard let place = world.environment.absolute(text) else { return false }
    do throws(FileError) {
      return try world.files.status(place)?.kind == .file
    } catch {
      // What cannot be looked at is no file to anybody here.
      return false
    }
  }

  /// What is in some files, in their order.
  ///
  /// - Parameters:
  ///   - paths: as a person wrote them.
  ///   - bins: how many bins their histograms have; nil for none.
  package func looks(into paths: [String], bins: Int? = nil) async throws(NeuromapsFailure) -> [ImageLook] {
    var places: [FilePath] = []
    for path in paths { places.append(try Self.place(path, world.environment)) }
    return try await looks(into: places, bins: bins)
  }

  /// What is in the files of some maps that the project has locked and in place; nothing without project, lock or file.
  ///
  /// What cannot be read is only a warning.
  ///
  /// - Parameters:
  ///   - maps: the maps.
  ///   - bins: how many bins the histograms have; nil for none.
  package func looksIntoLocked(
    _ maps: [AnnotationID], bins: Int? = nil
  ) async throws(NeuromapsFailure) -> [AnnotationID: [ImageLook]] {
    let wanted = Set(maps.map(DatasetItem.map))
    let found = lockedFilesInPlace { wanted.contains($0) }
    let looks = try await looks(into: found.map(\.place), bins: bins)
    var all: [AnnotationID: [ImageLook]] = [:]
    for (file, look) in zip(found, looks) {
      guard case .map(let map) = file.item else { continue }
      switch look {
      case .image: all[map, default: []].append(look)
      case .problem(var problem):
        problem.severity = .warning
        all[map, default: []].append(.problem(problem))
      }
    }
    return all
  }

  // MARK: One by one

  private func looks(into places: [FilePath], bins: Int?) async throws(NeuromapsFailure) -> [ImageLook] {
    do {
      return try await boundedMap(places, limit: settings.jobs) { await look(into: $0, bins: bins) }
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func look(into place: FilePath, bins: Int?) async -> ImageLook {
    let name = shown(place)
    do throws(FileError) {
      guard let status = try world.files.status(place) else { return .problem(noFile(place)) }
      guard status.kind == .file else { throw FileError(.read, place, .invalidArgument) }
      let file = ImageFile(place, world.files)
      let summary: ImageSummary
      switch try await file.summary() {
      case .success(let image): summary = image
      case .failure(let failure): return .problem(failure.diagnostic(name))
      }
      var histogram: Histogram?
      if let bins, case .success(let made) = try await file.histogram(bins: bins, of: summary) { histogram = made }
      let entities = place.lastComponent.flatMap { FileEntities(fileName: $0.string) }
      let findings = entities.map { ImageCheck.findings(summary, of: $0) } ?? []
      return .image(
        ImageFacts(
          path: name, summary: summary, histogram: histogram,
          findings: findings.map { ($0.diagnostic(name), $0.known) }))
    } catch {
      return .problem(error.diagnostic)
    }
  }

  private func noFile(_ place: FilePath) -> Diagnostic {
    let name = place.lastComponent?.string ?? ""
    let near = Suggestion.nearest(to: name, among: imageNames(in: place.removingLastComponent()))
    let map = FileEntities(fileName: name)?.map
    let hints = [
      near.map { "did you mean `\(shown(place.removingLastComponent().appending($0)))`?" },
      map.map { "`neuromaps info \($0)` tells of that map, `neuromaps path \($0)` where the project has it" }
        ?? "a map is written source/desc/space/den-or-res, as in abagen/genepc1/fsaverage/10k",
    ]
    return Diagnostic(.fileFailed, "there is no file `\(shown(place))`", hints: hints.compactMap { $0 })
  }

  private func imageNames(in folder: FilePath) -> [String] {
    do throws(FileError) {
      return try world.files.names(in: folder).filter(isNamedAsImage).sorted()
    } catch {
      // There is nothing to suggest.
      return []
    }
  }

  /// A lock that cannot be read counts as none: the next command that needs it tells what is wrong.
  private func lockedFilesInPlace(_ isWanted: (DatasetItem) -> Bool) -> [(item: DatasetItem, place: FilePath)] {
    guard project != nil else { return [] }
    do {
      guard let lock = try lock() else { return [] }
      let folder = try dataPath(try manifest(for: .frozen))
      return try lock.files.filter { isWanted($0.item) }
        .map { ($0.item, folder.pushing(FilePath($0.path.text))) }
        .filter { try world.files.status($0.1)?.kind == .file }
    } catch {
      return []
    }
  }
}

extension ImageFailure {
  fileprivate func diagnostic(_ name: String) -> Diagnostic {
    ImageFinding(.unreadable(self)).diagnostic(name)
  }
}

extension ImageSummary {
  /// `10242 vertices, float32`, `91 × 109 × 91 voxels, uint8`.
  var words: String {
    let sizes = shape.map(String.init).joined(separator: " × ")
    return "\(sizes) \(format == .gifti ? "vertices" : "voxels"), \(dataType.rawValue)"
  }
}
