import Catalog
import Dataset
import Diagnostics
import Project

/// Catalogs in several revisions for the tests of this module, and what becomes of pins from one to the next.
extension Desk {
  /// A volume of a catalog, in one line; the digest and the address of its file are one letter.
  static func map(_ name: String, _ letter: String, _ facts: String...) -> String {
    let fields = ["map: \(name)"] + facts + ["files: [{url: \(letter), md5: \(digest(letter, 32))}]"]
    return "{\(fields.joined(separator: ", "))}"
  }

  /// A surface of a catalog, in one line; a letter a hemisphere, `-` for none.
  static func surface(_ name: String, left: String, right: String, _ facts: String...) -> String {
    let files = [("L", left), ("R", right)].filter { $0.1 != "-" }
      .map { "{hemi: \($0.0), url: \($0.1), md5: \(digest($0.1, 32))}" }
    let fields = ["map: \(name)"] + facts + ["files: [\(files.joined(separator: ", "))]"]
    return "{\(fields.joined(separator: ", "))}"
  }

  /// What a manifest is refused with; nothing when it is answered.
  static func refusals(
    _ text: String, catalogs: [LoadedCatalog], previous: Lockfile? = nil,
    upgrading isUpgraded: @escaping (DatasetItem) -> Bool = { _ in false }
  ) -> [Diagnostic] {
    do throws(Findings) {
      _ = try resolve(text, catalogs: catalogs, previous: previous, upgrading: isUpgraded)
      return []
    } catch {
      return error.diagnostics
    }
  }

  /// The text of a lock as its readers take it.
  static func lockSource(_ text: String) -> SourceText { SourceText(name: "neuromaps.lock", bytes: Array(text.utf8)) }
}

extension Lockfile {
  /// Each map and atlas: its name, the letters of its bytes, and the revision that stands beside, `-` for none.
  var pins: [String] {
    let named = maps.map { map -> String in
      let letters = files.filter { $0.item == .map(map.id) }.map { Self.letter($0.checksums) }.joined()
      return "\(map.id) \(letters) \(map.revision ?? "-")"
    }
    return named + atlases.map { "\($0.id) \(Self.letter($0.checksums)) \($0.revision ?? "-")" }
  }

  /// Each map and atlas with the groups that ask for it.
  var demanded: [String] {
    maps.map { ([$0.id.description] + $0.groups).joined(separator: " ") }
      + atlases.map { ([$0.id.description] + $0.groups).joined(separator: " ") }
  }

  /// The recorded revision of each catalog.
  var recorded: [String] { catalogs.map { "\($0.name) \($0.revision)" } }

  private static func letter(_ checksums: Checksums?) -> String {
    let digits = checksums?.md5?.hex ?? checksums?.sha256?.hex ?? "-"
    return String(digits.prefix(1))
  }
}
