internal import Diagnostics
internal import Effects
package import SystemPackage

/// Where a command writes a file, once it is known that nothing of the user's is lost.
package struct OutputFile: Sendable {
  /// Its path.
  package let path: FilePath
  /// Whether a file is there, which gives way.
  let replaces: Bool
}

extension Workspace {
  /// A file to be written: one that is not there, that the program wrote itself, or that may be overwritten.
  ///
  /// - Parameters:
  ///   - path: where.
  ///   - overwriting: whether whatever file is there gives way.
  ///   - limit: how much of a file that is there `isOwn` is shown.
  ///   - isOwn: whether a file that begins so was written by the program.
  ///   - hint: what else may help whose file is there.
  func output(
    _ path: FilePath, overwriting: Bool, limit: Int = 0, isOwn: ([UInt8]) -> Bool = { _ in false },
    hint: String? = nil
  ) throws(NeuromapsFailure) -> OutputFile {
    do throws(FileError) {
      guard let status = try world.files.status(path) else { return OutputFile(path: path, replaces: false) }
      guard status.kind == .file else { throw FileError(.write, path, .fileExists) }
      if overwriting { return OutputFile(path: path, replaces: true) }
      var failure: FileError?
      let beginning = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        do throws(FileError) {
          count = try world.files.read(path, from: 0, into: UnsafeMutableRawBufferPointer(buffer))
        } catch {
          failure = error
        }
      }
      if let failure { throw failure }
      if limit > 0, isOwn(beginning) { return OutputFile(path: path, replaces: true) }
    } catch {
      guard error == FileError(.write, path, .fileExists) else { throw NeuromapsFailure(error) }
      throw NeuromapsFailure(
        .couldNot,
        [
          Diagnostic(
            .notOverwritten, "`\(shown(path))` is not a file", notes: ["it was left as it is"],
            hints: ["`-o` names another"])
        ])
    }
    throw isThere(path, hint)
  }

  private func isThere(_ path: FilePath, _ hint: String? = nil) -> NeuromapsFailure {
    NeuromapsFailure(
      .couldNot,
      [
        Diagnostic(
          .notOverwritten, "`\(shown(path))` is there already", notes: ["it was left as it is"],
          hints: ["`--force` overwrites it; `-o` names another"] + [hint].compactMap(\.self))
      ])
  }

  /// Writes a file whole, and the folders that it needs; whether its bytes were others before.
  ///
  /// - Parameters:
  ///   - bytes: what is to be in it.
  ///   - output: where.
  package func write(_ bytes: [UInt8], to output: OutputFile) throws(NeuromapsFailure) -> Bool {
    let files = world.files
    do throws(FileError) {
      if output.replaces, try files.status(output.path)?.size == Int64(bytes.count),
        try files.read(output.path, limit: bytes.count) == bytes
      {
        return false
      }
      let folder = output.path.removingLastComponent()
      try files.createFolder(folder)
      try files.write(bytes, to: output.path, replacing: output.replaces)
      try files.sweepDrafts(in: folder)
      return true
    } catch {
      guard error.operation == .place, error.reason == .fileExists else { throw NeuromapsFailure(error) }
      throw isThere(output.path)
    }
  }
}
