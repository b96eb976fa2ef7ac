import Foundation

/// The project's files, for rules that read them.
enum SourceTree {
  /// A file with its path from the project's top.
  struct File: Sendable {
    let path: String
    let text: String

    /// The module it belongs to: the folder below Sources.
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
  }

  static let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All files below a folder with one of these endings, sorted.
  static func files(below folder: String, _ endings: [String]) throws -> [File] {
    let root = top.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return try names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted().map { name in
      File(
        path: "\(folder)/\(name)",
        text: try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8))
    }
  }

  /// One file.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: top.appendingPathComponent(path), encoding: .utf8)
  }
}
