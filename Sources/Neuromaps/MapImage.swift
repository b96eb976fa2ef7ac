internal import Dataset
internal import Effects
internal import Images
internal import SystemPackage

/// An image of a map, as it lies on a disk, and what its name says of it.
struct MapImage: Sendable {
  /// Where it lies.
  let path: FilePath
  /// The map and the half that its name says; nil where the name says nothing.
  let entities: FileEntities?
  /// Of its bytes, where that is known.
  let digest: SHA256Digest?

  /// A file with whatever name.
  init(_ path: FilePath, digest: SHA256Digest? = nil) {
    self.path = path
    entities = path.lastComponent.flatMap { FileEntities(fileName: $0.string) }
    self.digest = digest
  }

  /// What a reader makes of its bytes.
  func read<Value>(
    from files: any FileSystem, _ body: (@escaping ImageSupply) throws(ImageFailure) -> Value
  ) throws(PictureObstacle) -> Value {
    let contents: Result<Value, ImageFailure>
    do throws(FileError) {
      contents = try ImageFile(path, files).contents(body)
    } catch {
      throw .disk(error)
    }
    switch contents {
    case .success(let value): return value
    case .failure(let failure): throw .image(failure, file: path.lastComponent?.string ?? path.string)
    }
  }
}
