internal import Effects
internal import Images
internal import SystemPackage

/// A file that is read as an image, piece by piece, where waiting for the disk keeps nobody.
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
    let (files, path) = (files, path)
    let result = await BlockingWork.run { () -> Result<Result<Value, ImageFailure>, FileError> in
      var fileError: FileError?
      do throws(ImageFailure) {
        let value = try body { offset, buffer in
          do throws(FileError) { return try files.read(path, from: offset, into: buffer) } catch {
            fileError = error
            return nil
          }
        }
        return .success(.success(value))
      } catch {
        return fileError.map(Result.failure) ?? .success(.failure(error))
      }
    }
    return try result.get()
  }
}

/// Whether a path ends as those of images do.
func isNamedAsImage(_ path: String) -> Bool { [".gii", ".nii", ".nii.gz"].contains { path.hasSuffix($0) } }
