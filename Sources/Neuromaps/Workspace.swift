internal import Dataset
internal import Diagnostics
package import Effects
package import Project
package import Store
internal import Sync
package import SystemPackage

/// Where commands work: the project around the current folder, if there is one, the store, the data
/// directory, and the settings that say where these are.
package struct Workspace: Sendable {
  /// Everything outside.
  package let world: World
  /// What the user set.
  package internal(set) var settings: Settings
  /// The folder of neuromaps.yaml or, failing that, neuromaps.lock; nil without a project.
  package let project: FilePath?

  static let manifestName = "neuromaps.yaml"
  static let lockName = "neuromaps.lock"

  /// A workspace in a project that has been found, or in none.
  package init(_ world: World, _ settings: Settings, project: FilePath?) {
    self.world = world
    self.settings = settings
    self.project = project
  }

  /// Finds the project: the folder that the settings name, else the nearest with a manifest or a lock.
  package init(_ world: World, _ settings: Settings) throws(NeuromapsFailure) {
    self.world = world
    self.settings = settings
    let environment = world.environment
    do {
      if let named = settings.project {
        let folder = try Self.place(named, environment)
        guard try Self.isProject(folder, world.files) else {
          throw NeuromapsFailure(
            .wrongInput,
            [
              Diagnostic(
                .noManifest, "there is no `\(Self.manifestName)` in `\(named)`",
                hints: ["`neuromaps init --project \(named)` makes one"])
            ])
        }
        project = folder
        return
      }
      var folder = environment.currentFolder
      while try !Self.isProject(folder, world.files) {
        guard folder.removeLastComponent() else {
          project = nil
          return
        }
      }
      project = folder
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  private static func isProject(_ folder: FilePath, _ files: any FileSystem) throws(FileError) -> Bool {
    for name in [manifestName, lockName] where try files.status(folder.appending(name))?.kind == .file { return true }
    return false
  }

  // MARK: Places

  /// The project's folder, or a failure that says how to make one.
  package func requiredProject() throws(NeuromapsFailure) -> FilePath {
    if let project { return project }
    throw NeuromapsFailure(
      .wrongInput,
      [
        Diagnostic(
          .noManifest, "there is no `\(Self.manifestName)` here or in a folder above",
          hints: ["`neuromaps init` makes one", "`--project DIR` names the folder that has one"])
      ])
  }

  /// Where the files go: setting, environment, manifest, `~/neuromaps-data`.
  package func dataPath(_ manifest: Manifest?) throws(NeuromapsFailure) -> FilePath {
    let environment = world.environment
    if let named = settings.dataDir ?? environment["NEUROMAPS_DATA"] { return try Self.place(named, environment) }
    if let named = manifest?.dataDir, let project, !named.hasPrefix("~") {
      return project.pushing(FilePath(named)).lexicallyNormalized()
    }
    return try Self.place(manifest?.dataDir ?? Self.sharedData, environment)
  }

  /// Where files go if nobody says otherwise.
  static let sharedData = "~/neuromaps-data"

  /// The store: setting, environment, the user's cache folder.
  package func store() throws(NeuromapsFailure) -> ObjectStore {
    let environment = world.environment
    let named = settings.cacheDir ?? environment["NEUROMAPS_CACHE_DIR"]
    let cache = environment["XDG_CACHE_HOME"].map { "\($0)/neuromaps" } ?? "~/.cache/neuromaps"
    return ObjectStore(world.files, at: try Self.place(named ?? cache, environment))
  }

  /// A path as the user wrote it, made absolute.
  static func place(_ path: String, _ environment: Environment) throws(NeuromapsFailure) -> FilePath {
    if let place = environment.absolute(path) { return place }
    throw NeuromapsFailure(
      .couldNot,
      [
        Diagnostic(
          .badAddress, "cannot tell what folder `\(path)` is", notes: ["`~` stands for $HOME, and only at the start"],
          hints: ["set HOME, or name the folders: `--data-dir DIR --cache-dir DIR`"])
      ])
  }

  /// What turns origins into places: the address of OSF, mirrors, the project's folder.
  func origins(_ manifest: Manifest?) throws(NeuromapsFailure) -> OriginMap {
    let environment = world.environment
    let osf = environment["NEUROMAPS_OSF_URL"] ?? OriginMap.osf
    let named = environment["NEUROMAPS_MIRRORS"].map { $0.split { $0 == "," || $0 == " " }.map(String.init) }
    let wrong =
      [("NEUROMAPS_OSF_URL", osf)].filter { WebAddress($0.1) == nil }
      + (named ?? []).filter { Origin.address($0) == nil }.map { ("NEUROMAPS_MIRRORS", $0) }
    guard wrong.isEmpty else {
      throw NeuromapsFailure(
        .wrongInput,
        wrong.map { name, text in
          Diagnostic(.badAddress, "`\(text)` in $\(name) is no address", hints: ["write it with `https://` before it"])
        })
    }
    return OriginMap(
      osfURL: osf, folder: project ?? environment.currentFolder, mirrors: named ?? manifest?.mirrors ?? [],
      isOffline: settings.isOffline)
  }

  func downloader(_ origins: OriginMap) throws(NeuromapsFailure) -> Downloader {
    // As in the environment, an empty value counts as none.
    let token = settings.token.flatMap { $0.isEmpty ? nil : $0 } ?? world.environment["NEUROMAPS_OSF_TOKEN"]
    return Downloader(world, store: try store(), origins: origins, token: token)
  }

  /// A path as the user would write it: relative to the current folder where that is shorter.
  package func shown(_ path: FilePath) -> String {
    var rest = path
    guard rest.removePrefix(world.environment.currentFolder), !rest.isEmpty else { return path.string }
    return rest.string
  }

  // MARK: Files of the project

  /// The manifest, or everything that is wrong with it.
  package func manifest() throws(NeuromapsFailure) -> Manifest {
    try read(requiredManifest())
  }

  /// The project's manifest, if there is a project and it has one.
  package func optionalManifest() throws(NeuromapsFailure) -> Manifest? {
    guard project != nil, let source = try source(.manifest) else { return nil }
    return try read(source)
  }

  /// The manifest's file, or a failure that says how to make one.
  func requiredManifest() throws(NeuromapsFailure) -> SourceText {
    if let source = try source(.manifest) { return source }
    throw NeuromapsFailure(
      .wrongInput,
      [Diagnostic(.noManifest, "there is no `\(Self.manifestName)`", hints: ["`neuromaps init` makes one"])])
  }

  private func read(_ source: SourceText) throws(NeuromapsFailure) -> Manifest {
    do throws(Findings) { return try ManifestReader.read(source) } catch { throw NeuromapsFailure(error) }
  }

  /// The lock; nil when there is none.
  package func lock() throws(NeuromapsFailure) -> Lockfile? {
    guard let source = try source(.lock) else { return nil }
    do throws(Findings) { return try LockReader.read(source) } catch { throw NeuromapsFailure(error) }
  }

  /// The lock, or a failure that says how to make one.
  package func requiredLock() throws(NeuromapsFailure) -> Lockfile {
    _ = try requiredProject()
    if let lock = try lock() { return lock }
    throw NeuromapsFailure(
      .lockStale,
      [Diagnostic(.lockMissing, "there is no `\(Self.lockName)`", hints: ["`neuromaps lock` writes it"])])
  }

  /// A file of the project; nil when it is not there.
  func source(_ file: ProjectFile) throws(NeuromapsFailure) -> SourceText? {
    let path = try requiredProject().appending(file.name)
    do {
      guard let status = try world.files.status(path) else { return nil }
      guard status.kind == .file else { throw FileError(.read, path, .invalidArgument) }
      guard status.size <= Int64(file.byteLimit) else {
        throw NeuromapsFailure(.wrongInput, [file.tooLarge(shown(path), status.size)])
      }
      return SourceText(name: shown(path), bytes: try world.files.read(path, limit: file.byteLimit))
    } catch {
      throw NeuromapsFailure(error)
    }
  }

  /// Writes the lock if its bytes would differ; whether they did.
  func write(_ lock: Lockfile) throws(NeuromapsFailure) -> Bool {
    let path = try requiredProject().appending(Self.lockName)
    let bytes = LockWriter.bytes(lock)
    do throws(FileError) {
      if try world.files.status(path)?.size == Int64(bytes.count),
        try world.files.read(path, limit: bytes.count) == bytes
      {
        return false
      }
      try world.files.write(bytes, to: path)
      try world.files.sweepDrafts(in: path.removingLastComponent())
      return true
    } catch {
      throw NeuromapsFailure(error)
    }
  }
}
