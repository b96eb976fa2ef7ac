internal import Archives
internal import Dataset
internal import Effects
internal import Project
internal import Store

/// Brings the listed files of an atlas's archive into the store; nothing of an archive ever decides
/// where a file goes.
struct Unpacker: Sendable {
  private let files: any FileSystem
  private let store: ObjectStore
  private let downloader: Downloader

  init(_ files: any FileSystem, store: ObjectStore, downloader: Downloader) {
    self.files = files
    self.store = store
    self.downloader = downloader
  }

  /// What an archive turned out to hold.
  struct Result: Sendable {
    /// The checksums of archive and members.
    let listing: ArchiveListing
    /// Bytes that were downloaded for it.
    let received: Int64
  }

  /// Gets the archive, from the store or by download, and unpacks these of its members.
  func unpack(
    _ atlas: LockedAtlas, _ members: [DatasetPath], observer: @escaping @Sendable (TransferEvent) -> Void
  ) async throws(UnpackFailure) -> Result {
    var object: StoredObject?
    do throws(FileError) { object = try verified(store.object(atlas.checksums), as: atlas.checksums) } catch {
      throw .file(error)
    }
    var received: Int64 = 0
    if object == nil {
      do throws(DownloadTrouble) {
        object = try await downloader.fetch(Download(atlas), observer: observer)
      } catch {
        throw .download(error)
      }
      received = object?.checksums.size ?? 0
    }
    guard let object else { preconditionFailure("a download gives an object or throws") }
    let listing = ArchiveListing(
      archive: object.checksums.completed(by: atlas.checksums), members: try read(object, members))
    do throws(FileError) { try store.record(listing) } catch { throw .file(error) }
    return Result(listing: listing, received: received)
  }

  /// The object if its bytes are what its name says; a damaged one is taken out of the store.
  private func verified(_ object: StoredObject?, as wanted: Checksums) throws(FileError) -> StoredObject? {
    guard let object else { return nil }
    var hasher = ContentHasher(md5: wanted.sha256 == nil)
    _ = try files.scan(object.path) { hasher.update($0) }
    let found = hasher.finish()
    if found.agrees(with: wanted) { return StoredObject(checksums: found, path: object.path) }
    try store.remove(object)
    return nil
  }

  private func read(
    _ archive: StoredObject, _ members: [DatasetPath]
  ) throws(UnpackFailure) -> [DatasetPath: Checksums] {
    var readFailure: FileError?
    var reader = TarGzipReader(packedSize: archive.checksums.size ?? 0) { offset, buffer in
      do throws(FileError) { return try files.read(archive.path, from: offset, into: buffer) } catch {
        readFailure = error
        return nil
      }
    }
    var unpacked: [DatasetPath: Checksums] = [:]
    while true {
      let member: ArchiveMember?
      do throws(ArchiveFailure) { member = try reader.next() } catch {
        throw readFailure.map(UnpackFailure.file) ?? .archive(error)
      }
      guard let member else { break }
      guard let path = Self.place(of: member.name, among: members) else { continue }
      guard member.kind == .file else { throw .notAFile(member.name, member.kind) }
      guard unpacked[path] == nil else { throw .repeated(member.name) }
      do throws(UnpackFailure) { unpacked[path] = try add(&reader) } catch {
        throw readFailure.map(UnpackFailure.file) ?? error
      }
    }
    let lacking = members.filter { unpacked[$0] == nil }
    guard lacking.isEmpty else { throw .lacking(lacking.map(\.fileName)) }
    return unpacked
  }

  /// Takes the member that the reader is at into the store.
  private func add(_ reader: inout TarGzipReader) throws(UnpackFailure) -> Checksums {
    var intake: ObjectIntake
    do throws(FileError) { intake = try store.intake(expecting: nil) } catch { throw .file(error) }
    do throws(UnpackFailure) {
      var writeFailure: FileError?
      do throws(ArchiveFailure) {
        try reader.read { piece in
          do throws(FileError) { try intake.append(piece) } catch { writeFailure = error }
          return writeFailure == nil
        }
      } catch {
        throw writeFailure.map(UnpackFailure.file) ?? .archive(error)
      }
      do throws(FileError) { return try store.add(intake, as: intake.checksums).checksums } catch {
        throw UnpackFailure.file(error)
      }
    } catch {
      intake.discard()
      throw error
    }
  }

  /// The listed file that a member is: OSF's archives hold the tree `atlases/<atlas>/<file>`, and one
  /// made by hand may begin further down. What is not listed is nobody's.
  static func place(of name: String, among members: [DatasetPath]) -> DatasetPath? {
    let name = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
    return members.first { $0.text == name || $0.text == "atlases/\(name)" || $0.fileName == name }
  }
}
