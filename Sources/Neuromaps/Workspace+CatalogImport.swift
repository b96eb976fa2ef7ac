internal import Catalog
internal import CatalogMaking
internal import Dataset
internal import Diagnostics
internal import Effects
internal import Project
internal import Store
package import Sync
internal import SystemPackage

extension Workspace {
  /// Makes a catalog, and writes it if a file is named.
  ///
  /// - Parameters:
  ///   - order: from what, and where to.
  ///   - looksIntoImages: whether the images of a folder are read, compared with their names, and described in
  ///     comments.
  ///   - observer: told how far it is.
  package func importCatalog(
    _ order: CatalogImport, looksIntoImages: Bool = false,
    observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> ImportedCatalog {
    let output = try order.output.map { text throws(NeuromapsFailure) in
      let path = try Self.place(text, world.environment)
      return try self.output(
        path, overwriting: order.replaces,
        hint: "`--facts \(shown(path))` beside `--force` keeps titles, licenses and the like")
    }
    var warnings: [Diagnostic] = []
    let known = try order.facts.map { path throws(NeuromapsFailure) in try survey(ofFileAt: path).catalog }
    let bytes: [UInt8]
    switch order.source {
    case .folder(let folder):
      bytes = try await folderCatalog(folder, order, output?.path, known, looksIntoImages, &warnings, observer)
    case .toolbox(let osf, let meta):
      bytes = try toolboxCatalog(osf, meta, order, known ?? LoadedCatalog.builtin.catalog, &warnings)
    }
    let name = output.map { shown($0.path) }
    let catalog = try read(bytes, name: name ?? "the new catalog")
    if let output { _ = try write(bytes, to: output) }
    return ImportedCatalog(bytes: bytes, catalog: catalog, place: name, warnings: warnings)
  }

  // MARK: A folder

  private func folderCatalog(
    _ name: String, _ order: CatalogImport, _ output: FilePath?, _ known: MapCatalog?,
    _ looksIntoImages: Bool, _ warnings: inout [Diagnostic],
    _ observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(NeuromapsFailure) -> [UInt8] {
    let folder = try Self.place(name, world.environment)
    let listing = FolderListing(try entries(below: folder, besides: output), in: shown(folder))
    guard listing.problems.isEmpty else { throw NeuromapsFailure(.wrongInput, listing.warnings + listing.problems) }
    warnings += listing.warnings
    let start = output?.removingLastComponent() ?? world.environment.currentFolder
    let base = order.baseURL.map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    let files = try await hashed(listing.choices, below: folder, observer) { path in
      let place = folder.pushing(FilePath(path))
      return Origin(
        url: base.map { "\($0)/\(Origin.escaped(path))" } ?? Origin.escaped(Self.path(to: place, from: start)))
    }
    let draft = CatalogDraft(
      name: order.name, revision: order.revision, files: files, folder: folder.lastComponent?.string ?? "lab",
      known: known)
    var comments = CatalogComments()
    comments.asksForFacts = true
    comments.heading = [
      "Made by `neuromaps catalog import` from the files below \(folder.lastComponent?.string ?? "/").",
      "Fill in what comments ask for, and see what `neuromaps catalog check` has to say.",
    ]
    if looksIntoImages {
      let images = zip(listing.choices, files).map { choice, file in
        LookedInto(
          choice.entities, file.checksums, at: folder.pushing(FilePath(choice.path)),
          name: shown(folder.pushing(FilePath(choice.path))))
      }
      let looks = try await read(images) { observer($0) }
      for look in looks { comments.remarks[look.path] = look.summary?.words }
      let result = DeepResult(looks)
      warnings += (result.errors + result.surprises + result.obstacles).map { finding in
        var warning = finding
        warning.severity = .warning
        if finding.code == .imageUnreadable { warning.hints = ["mend it or take it out before somebody locks it"] }
        return warning
      }
    }
    return CatalogWriter.bytes(draft, comments: comments)
  }

  /// What is below a folder, at most so deep and so many; what begins with a dot is nobody's map.
  private func entries(
    below folder: FilePath, besides output: FilePath?
  ) throws(NeuromapsFailure) -> [FolderListing.Entry] {
    let (mostEntries, mostLevels) = (100_000, 32)
    var found: [FolderListing.Entry] = []
    var open: [(path: String, level: Int)] = [("", 0)]
    do {
      guard try world.files.status(folder)?.kind == .folder else {
        throw FileError(.read, folder, try world.files.status(folder) == nil ? .noSuchFileOrDirectory : .notDirectory)
      }
      while let (next, level) = open.popLast() {
        guard level < mostLevels, let entries = try world.files.readableEntries(in: folder.pushing(FilePath(next)))
        else {
          found.append(FolderListing.Entry(next, .closedFolder))
          continue
        }
        for entry in entries where !entry.name.hasPrefix(".") {
          let path = next.isEmpty ? entry.name : "\(next)/\(entry.name)"
          let place = folder.pushing(FilePath(path))
          guard !entry.isFolder else {
            open.append((path, level + 1))
            continue
          }
          if place != output { found.append(FolderListing.Entry(path, try kind(of: place))) }
        }
        guard found.count + open.count <= mostEntries else {
          throw NeuromapsFailure(
            .wrongInput,
            [Diagnostic(.cannotImport, "more than \(mostEntries) files are below `\(shown(folder))`")])
        }
      }
    } catch {
      throw NeuromapsFailure(error)
    }
    return found
  }

  private func kind(of path: FilePath) throws(FileError) -> FolderListing.Entry.Kind {
    if try world.files.isLink(path) { return .link }
    return try world.files.status(path)?.kind == .file ? .file : .other
  }

  private func hashed(
    _ choices: [FolderListing.Choice], below folder: FilePath,
    _ observer: @escaping @Sendable (TransferEvent) -> Void, origin: (String) -> Origin?
  ) async throws(NeuromapsFailure) -> [CatalogDraft.File] {
    var origins: [Origin] = []
    for choice in choices {
      guard let origin = origin(choice.path) else {
        throw NeuromapsFailure(
          .wrongInput,
          [Diagnostic(.cannotImport, "`\(choice.path)` cannot be written as an address: its path is too long")])
      }
      origins.append(origin)
    }
    let (files, count) = (world.files, LookUpCount(choices.count))
    do {
      let sums = try await boundedMap(choices, limit: settings.jobs) { choice in
        let place = folder.pushing(FilePath(choice.path))
        let result = await BlockingWork.run { () -> Result<Checksums, FileError> in
          var hasher = ContentHasher(md5: true)
          do throws(FileError) {
            _ = try files.scan(place) { hasher.update($0) }
          } catch {
            return .failure(error)
          }
          return .success(hasher.finish())
        }
        observer(count.next())
        return try result.get()
      }
      return zip(zip(choices, origins), sums).map { pair, sums in
        CatalogDraft.File(pair.0.entities, origin: pair.1, checksums: sums)
      }
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// The way from a folder to a path, both absolute and without `..`.
  private static func path(to place: FilePath, from folder: FilePath) -> String {
    let (there, here) = (place.components.map(\.string), folder.components.map(\.string))
    let common = zip(there, here).prefix { $0 == $1 }.count
    return (here.dropFirst(common).map { _ in ".." } + there.dropFirst(common)).joined(separator: "/")
  }

  // MARK: The toolbox

  private func toolboxCatalog(
    _ osf: String, _ meta: String, _ order: CatalogImport, _ known: MapCatalog, _ warnings: inout [Diagnostic]
  ) throws(NeuromapsFailure) -> [UInt8] {
    let (osf, meta) = (try toolboxFile(osf), try toolboxFile(meta))
    do throws(Findings) {
      let toolbox = try ToolboxReader.read(osf: osf, meta: meta)
      warnings += toolbox.warnings
      // Changes whenever the files do, as a revision must.
      let digest = ContentHasher.sha256(
        Array("\(ContentHasher.sha256(osf.bytes))\(ContentHasher.sha256(meta.bytes))".utf8))
      let draft = CatalogDraft(
        name: order.name ?? known.name, revision: order.revision ?? "toolbox-\(digest.hex.prefix(12))", toolbox,
        known: known, &warnings)
      var comments = CatalogComments()
      comments.heading = [
        "Made by `neuromaps catalog import --toolbox` from osf.json and meta.json of the Python toolbox neuromaps.",
        "What they do not tell is from the catalog \(known.name), revision \(known.revision).",
      ]
      return CatalogWriter.bytes(draft, comments: comments)
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private func toolboxFile(_ path: String) throws(NeuromapsFailure) -> SourceText {
    let place = try Self.place(path, world.environment)
    do throws(FileError) {
      return SourceText(name: shown(place), bytes: try world.files.read(place, limit: ToolboxReader.byteLimit))
    } catch {
      throw NeuromapsFailure(error)
    }
  }
}
