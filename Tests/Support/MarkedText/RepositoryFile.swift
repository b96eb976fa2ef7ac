package import Foundation

/// A file of the repository that the tests were built from.
package struct RepositoryFile: Sendable, CustomStringConvertible {
  /// Relative to the repository.
  package let path: String

  /// The file at a path below the repository.
  package init(_ path: String) { self.path = path }

  /// The repository's folder: the tests know it from where this file was compiled.
  package static let root: URL = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The content.
  package func bytes() throws -> [UInt8] { Array(try Data(contentsOf: Self.root.appendingPathComponent(path))) }

  /// The content of a file that is UTF-8.
  package func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

  /// The files with that ending in a folder, sorted.
  package static func all(in folder: String, ending: String) throws -> [RepositoryFile] {
    try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      .filter { $0.hasSuffix(ending) }.sorted().map { RepositoryFile("\(folder)/\($0)") }
  }

  /// The path.
  package var description: String { path }
}
