import Dataset
import Foundation
import Metadata
import Project
import Testing

/// What is written for a lock.
struct Written {
  let files: [MetadataFile]

  init(_ lock: Lockfile) { files = DatasetMetadata.files(of: lock) }

  /// The text of a file, by its path or the end of it.
  func text(_ path: String) throws -> String {
    let file = try #require(files.first { $0.path.text.hasSuffix(path) })
    return try #require(String(validating: file.bytes, as: UTF8.self))
  }

  /// The fields of the one sidecar, or of that whose path ends so.
  func json(_ path: String = "_feature.json") throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text(path).utf8)) as? [String: Any])
  }
}
