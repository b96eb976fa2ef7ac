internal import Dataset
internal import Effects
internal import Images
internal import Project
internal import Store
package import Sync
internal import SystemPackage

extension Workspace {
  /// Reads the image of every file that is the locked one, and compares it with what its name says.
  ///
  /// Of atlases it is only asked whether their images can be read: their names follow no rule that all keep. Text and
  /// metadata are passed over.
  ///
  /// - Parameters:
  ///   - verified: what hashing came to.
  ///   - observer: told how many have been read.
  package func lookInto(
    _ verified: VerifyResult, observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> DeepResult {
    DeepResult(try await read(verified.files.compactMap { LookedInto($0, below: verified.folder) }, observer))
  }

  /// Reads images; sorted by path.
  func read(
    _ images: [LookedInto], _ observer: @escaping @Sendable (TransferEvent) -> Void = { _ in }
  ) async throws(NeuromapsFailure) -> [LookedInto] {
    let (files, count) = (world.files, LookUpCount(images.count))
    do {
      return try await boundedMap(images.sorted { $0.size > $1.size }, limit: settings.jobs) { image in
        defer { observer(count.next()) }
        return await image.read(files)
      }.sorted { $0.path < $1.path }
    } catch {
      throw NeuromapsFailure(error)
    }
  }
}

/// A file of a map or atlas that holds an image, and what came of reading it.
struct LookedInto: Sendable {
  let path: DatasetPath
  /// As a person knows it.
  let name: String
  private let place: FilePath
  /// What it is part of.
  let item: DatasetItem
  let size: Int64
  let digest: SHA256Digest?
  /// What the image is, or why there is none; nil before it was read.
  var answer: Result<ImageSummary, ImageFailure>?
  var fileError: FileError?

  /// Nil for a file that is not the locked one, or that is no image by its name.
  init?(_ state: FileState, below folder: FilePath) {
    guard case .matches(let entry) = state.observation, !state.file.isMetadata, isNamedAsImage(state.file.path.text)
    else { return nil }
    (path, item, name) = (state.file.path, state.file.item, state.file.path.text)
    place = folder.pushing(FilePath(name))
    (size, digest) = (entry.status.size, entry.checksums.sha256)
  }

  /// A file that is to be a map's.
  init(_ entities: FileEntities, _ checksums: Checksums, at place: FilePath, name: String) {
    (path, item) = (DatasetPath(entities.map, hemi: entities.hemi), .map(entities.map))
    (self.place, self.name) = (place, name)
    (size, digest) = (checksums.size ?? 0, checksums.sha256)
  }

  func read(_ files: any FileSystem) async -> LookedInto {
    var copy = self
    do throws(FileError) {
      copy.answer = try await ImageFile(place, files).summary()
    } catch {
      copy.fileError = error
    }
    return copy
  }

  /// What its name says; nil for a file of an atlas.
  var entities: FileEntities? { if case .map = item { FileEntities(fileName: path.fileName) } else { nil } }

  var summary: ImageSummary? { if case .success(let summary) = answer { summary } else { nil } }

  /// Whether it holds what only atlases have, and nobody here reads.
  var isBeyondReading: Bool {
    if case .atlas = item, case .failure(.unsupported) = answer { true } else { false }
  }

  var findings: [ImageFinding] {
    switch answer {
    case nil: []
    case .failure(let failure): isBeyondReading ? [] : ImageCheck.findings(failure)
    case .success(let summary): entities.map { ImageCheck.findings(summary, of: $0) } ?? []
    }
  }
}

extension DeepResult {
  /// The result of looking into some files, sorted by path.
  init(_ looks: [LookedInto]) {
    let byPath = Dictionary(looks.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var findings: [Finding] = []
    for look in looks {
      findings += look.findings.map { Finding($0, look.path, name: look.name) }
      guard let half = look.entities, half.hemi == .left, let left = look.summary else { continue }
      guard let right = byPath[DatasetPath(half.map, hemi: .right)], let summary = right.summary else { continue }
      let areSame = look.digest != nil && look.digest == right.digest
      findings += ImageCheck.findings(left: left, right: summary, areSameBytes: areSame)
        .map { Finding($0, look.path, name: half.map.description) }
    }
    images = looks.count { $0.answer != nil && !$0.isBeyondReading }
    self.findings = findings
    obstacles = looks.compactMap { $0.fileError?.diagnostic }
  }
}

extension DeepResult.Finding {
  fileprivate init(_ finding: ImageFinding, _ path: DatasetPath, name: String) {
    self.path = path
    diagnostic = finding.diagnostic(name)
    known = finding.known
  }
}
