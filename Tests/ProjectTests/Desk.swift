import Catalog
import Dataset
import Diagnostics
import Project

/// What a command does with manifests, catalogs and locks before it touches anything.
enum Desk {
  static let builtin = LoadedCatalog(BuiltinCatalog.load(), folder: "")

  /// Everything that is wrong with a manifest, as a caller tells it: the reader's findings and,
  /// of the part that could be read, the resolver's, in the order of the file; warnings too.
  static func findings(_ text: String, catalogs: [LoadedCatalog] = [builtin]) -> [Diagnostic] {
    let (manifest, found) = ManifestReader.readAll(source(text))
    guard let manifest else { return found }
    let all = found + resolverFindings(manifest, catalogs)
    return all.enumerated().sorted { a, b in
      guard let x = a.element.location?.span.start, let y = b.element.location?.span.start, x != y else {
        return a.offset < b.offset
      }
      return x < y
    }.map(\.element)
  }

  private static func resolverFindings(_ manifest: Manifest, _ catalogs: [LoadedCatalog]) -> [Diagnostic] {
    do throws(Findings) {
      return try Resolver.resolve(manifest, catalogs: catalogs).warnings
    } catch {
      return error.diagnostics
    }
  }

  static func manifest(_ text: String) throws(Findings) -> Manifest { try ManifestReader.read(source(text)) }

  static func resolve(
    _ text: String, catalogs: [LoadedCatalog] = [builtin], previous: Lockfile? = nil,
    upgrading isUpgraded: @escaping (DatasetItem) -> Bool = { _ in false }
  ) throws(Findings) -> Resolution {
    try Resolver.resolve(try manifest(text), catalogs: catalogs, previous: previous, upgrading: isUpgraded)
  }

  /// The lock that answers some annotations, each an item of YAML.
  static func lock(
    _ annotations: String..., catalogs: [LoadedCatalog] = [builtin], previous: Lockfile? = nil
  ) throws(Findings) -> Lockfile {
    let list = annotations.map { "  - \($0)\n" }.joined()
    return try resolve("version: 1\nannotations:\n\(list)", catalogs: catalogs, previous: previous).lock
  }

  /// A catalog from its text; `maps` are items of YAML.
  static func catalog(
    _ name: String, revision: String = "1", folder: String = "", maps: [String], rest: String = ""
  ) throws(Findings) -> LoadedCatalog {
    let list = maps.isEmpty ? "maps: []\n" : "maps:\n" + maps.map { "  - \($0)\n" }.joined()
    let text = "version: 1\nname: \(name)\nrevision: \"\(revision)\"\n\(list)\(rest)"
    return LoadedCatalog(
      try CatalogReader.read(SourceText(name: "\(name).yaml", bytes: Array(text.utf8))), folder: folder)
  }

  static func readLock(_ text: String) throws(Findings) -> Lockfile {
    try LockReader.read(SourceText(name: "neuromaps.lock", bytes: Array(text.utf8)))
  }

  /// What is wrong with a lock; nothing when it can be read.
  static func lockFindings(_ bytes: [UInt8]) -> [Diagnostic] {
    do throws(Findings) {
      _ = try LockReader.read(SourceText(name: "neuromaps.lock", bytes: bytes))
      return []
    } catch {
      return error.diagnostics.isEmpty ? [Diagnostic(.lockSyntax, "refused without a word")] : error.diagnostics
    }
  }

  static func print(_ lock: Lockfile) -> String { String(decoding: LockWriter.bytes(lock), as: UTF8.self) }

  private static func source(_ text: String) -> SourceText {
    SourceText(name: "neuromaps.yaml", bytes: Array(text.utf8))
  }
}

extension Lockfile {
  /// The names of its maps, in order.
  var names: [String] { maps.map(\.id.description) }
}

/// A text as YAML that any reader takes for it: in double quotes, all but letters and digits escaped.
func quoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar in
    let isUsual = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    guard !isUsual else { return String(scalar) }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
  return "\"\(escaped.joined())\""
}

/// Two digests of one letter each, told apart by the letter.
func digest(_ letter: String, _ count: Int) -> String { String(repeating: letter, count: count) }
