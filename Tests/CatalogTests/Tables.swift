import Foundation
import MarkedText

/// The tables that the built-in catalog was made from; a row is a dictionary from column to text.
struct Tables {
  typealias Row = [String: String]

  /// `$NEUROMAPS_TABLES`, else the folder `shared/catalog` beside the repository; nil when neither is there.
  static let folder: URL? = {
    let named = ProcessInfo.processInfo.environment["NEUROMAPS_TABLES"].map { URL(fileURLWithPath: $0) }
    let folder = named ?? RepositoryFile.root.appendingPathComponent("../shared/catalog").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.appendingPathComponent("maps.tsv").path) ? folder : nil
  }()

  /// The rows of a table.
  static func rows(_ name: String) throws -> [Row] {
    guard let folder else { return [] }
    let text = try String(contentsOf: folder.appendingPathComponent("\(name).tsv"), encoding: .utf8)
    let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    return lines.dropFirst().map { fields in
      Row(uniqueKeysWithValues: zip(lines[0].map(String.init), fields.map(String.init)))
    }
  }
}

extension [String: String] {
  /// A field; an empty one is unknown.
  func value(_ column: String) -> String? {
    self[column].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The items of a field that holds several.
  func list(_ column: String, separator: String = ",") -> [String] {
    value(column)?.components(separatedBy: separator) ?? []
  }
}
