internal import Effects
internal import Images
internal import SystemPackage

/// A file that is read as an image, piece by piece.
struct ImageFile: Sendable {
  private let files: any FileSystem
  private let path: FilePath

  /// A file that need not be there.
  init(_ path: FilePath, _ files: any FileSystem) {
    self.files = files
    self.path = path
  }

  /// What the image is, or why there is none.
  func summary() async throws(FileError) -> Result<ImageSummary, ImageFailure> {
    try await read { supply throws(ImageFailure) in try ImageReader.summary(supply: supply) }
  }

  /// How the values of the image are spread that are not zero.
  func histogram(bins: Int, of summary: ImageSummary) async throws(FileError) -> Result<Histogram, ImageFailure> {
    try await read { supply throws(ImageFailure) in
      try ImageReader.histogram(bins: bins, of: summary, supply: supply).withoutZeros(of: summary.values)
    }
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (@escaping ImageSupply) throws(ImageFailure) -> Value
  ) async throws(FileError) -> Result<Value, ImageFailure> {
    let file = self
    return try await BlockingWork.run {
      Result { () throws(FileError) in try file.contents(body) }
    }.get()
  }

  /// What a reader makes of the bytes, or why it makes nothing of them; for who may wait for the disk.
  func contents<Value>(
    _ body: (@escaping ImageSupply) throws(ImageFailure) -> Value
  ) throws(FileError) -> Result<Value, ImageFailure> {
    var refusal: FileError?
    do throws(ImageFailure) {
      let value = try body { offset, buffer in
        do throws(FileError) {
          return try files.read(path, from: offset, into: buffer)
        } catch {
          refusal = error
          return nil
        }
      }
      return .success(value)
    } catch {
      if let refusal { throw refusal }
      return .failure(error)
    }
  }
}

/// Whether a path ends as those of images do.
func isNamedAsImage(_ path: String) -> Bool { [".gii", ".nii", ".nii.gz"].contains { path.hasSuffix($0) } }
