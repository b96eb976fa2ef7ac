private import Foundation
package import SystemPackage

/// A folder of a test's own, removed with everything in it when the test is over.
package enum TemporaryFolder {
  /// Hands an empty folder to `body`.
  package static func with<Result>(_ body: (FilePath) throws -> Result) throws -> Result {
    let path = try make()
    let result = Swift.Result { try body(path) }
    try FileManager.default.removeItem(atPath: path.string)
    return try result.get()
  }

  /// Hands an empty folder to `body`, which may wait.
  package static func with<Result>(
    isolation: isolated (any Actor)? = #isolation, _ body: (FilePath) async throws -> Result
  ) async throws -> Result {
    let path = try make()
    let result: Result
    do {
      result = try await body(path)
    } catch {
      try FileManager.default.removeItem(atPath: path.string)
      throw error
    }
    try FileManager.default.removeItem(atPath: path.string)
    return result
  }

  private static func make() throws -> FilePath {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("neuromaps-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    return FilePath(place.path)
  }
}
