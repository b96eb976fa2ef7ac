private import CBuiltinCatalog
internal import Diagnostics

/// The catalog that is part of the program: the maps of the neuromaps toolbox.
public enum BuiltinCatalog {
  /// Its name in manifests and locks.
  public static let name = "neuromaps"

  /// The bytes of the catalog file, as embedded when the program was built.
  public static var bytes: [UInt8] {
    var count = 0
    let start = neuromaps_builtin_catalog(&count)
    return Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Reads the embedded file; a few milliseconds, so whoever needs it keeps it.
  public static func load() -> MapCatalog {
    do throws(Findings) {
      return try CatalogReader.read(SourceText(name: "the built-in catalog", bytes: bytes))
    } catch {
      preconditionFailure("the built-in catalog is wrong: \(error.diagnostics)")
    }
  }
}
