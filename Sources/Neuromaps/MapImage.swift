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
    var refusal: FileError?
    do throws(ImageFailure) {
      return try body { offset, buffer in
        do throws(FileError) {
          return try files.read(path, from: offset, into: buffer)
        } catch {
          refusal = error
          return nil
        }
      }
    } catch {
      if let refusal { throw .disk(refusal) }
      throw .image(error, file: path.lastComponent?.string ?? path.string)
    }
  }
}
